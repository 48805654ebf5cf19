import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { expectAt, oneOf } from "../../engine/expect";
import { levels, sameType, type ResourceRule } from "../../engine/rule";
import { onGpu, sizePath } from "../../engine/sizes";
import { types } from "../../engine/types";
import { machineProfile } from "../gpu/machine-profile";
import { isReserved, mayBeEmpty } from "./idle-pools";

/** Tag by which machines say why they are not spot. */
const exempt = "spotExempt";

export const finSpotInDev: ResourceRule = {
  id: 169,
  name: "fin-spot-in-dev",
  area: "cost",
  kind: "resource",
  types: [types.scaleSet, types.virtualMachine, types.nodePool],
  title: "GPUs without InfiniBand that always run in an environment for trying things run at spot priority.",
  why: "Azure sells what it has left for less, and what is tried can be tried again.",
  remedy: `Set the priority to Spot, let the pool be empty (minCount: 0), or say in the tag ${exempt} why neither fits.`,
  severity: "medium",
  levels: levels.advisedInDev,
  source: "ours",
  check: (resource) => {
    const { type, inputs } = resource;
    const reason = read(inputs, `tags.${exempt}`);
    if ((typeof reason === "string" && reason !== "") || isUnknown(reason)) return [];
    return onGpu(inputs, sizePath(type), (_gpu, { infiniband }) => {
      if (infiniband !== null) return [];
      const pool = sameType(type, types.nodePool);
      if (pool && (mayBeEmpty(inputs) || isReserved(inputs))) return [];
      const path = pool ? "scaleSetPriority" : `${machineProfile(resource)}priority`;
      return expectAt(inputs, path, oneOf("Spot"), `be Spot in dev, unless tags.${exempt} says why not`);
    });
  },
};
