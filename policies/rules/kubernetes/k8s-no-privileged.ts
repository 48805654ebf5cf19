import { expectAt, notTrue } from "../../engine/expect";
import { labels, platformWorkload } from "../../../catalog/scheduling";
import { isNodeDriver } from "./namespaces";
import { containers, podHolders } from "./pods";
import { levels, type ResourceRule } from "../../engine/rule";

export const k8sNoPrivileged: ResourceRule = {
  id: 176,
  name: "k8s-no-privileged",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title: "No container is privileged, except in DaemonSets of the platform, which are drivers of nodes.",
  why: "A privileged container is root on the node, and so reaches every job and secret there.",
  remedy: `Remove securityContext.privileged; GPUs and InfiniBand come through device plugins without it. A DaemonSet of the platform says so by the label ${labels.workload}: ${platformWorkload}.`,
  severity: "critical",
  levels: levels.always,
  source: "Pod Security Standards, privileged; CKV_K8S_16; KSV-0017; CIS AKS 4.2.1",
  check: (resource) =>
    isNodeDriver(resource)
      ? []
      : containers(resource).flatMap((container) =>
          expectAt(resource.inputs, `${container}.securityContext.privileged`, notTrue, "not be true"),
        ),
};
