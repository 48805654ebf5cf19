import { isUnknown } from "../../core/property-marks";
import { read } from "../../core/property-tree";
import { numeral } from "./expect";

/** Where the most nodes of a pool stand: at its upper bound while it grows by itself. */
export function mostNodesPath(inputs: unknown, pool: string): string {
  return read(inputs, `${pool}enableAutoScaling`) === true ? `${pool}maxCount` : `${pool}count`;
}

/**
 * Nodes that an upgrade adds to a full pool, `undefined` while that is not known. Spot nodes are evicted and not surged.
 * Source: https://learn.microsoft.com/javascript/api/@azure/arm-containerservice/agentpoolupgradesettings ("If not specified, the
 * default is 10%", "fractional nodes are rounded up")
 */
export function surgeOf(inputs: unknown, pool: string, nodes: number): number | undefined {
  if (read(inputs, `${pool}scaleSetPriority`) === "Spot") return 0;
  const given = read(inputs, `${pool}upgradeSettings.maxSurge`);
  if (isUnknown(given)) return undefined;
  const [, amount = "0", percent] = /^(\d+)(%?)$/.exec(numeral(given) ?? "10%") ?? [];
  return percent === "%" ? Math.ceil((Number(amount) * nodes) / 100) : Number(amount);
}
