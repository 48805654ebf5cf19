import { oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { podHolders, runningContainers } from "./pods";
import { isNodeTool } from "./node-tools";
import { expectInherited } from "./inherited";

export const k8sNonRoot: ResourceRule = {
  id: 183,
  name: "k8s-non-root",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title: "No container runs as root.",
  why: "Root in a container is root on the node as soon as it gets out.",
  remedy: "Set securityContext.runAsNonRoot: true, and a runAsUser above 0 where the image names none.",
  severity: "medium",
  levels: levels.mandatoryInProd,
  source: "Pod Security Standards, runAsNonRoot; CKV_K8S_6, 23; KSV-0012, 0105; CIS AKS 4.2.6",
  check: (resource) =>
    isNodeTool(resource)
      ? []
      : runningContainers(resource).flatMap((container) => [
          ...expectInherited(
            resource.inputs,
            container,
            "securityContext.runAsNonRoot",
            oneOf(true),
            "be true, on the container or the pod",
          ),
          ...expectInherited(resource.inputs, container, "securityContext.runAsUser", (it) => it !== 0, "not be 0"),
        ]),
};
