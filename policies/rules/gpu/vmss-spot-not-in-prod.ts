import { expectAt } from "../../engine/expect";
import { levels, type Outcome, type ResourceRule } from "../../engine/rule";
import { onInfiniBand, sizePath } from "../../engine/sizes";
import { machineProfile, machineTypes } from "./machine-profile";

export const vmssSpotNotInProd: ResourceRule = {
  id: 26,
  name: "vmss-spot-not-in-prod",
  area: "gpu",
  kind: "resource",
  types: machineTypes,
  title: "Nothing in production runs at spot priority, and no InfiniBand node of staging does.",
  why: "Azure evicts a spot VM within half a minute, and one eviction stops a job on all nodes of its fabric.",
  remedy: "Set priority to Regular, or keep the spot machines in an environment of kind dev.",
  severity: "high",
  levels: levels.notInDev,
  source: "ours; the same as np-spot-shape for pools",
  check: (resource, { environment }) => {
    const path = `${machineProfile(resource)}priority`;
    const regular = (): readonly Outcome[] =>
      expectAt(
        resource.inputs,
        path,
        (it) => it !== "Spot",
        `not be Spot ${environment === "prod" ? "in production" : "on InfiniBand"}`,
      );
    if (environment === "prod") return regular();
    return environment === "staging" ? onInfiniBand(resource.inputs, sizePath(resource.type), regular) : [];
  },
};
