import { parseKubernetesVersion, supportOf } from "../../../catalog/kubernetes-versions";
import { expectAt, isText } from "../../engine/expect";
import { read, text } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const aksVersionPinned: ResourceRule = {
  id: 65,
  name: "aks-version-pinned",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "A cluster names its Kubernetes version, one that Azure supports.",
  why: "Without it two clusters of the same program differ, and a version out of support gets no fixes.",
  remedy: "Set kubernetesVersion to major.minor or major.minor.patch of a supported version.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "PSRule AZR-000015; Azure Policy fb893a29",
  check: ({ inputs }, { today }) => {
    const shape = expectAt(
      inputs,
      "kubernetesVersion",
      (it) => isText(it) && parseKubernetesVersion(it) !== undefined,
      "be major.minor or major.minor.patch",
    );
    if (shape.length > 0) return shape;
    const longTerm = read(inputs, "supportPlan") === "AKSLongTermSupport";
    const supported = (version: unknown): boolean => {
      const support = isText(version) ? supportOf(version, today) : undefined;
      return support === "community" || (longTerm && support === "long-term");
    };
    const plan = text(inputs, "supportPlan") ?? "KubernetesOfficial";
    return expectAt(inputs, "kubernetesVersion", supported, `be in support on ${today} (support plan ${plan})`);
  },
};
