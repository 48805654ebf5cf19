import { z } from "zod";
import { checkLinuxOsConfig, linuxOsConfigShape } from "../../../catalog/linux-os-config";
import type { VmSize } from "../../../catalog/vm-size";
import type { Problems } from "../../../core/problems";
import { checkKubeletConfig, kubeletConfigShape } from "./kubelet-config";
import type { AgentPoolPlan } from "./plan";

/** What every pool of a cluster, the system pool as well, may tell its nodes. */
export const nodeSettingsShape = z.strictObject({
  /** Settings of the kubelet, by Azure's own names. Changing them replaces the pool; those of the system pool are fixed at creation. */
  kubeletConfig: kubeletConfigShape.exactOptional(),
  /**
   * Settings of the operating system, by Azure's own names. Limits of processes (ulimit) and huge pages of a fixed number Azure has
   * none for. Changing them replaces the pool; those of the system pool are fixed at creation.
   */
  linuxOSConfig: linuxOsConfigShape.exactOptional(),
});

export type NodeSettings = z.output<typeof nodeSettingsShape>;

/** Notes a problem for each setting that a node of the size cannot have, and for those that contradict each other. */
export function checkNodeSettings(settings: NodeSettings, size: VmSize | undefined, problems: Problems): void {
  const { kubeletConfig: kubelet, linuxOSConfig: os } = settings;
  if (kubelet !== undefined) checkKubeletConfig(kubelet, problems);
  if (os !== undefined) checkLinuxOsConfig(os, size, problems);
  const swap = os?.swapFileSizeMB;
  problems.require(
    swap === undefined || kubelet?.failSwapOn === false,
    "linuxOSConfig.swapFileSizeMB",
    "needs kubeletConfig.failSwapOn: false: without it no kubelet starts beside a swap file",
    // Source: MicrosoftDocs/azure-aks-docs:articles/aks/node-auto-provisioning-aksnodeclass.md (2026)
    { got: swap, remedy: "Add kubeletConfig: { failSwapOn: false }, or leave the swap file out" },
  );
  problems.require(
    os?.sysctls?.vmSwappiness === undefined || swap !== undefined,
    "linuxOSConfig.sysctls.vmSwappiness",
    "must be absent: there is no swap file, so nothing is swapped",
    { got: os?.sysctls?.vmSwappiness, remedy: "Leave it out, or add swapFileSizeMB" },
  );
}

/** The settings as a pool asks Azure for them: nothing where nothing is said. */
export function nodeSettingsBody(
  { kubeletConfig, linuxOSConfig }: NodeSettings,
  defaults?: NonNullable<NodeSettings["kubeletConfig"]>,
): Pick<AgentPoolPlan["body"], "kubeletConfig" | "linuxOSConfig"> {
  const kubelet = { ...defaults, ...kubeletConfig };
  return {
    ...(Object.keys(kubelet).length > 0 && { kubeletConfig: kubelet }),
    ...(linuxOSConfig !== undefined && { linuxOSConfig }),
  };
}

/** What a person should know of the settings before `up`. */
export function nodeSettingsNotes({ kubeletConfig: kubelet, linuxOSConfig: os }: NodeSettings): string[] {
  const [first = 32_768] = (os?.sysctls?.netIpv4IpLocalPortRange ?? "").split(" ").map(Number);
  return [
    ...(kubelet?.cpuManagerPolicy === "static"
      ? [
          "kubeletConfig.cpuManagerPolicy static gives CPUs to pods of class Guaranteed with whole CPUs alone: all others share the rest",
        ]
      : []),
    ...(kubelet?.topologyManagerPolicy === "restricted" || kubelet?.topologyManagerPolicy === "single-numa-node"
      ? [
          `kubeletConfig.topologyManagerPolicy ${kubelet.topologyManagerPolicy} turns away pods that do not fit so, with TopologyAffinityError, and the scheduler does not know it`,
        ]
      : []),
    ...((kubelet?.allowedUnsafeSysctls ?? []).length > 0
      ? ["kubeletConfig.allowedUnsafeSysctls lets any pod on its nodes change the kernel for all of them"]
      : []),
    ...(kubelet?.podMaxPids === undefined || kubelet.podMaxPids < 0 || kubelet.podMaxPids >= fewPids
      ? []
      : [
          `kubeletConfig.podMaxPids ${kubelet.podMaxPids} is few: loaders of data and NCCL start hundreds for each GPU`,
        ]),
    // Services of type NodePort have 30000 to 32767, which kube-proxy does not keep from other programs.
    ...(first > 0 && first < 32_768
      ? ["linuxOSConfig.sysctls.netIpv4IpLocalPortRange takes ports of services of type NodePort: 30000 to 32767"]
      : []),
  ];
}

/** Assumption: eight GPUs with sixteen loaders each and the threads of NCCL are above it, and threads count as processes. */
const fewPids = 4096;
