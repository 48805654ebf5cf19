/** An address range that a network must not use. */
export interface ReservedRange {
  readonly cidr: string;
  /** `aks`: in every network with a cluster. `infiniband`: where VMs have InfiniBand. `scaleSets`: where there are bare VMs. */
  readonly appliesTo: "aks" | "infiniband" | "scaleSets";
  /** Who uses it, as the end of "must not overlap ...". */
  readonly reason: string;
  readonly source: string;
}

const azure = "https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq (address ranges)";
const aks = "https://learn.microsoft.com/azure/aks/concepts-network-cni-overview, prerequisites";

/** Ranges that neither the network, nor the pods, nor the services of a cluster may overlap. */
export const reservedRanges: readonly ReservedRange[] = [
  {
    cidr: "172.16.0.0/16",
    appliesTo: "infiniband",
    reason: "InfiniBand uses it for IP over InfiniBand",
    source: "https://learn.microsoft.com/azure/virtual-machines/setup-infiniband (2026-09-25)",
  },
  { cidr: "169.254.0.0/16", appliesTo: "aks", reason: "AKS reserves it (link-local addresses)", source: aks },
  { cidr: "172.30.0.0/16", appliesTo: "aks", reason: "AKS reserves it", source: aks },
  { cidr: "172.31.0.0/16", appliesTo: "aks", reason: "AKS reserves it", source: aks },
  { cidr: "127.0.0.0/8", appliesTo: "aks", reason: "Azure takes no loopback addresses", source: azure },
  { cidr: "224.0.0.0/4", appliesTo: "aks", reason: "Azure takes no multicast addresses", source: azure },
  { cidr: "255.255.255.255/32", appliesTo: "aks", reason: "Azure takes no broadcast address", source: azure },
  { cidr: "168.63.129.16/32", appliesTo: "aks", reason: "Azure's own DNS and health probes are there", source: azure },
  {
    cidr: "172.17.0.0/16",
    appliesTo: "scaleSets",
    reason: "Docker, which the HPC image starts, has its bridge there, and bare nodes would reach nothing else in it",
    source:
      "https://github.com/Azure/azhpc-images components/install_docker.sh (2026-07-29); https://docs.docker.com/engine/network/drivers/bridge/",
  },
  { cidr: "192.0.2.0/24", appliesTo: "aks", reason: "AKS reserves it (addresses for documentation)", source: aks },
];

/** Whether a range is kept from a network with these. */
export function isReserved(
  { appliesTo }: ReservedRange,
  { infiniband, scaleSets }: { readonly infiniband: boolean; readonly scaleSets: boolean },
): boolean {
  return appliesTo === "aks" || (appliesTo === "infiniband" ? infiniband : scaleSets);
}
