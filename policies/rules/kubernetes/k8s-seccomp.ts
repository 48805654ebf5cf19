import { oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { podHolders, runningContainers } from "./pods";
import { isNodeTool } from "./node-tools";
import { expectInherited } from "./inherited";

export const k8sSeccomp: ResourceRule = {
  id: 182,
  name: "k8s-seccomp",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title: "A container runs under a seccomp profile.",
  why: "Without one it may make every system call, also those that only exploits need.",
  remedy: "Set securityContext.seccompProfile.type: RuntimeDefault on the pod.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "Pod Security Standards, seccomp; CKV_K8S_31; KSV-0030, 0104",
  check: (resource) =>
    isNodeTool(resource)
      ? []
      : runningContainers(resource).flatMap((container) =>
          expectInherited(
            resource.inputs,
            container,
            "securityContext.seccompProfile.type",
            oneOf("RuntimeDefault", "Localhost"),
            "be RuntimeDefault or Localhost, on the container or the pod",
          ),
        ),
};
