import { limits } from "../../../catalog/limits";
import type { VmSize } from "../../../catalog/vm-size";
import type { AgentPoolPlan } from "./plan";

type Body = AgentPoolPlan["body"];

/** What every pool of a cluster says, the system pool as well, and leaves to no default of AKS. */
export const commonBody = {
  type: "VirtualMachineScaleSets",
  osType: "Linux",
  enableNodePublicIP: false,
  enableEncryptionAtHost: true,
  scaleDownMode: "Delete",
  // What the pod range and the memory that pods may ask for are counted with. AKS's own number depends on the network plugin.
  maxPods: limits.aksPodsPerNode.value,
  // AKS turns it on from Kubernetes 1.37 on, or 1.36, where its checks of the cluster allow it. Queries would then go to an address of
  // the node, which no network policy of a team allows: those name the pods of the cluster's DNS. A later change renews every node.
  // Sources: MicrosoftDocs/azure-aks-docs:articles/aks/localdns-custom.md (2026-07-06);
  // https://learn.microsoft.com/azure/aks/dns-concepts (2026-10); https://github.com/Azure/AKS/releases/tag/2026-05-29
  localDNSProfile: { mode: "Disabled" },
} as const satisfies Partial<Body>;

/**
 * Who gets into the nodes of a size, and what they may start. It is said, and not left to a default that may turn: AKS decides it as it
 * makes a pool. With Secure Boot a kernel takes signed modules alone: no GPU nodes, whose drivers nobody signs, and no Arm on AKS.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/use-trusted-launch.md (2026-08-21)
 */
export function securityProfileOf(size: VmSize | undefined): NonNullable<Body["securityProfile"]> {
  const trusted = size?.trustedLaunch === true && size.gpu === null && size.architecture === "x64";
  return { sshAccess: "Disabled", enableSecureBoot: trusted, enableVTPM: trusted };
}
