import { grows, mostNodes } from "../agent-pool/plan";
import type { GpuPoolRef } from "./gpu-pool-ref";
import type { Variant } from "./variants";

/** What queues know of the rungs of a ladder. */
export function rungRefs(variants: readonly Variant[]): NonNullable<GpuPoolRef["rungs"]> {
  return variants.flatMap(({ shape, rung }) =>
    rung === null
      ? []
      : [{ kind: rung.kind, maxNodes: mostNodes(shape), ...(grows(shape) && { autoscaled: true as const }) }],
  );
}
