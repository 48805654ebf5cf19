import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { nodePools } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npNoSsh: ResourceRule = {
  id: 229,
  name: "np-no-ssh",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "No node of a cluster answers SSH, those of the system pool included.",
  why: "Whoever is in the network and has the key is root on every node, past Kubernetes and its records.",
  remedy: "Set securityProfile.sshAccess to Disabled; kubectl debug node/NAME gives a shell where one is needed.",
  severity: "medium",
  levels: levels.advised,
  source: "https://learn.microsoft.com/azure/aks/manage-ssh-node-access; Azure Policy 28257686",
  check: (resource) =>
    nodePools(resource).flatMap((pool) =>
      expectAt(resource.inputs, `${pool}securityProfile.sshAccess`, oneOf("Disabled"), "be Disabled"),
    ),
};
