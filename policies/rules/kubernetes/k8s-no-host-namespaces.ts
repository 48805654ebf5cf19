import { expectAt, notTrue } from "../../engine/expect";
import { hostFlags, podHolders, podSpecs } from "./pods";
import { levels, type ResourceRule } from "../../engine/rule";

export const k8sNoHostNamespaces: ResourceRule = {
  id: 178,
  name: "k8s-no-host-namespaces",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title: "No pod shares the network, the processes or the memory segments of its node.",
  why: "It would see the traffic and the processes of other teams, and go around network policies.",
  remedy: "Remove hostNetwork, hostPID and hostIPC; InfiniBand needs none of them.",
  severity: "critical",
  levels: levels.always,
  source: "Pod Security Standards, host namespaces; CKV_K8S_17 to 19; KSV-0008 to 0010; CIS AKS 4.2.2 to 4.2.4",
  check: (resource) =>
    podSpecs(resource).flatMap(({ path }) =>
      hostFlags.flatMap((flag) => expectAt(resource.inputs, `${path}.${flag}`, notTrue, "not be true")),
    ),
};
