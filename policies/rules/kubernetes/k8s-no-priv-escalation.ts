import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { podHolders, runningContainers } from "./pods";
import { isNodeTool } from "./node-tools";

export const k8sNoPrivEscalation: ResourceRule = {
  id: 177,
  name: "k8s-no-priv-escalation",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title: "No container gains rights that it did not start with.",
  why: "A file with the setuid bit makes any user root, and from there a hole in the kernel is one step away.",
  remedy: "Set securityContext.allowPrivilegeEscalation: false on each container.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "Pod Security Standards, allowPrivilegeEscalation; CKV_K8S_20; KSV-0001; CIS AKS 4.2.5",
  check: (resource) =>
    isNodeTool(resource)
      ? []
      : runningContainers(resource).flatMap(({ path }) =>
          expectAt(resource.inputs, `${path}.securityContext.allowPrivilegeEscalation`, oneOf(false), "be false"),
        ),
};
