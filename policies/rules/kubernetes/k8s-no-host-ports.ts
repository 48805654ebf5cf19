import { absentOr, expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { containers, podHolders } from "./pods";
import { isNodeTool } from "./node-tools";

export const k8sNoHostPorts: ResourceRule = {
  id: 180,
  name: "k8s-no-host-ports",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title: "No container takes a port of its node.",
  why: "Two pods with the same port never share a node, and the port goes around network policies.",
  remedy: "Remove hostPort and put a Service before the pods.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "Pod Security Standards, hostPorts; CKV_K8S_26; KSV-0024",
  check: (resource) =>
    isNodeTool(resource)
      ? []
      : containers(resource).flatMap((container) =>
          expectAt(resource.inputs, `${container}.ports[].hostPort`, absentOr(oneOf(0)), "be absent"),
        ),
};
