import { expectAt, notTrue } from "../../engine/expect";
import { labels, platformWorkload } from "../../../catalog/scheduling";
import { isNodeDriver } from "./namespaces";
import { hostFlags, podHolders, podSpecs } from "./pods";
import { levels, type ResourceRule } from "../../engine/rule";

export const k8sNoHostNamespaces: ResourceRule = {
  id: 178,
  name: "k8s-no-host-namespaces",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title:
    "No pod shares the network, the processes or the memory segments of its node, except in DaemonSets of the platform, which are drivers of nodes.",
  why: "It would see the traffic and the processes of other teams, and go around network policies.",
  remedy: `Remove hostNetwork, hostPID and hostIPC; InfiniBand needs none of them. A DaemonSet of the platform says so by the label ${labels.workload}: ${platformWorkload}.`,
  severity: "critical",
  levels: levels.always,
  source: "Pod Security Standards, host namespaces; CKV_K8S_17 to 19; KSV-0008 to 0010; CIS AKS 4.2.2 to 4.2.4",
  check: (resource) =>
    isNodeDriver(resource)
      ? []
      : podSpecs(resource).flatMap(({ path }) =>
          hostFlags.flatMap((flag) => expectAt(resource.inputs, `${path}.${flag}`, notTrue, "not be true")),
        ),
};
