import { expectAt, isText } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { levels, type ResourceRule } from "../../engine/rule";
import { containers, podHolders, runningContainers } from "./pods";
import { isNodeTool } from "./node-tools";
import { asksForRdma } from "./devices";
import { isList } from "../../../core/property-value";

/** What Pod Security allows at its level baseline. */
const byDefault = [
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
];
export const k8sCapabilities: ResourceRule = {
  id: 181,
  name: "k8s-capabilities",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title:
    "A container drops all capabilities and adds none but those that a runtime gives by default, and IPC_LOCK for InfiniBand.",
  why: "Each capability is a piece of root: with NET_RAW a pod poisons its neighbours, with SYS_ADMIN it leaves its container.",
  remedy:
    "Set securityContext.capabilities.drop to [ALL] and add only what the program needs. IPC_LOCK is for containers that ask for rdma/*.",
  severity: "high",
  levels: levels.advisoryInDev,
  source:
    "Pod Security Standards, capabilities; CKV_K8S_25, 28, 37; KSV-0003, 0022; CIS AKS 4.2.7 to 4.2.8; Azure/aks-rdma-infiniband",
  check: (resource) => {
    if (isNodeTool(resource)) return [];
    const { inputs } = resource;
    return [
      ...runningContainers(resource).flatMap(({ path }) =>
        expectAt(
          inputs,
          `${path}.securityContext.capabilities.drop`,
          (it) => isList(it) && it.some((one) => one === "ALL" || isUnknown(one)),
          "hold ALL",
        ),
      ),
      ...containers(resource).flatMap((path) =>
        expectAt(
          inputs,
          `${path}.securityContext.capabilities.add[]`,
          (it) => isText(it) && (byDefault.includes(it) || (it === "IPC_LOCK" && asksForRdma(inputs, path))),
          `be one of ${byDefault.join(", ")}, or IPC_LOCK beside a limit of rdma/*`,
        ),
      ),
    ];
  },
};
