import { platformWorkload, podSecurityLabel, type PodSecurityMode } from "../../../catalog/scheduling";
import { expectAt, isText, oneOf } from "../../engine/expect";
import { workloadOf } from "./namespaces";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

function label(mode: PodSecurityMode | "enforce-version"): string {
  return `metadata.labels["${podSecurityLabel(mode)}"]`;
}

export const k8sNsPssLabels: ResourceRule = {
  id: 193,
  name: "k8s-ns-pss-labels",
  area: "kubernetes",
  kind: "resource",
  types: [types.namespace],
  title: "A namespace enforces a Pod Security level and warns about the strictest one.",
  why: "Without a level the API server admits privileged pods, from whoever may create pods there.",
  remedy: `Set the labels ${podSecurityLabel("enforce")}, enforce-version, warn and audit.`,
  severity: "high",
  levels: levels.always,
  source: "Pod Security Standards; CIS AKS 4.2, 4.7.2",
  check: (resource) => {
    const { inputs } = resource;
    // Drivers and operators need privileged pods. They get it in namespaces of the platform, and nowhere else.
    const platform = workloadOf(resource) === platformWorkload;
    const allowed = platform ? ["restricted", "baseline", "privileged"] : ["restricted", "baseline"];
    const version = (it: unknown): boolean => isText(it) && /^v1\.\d+$/.test(it);
    const rest = platform && read(inputs, label("enforce")) === "privileged" ? [] : (["warn", "audit"] as const);
    return [
      ...expectAt(inputs, label("enforce"), oneOf(...allowed), `be ${allowed.join(" or ")}`),
      ...expectAt(inputs, label("enforce-version"), version, "be a version such as v1.36"),
      ...rest.flatMap((mode) => expectAt(inputs, label(mode), oneOf("restricted"), 'be "restricted"')),
    ];
  },
};
