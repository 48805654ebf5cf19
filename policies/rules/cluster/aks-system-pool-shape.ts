import { expectAt, isCount, unjudged } from "../../engine/expect";
import { levels, type Outcome, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { isUnknown } from "../../../core/property-marks";
import { locate, read } from "../../../core/property-tree";
import { isList } from "../../../core/property-value";

const taint = "CriticalAddonsOnly=true:NoSchedule";

export const aksSystemPoolShape: ResourceRule = {
  id: 71,
  name: "aks-system-pool-shape",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "The system pool keeps jobs away, and in production survives the loss of a zone.",
  why: "When its nodes go, DNS, autoscaler and operators go, and with them every job that starts.",
  remedy: "Give the pool the taint CriticalAddonsOnly=true:NoSchedule, and in production 3 nodes over 2 zones or more.",
  severity: "medium",
  levels: levels.mandatoryInProd,
  source: "PSRule AZR-000017, AZR-000021, AZR-000024; Azure Policy 48940d92",
  check: ({ inputs }, { environment }) =>
    locate(inputs, "agentPoolProfiles[]").flatMap(({ path, value }) => {
      if (isUnknown(value)) return [unjudged(path)];
      if (read(value, "mode") !== "System") return [];
      const least = read(value, "enableAutoScaling") === true ? "minCount" : "count";
      return [
        ...expectTaint(inputs, `${path}.nodeTaints`),
        ...(environment === "prod"
          ? [
              ...expectAt(inputs, `${path}.${least}`, (it) => isCount(it, 3, 1000), "be 3 or more in production"),
              ...expectAt(
                inputs,
                `${path}.availabilityZones`,
                (it) => isList(it) && it.length >= 2,
                "hold 2 zones or more in production",
              ),
            ]
          : []),
      ];
    }),
};

function expectTaint(inputs: unknown, path: string): readonly Outcome[] {
  // A taint that is not known yet may be the one.
  const holds = (it: unknown): boolean => isList(it) && it.some((one) => one === taint || isUnknown(one));
  return expectAt(inputs, path, holds, `hold ${taint}`);
}
