import { expectAt, isText, oneOf, unjudged } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { read, text } from "../../../core/property-tree";
import { levels, type Outcome, type ResourceRule } from "../../engine/rule";
import { nodePools, onGpu } from "../../engine/sizes";
import { types } from "../../engine/types";

/** Minutes that a checkpoint of a large model may take. AKS waits 30 unless told otherwise. */
const leastDrainMinutes = 30;

export const npUpgradeSettings: ResourceRule = {
  id: 90,
  name: "np-upgrade-settings",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "A GPU pool says how upgrades take its nodes: surge, drain time and what happens to a node that cannot drain.",
  why: "The default asks for extra nodes that GPU quota rarely has, so the upgrade hangs half-way.",
  remedy: `Set upgradeSettings: maxSurge "0", maxUnavailable "1", drainTimeoutInMinutes from ${leastDrainMinutes}, undrainableNodeBehavior Cordon.`,
  severity: "high",
  levels: levels.advisoryInDev,
  source: "Azure/AKS#4818; mspnp/aks-baseline",
  check: (resource) => nodePools(resource).flatMap((pool) => judge(resource.inputs, pool)),
};

function judge(inputs: unknown, pool: string): readonly Outcome[] {
  const settings = `${pool}upgradeSettings`;
  return onGpu(inputs, `${pool}vmSize`, (_, { infiniband }) => {
    // Of a spot pool AKS refuses these settings: its nodes are evicted, not drained.
    const priority = read(inputs, `${pool}scaleSetPriority`);
    if (isUnknown(priority)) return [unjudged(`${pool}scaleSetPriority`)];
    if (priority === "Spot") return [];
    const rack = infiniband?.rackNodes ?? null;
    const surge = rack === null ? isShare : oneOf("0");
    const noSurge = text(inputs, `${settings}.maxSurge`) === "0";
    return [
      ...expectAt(
        inputs,
        `${settings}.maxSurge`,
        surge,
        rack === null ? "be a number or a percentage, as text" : `be "0": a rack has exactly ${rack} nodes`,
      ),
      ...(noSurge
        ? expectAt(
            inputs,
            `${settings}.maxUnavailable`,
            (it) => isShare(it) && it !== "0" && it !== "0%",
            'be at least "1" while maxSurge is "0"',
          )
        : []),
      ...expectAt(
        inputs,
        `${settings}.drainTimeoutInMinutes`,
        (it) => typeof it === "number" && it >= leastDrainMinutes,
        `be at least ${leastDrainMinutes}`,
      ),
      ...expectAt(inputs, `${settings}.undrainableNodeBehavior`, oneOf("Cordon"), 'be "Cordon"'),
    ];
  });
}

function isShare(value: unknown): boolean {
  return isText(value) && /^\d{1,4}%?$/.test(value);
}
