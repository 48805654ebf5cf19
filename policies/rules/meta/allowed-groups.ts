import { isList } from "../../../core/property-value";
import { expectAt, isText } from "../../engine/expect";
import { sameType, type Outcome } from "../../engine/rule";
import type { Setting } from "../../engine/setting";

/** Groups of kinds that a cluster may get besides those of Kubernetes itself. @default `null`, any */
export const allowedGroups: Setting<readonly string[] | null> = {
  name: "allowedGroups",
  schema: {
    type: "array",
    items: { type: "string", minLength: 1 },
    description:
      "Groups of custom kinds that objects may be of, such as kueue.x-k8s.io. Those of Kubernetes itself always may.",
  },
  default: null,
  accepts: (given): given is readonly string[] => isList(given) && given.every((it) => isText(it) && it !== ""),
};

/**
 * Groups of Kubernetes itself, and what the provider calls its own means. Every other one somebody defined.
 * Source: @pulumi/kubernetes 4.34.2, the modules of its kinds.
 */
const ofKubernetes = [
  ...["core", "apps", "autoscaling", "batch", "extensions", "meta", "policy", "helm.sh", "kustomize", "yaml"],
  ...[
    ...["admissionregistration", "apiextensions", "apiregistration", "auditregistration", "certificates"],
    ...["coordination", "discovery", "events", "flowcontrol.apiserver", "lifecycle", "networking", "node"],
    ...["rbac.authorization", "resource", "scheduling", "settings", "storage", "storagemigration"],
  ].map((it) => `${it}.k8s.io`),
];

const definition = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";

/** A violation where an object, or what a definition of kinds defines, is of a group that is not listed. */
export function unlistedGroup(type: string, inputs: unknown, listed: readonly string[]): readonly Outcome[] {
  const must = `be of one of allowedGroups: ${listed.join(", ") || "none"}`;
  if (sameType(type, definition))
    return expectAt(inputs, "spec.group", (it) => isText(it) && listed.includes(it), must);
  const [, group] = /^kubernetes:([^/:]+)(?:\/[^:]+)?:/.exec(type) ?? [];
  return group === undefined || ofKubernetes.includes(group) || listed.includes(group)
    ? []
    : [{ path: "type", is: type, must }];
}
