/** An address range that a network must not use. */
export interface ReservedRange {
  readonly cidr: string;
  /** `aks`: in every network with a cluster. `infiniband`: where VMs have InfiniBand. */
  readonly appliesTo: "aks" | "infiniband";
  /** Who uses it, as the end of "must not overlap ...". */
  readonly reason: string;
  readonly source: string;
}

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
  { cidr: "192.0.2.0/24", appliesTo: "aks", reason: "AKS reserves it (addresses for documentation)", source: aks },
];
