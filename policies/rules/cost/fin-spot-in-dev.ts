import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { expectAt, oneOf } from "../../engine/expect";
import { machineHolders, machinesOf } from "../../engine/machines";
import { levels, type ResourceRule } from "../../engine/rule";
import { onGpu } from "../../engine/sizes";

/** Tag by which machines say why they are not spot. */
const exempt = "spotExempt";

export const finSpotInDev: ResourceRule = {
  id: 169,
  name: "fin-spot-in-dev",
  area: "cost",
  kind: "resource",
  types: machineHolders,
  title: "GPUs without InfiniBand that always run in an environment for trying things run at spot priority.",
  why: "Azure sells what it has left for less, and what is tried can be tried again.",
  remedy: `Set the priority to Spot, let the pool be empty (minCount: 0), or say in the tag ${exempt} why neither fits.`,
  severity: "medium",
  levels: levels.advisedInDev,
  source: "ours",
  check: (resource) => {
    const { inputs } = resource;
    return machinesOf(resource).flatMap(({ size, tags, priority, reservation, pool }) => {
      const reason = read(inputs, `${tags}.${exempt}`);
      if ((typeof reason === "string" && reason !== "") || isUnknown(reason)) return [];
      return onGpu(inputs, size, (_gpu, { infiniband }) => {
        if (infiniband !== null) return [];
        if (pool !== undefined && (mayBeEmpty(inputs, pool) || read(inputs, reservation) !== undefined)) return [];
        return expectAt(inputs, priority, oneOf("Spot"), `be Spot in dev, unless ${tags}.${exempt} says why not`);
      });
    });
  },
};

/** Whether a pool has no nodes while nobody needs them. */
function mayBeEmpty(inputs: unknown, pool: string): boolean {
  return read(inputs, `${pool}enableAutoScaling`) === true && read(inputs, `${pool}minCount`) === 0;
}
