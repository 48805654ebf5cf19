import { expectAt, notTrue } from "../../engine/expect";
import { containers, podHolders } from "./pods";
import { levels, type ResourceRule } from "../../engine/rule";

export const k8sNoPrivileged: ResourceRule = {
  id: 176,
  name: "k8s-no-privileged",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title: "No container is privileged.",
  why: "A privileged container is root on the node, and so reaches every job and secret there.",
  remedy: "Remove securityContext.privileged; GPUs and InfiniBand come through device plugins without it.",
  severity: "critical",
  levels: levels.always,
  source: "Pod Security Standards, privileged; CKV_K8S_16; KSV-0017; CIS AKS 4.2.1",
  check: (resource) =>
    containers(resource).flatMap((container) =>
      expectAt(resource.inputs, `${container}.securityContext.privileged`, notTrue, "not be true"),
    ),
};
