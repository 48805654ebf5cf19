import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";

export const k8sPdbSane: ResourceRule = {
  id: 209,
  name: "k8s-pdb-sane",
  area: "kubernetes",
  kind: "resource",
  types: ["kubernetes:policy/v1:PodDisruptionBudget"],
  title: "A disruption budget lets nodes be drained, also of pods that are broken.",
  why: "The upgrade of the node stops at the pod, and security fixes with it.",
  remedy: "Set maxUnavailable to 1 or more instead of minAvailable: 100%, and unhealthyPodEvictionPolicy: AlwaysAllow.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "Azure Policy d9e8f2c1; kube-linter pdb-max-unavailable",
  check: ({ inputs }) => [
    ...expectAt(inputs, "spec.maxUnavailable", (it) => it !== 0 && it !== "0" && it !== "0%", "not be 0"),
    ...expectAt(inputs, "spec.minAvailable", (it) => it !== "100%", "be less than 100%"),
    ...expectAt(inputs, "spec.unhealthyPodEvictionPolicy", oneOf("AlwaysAllow"), "be AlwaysAllow"),
  ],
};
