/** A limit with where it comes from. */
export interface Limit {
  readonly value: number;
  readonly source: string;
}

const aksLargeClusters =
  "MicrosoftDocs/azure-aks-docs:articles/aks/best-practices-performance-scale-large.md (2026-06-05)";
const aksTiers = "MicrosoftDocs/azure-aks-docs:articles/aks/free-standard-pricing-tiers.md (2026-07-06)";
const aksQuotas = "MicrosoftDocs/azure-aks-docs:articles/aks/quotas-skus-regions.md (2026-08-03)";
const aksOverlay = "MicrosoftDocs/azure-aks-docs:articles/aks/azure-cni-overlay.md (2026-07-31)";
const aksNat = "MicrosoftDocs/azure-aks-docs:articles/aks/nat-gateway.md (2026-07-07)";
const armContainerService = "Azure/bicep-types-az:generated/containerservice (2026-05-01, 2026-08-20)";
const virtualNetworks = "MicrosoftDocs/azure-docs:includes/azure-virtual-network-limits.md (2020-01-14)";
const placementGroups =
  "MicrosoftDocs/azure-compute-docs:articles/virtual-machine-scale-sets/virtual-machine-scale-sets-placement-groups.md (2026-05-19)";

const shortName = {
  pattern: /^[a-z][a-z0-9]{0,11}$/,
  rule: "must be 1 to 12 lowercase letters or digits and start with a letter",
} as const;

/** Limits of Azure services that a plan is checked against. */
export const limits = {
  /** Nodes of one AKS cluster, tiers Standard and Premium. */
  aksNodes: { value: 5000, source: aksTiers },
  /** Nodes of one AKS cluster in tier Free. */
  aksNodesFreeTier: { value: 1000, source: aksTiers },
  /** Nodes that Azure advises for tier Free, which has no SLA. */
  aksNodesFreeTierAdvised: { value: 10, source: aksTiers },
  aksNodesPerPool: { value: 1000, source: aksLargeClusters },
  /** Pools of one AKS cluster, the system pool included. */
  aksPools: { value: 100, source: aksLargeClusters },
  /** Subscriptions that a capacity reservation group may be shared with. */
  capacityReservationSharedWith: {
    value: 100,
    source:
      "MicrosoftDocs/azure-compute-docs:articles/virtual-machines/capacity-reservation-group-share.md (2025-10-14, preview)",
  },
  /** Minor versions that nodes may be behind their cluster. Kubernetes itself allows one more. */
  aksVersionSkew: {
    value: 2,
    source: "Azure/bicep-types-az:generated/containerservice (2025-09-01, text of orchestratorVersion)",
  },
  aksPodsPerNode: { value: 250, source: aksLargeClusters },
  /** Writes of pools or clusters that AKS takes at once; then `aksPutRefillPerMinute`. */
  aksPutBucket: { value: 20, source: aksQuotas },
  aksPutRefillPerMinute: { value: 1, source: aksQuotas },
  /** Ranges and addresses that the firewall of a Key Vault takes; that of a storage account takes more. */
  firewallRanges: {
    value: 127,
    source: "MicrosoftDocs/azure-security-docs:articles/key-vault/general/network-security.md (limits of the firewall)",
  },
  aksPoolName: { ...shortName, source: armContainerService },
  /** Name of a scale set without Kubernetes, as part of physical and host names: stricter than Azure's own rule. */
  scaleSetName: {
    ...shortName,
    source: "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules",
  },
  /** Prefix length of the pod range that CNI Overlay gives to each node. */
  overlayPrefixPerNode: { value: 24, source: aksOverlay },
  /** Pods of a node that has an address of the subnet for each, where its pool says no number. */
  flatPodsPerNode: {
    value: 30,
    source: "MicrosoftDocs/azure-aks-docs:articles/aks/concepts-network-ip-address-planning.md (2024-05-28)",
  },
  /** Public addresses of one NAT gateway. */
  natGatewayAddresses: { value: 16, source: aksNat },
  /** Private addresses of one virtual network, nodes, pods of a pod subnet and endpoints together. */
  virtualNetworkAddresses: { value: 65_536, source: virtualNetworks },
  /** Addresses that Azure keeps in each subnet: the first four and the last. */
  subnetReservedAddresses: {
    value: 5,
    source: "MicrosoftDocs/azure-docs:articles/virtual-network/virtual-networks-faq.md (2019-02-12)",
  },
  virtualNetworkDnsServers: { value: 20, source: virtualNetworks },
  /** Addresses and ranges that the rules of one security group name. */
  securityGroupPrefixes: {
    value: 4000,
    source: "https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits",
  },
  virtualNetworkPeerings: { value: 500, source: virtualNetworks },
  /** Address ranges that may reach a public API server in a subnet; 200 where it has none. */
  authorizedIpRanges: {
    value: 2000,
    source: "MicrosoftDocs/azure-aks-docs:articles/aks/api-server-authorized-ip-ranges.md (2026-08-21)",
  },
  /** CPUs of the smallest size that AKS takes for a system pool. */
  systemPoolVcpus: { value: 4, source: "MicrosoftDocs/azure-aks-docs:articles/aks/use-system-pools.md (2026-04-30)" },
  /** Smallest subnet for API server VNet integration, as a prefix length. */
  apiServerSubnetPrefix: {
    value: 28,
    source: "MicrosoftDocs/azure-aks-docs:articles/aks/api-server-vnet-integration.md (2026-04-15)",
  },
  /** VMs of one scale set made from a marketplace or gallery image. With InfiniBand, `InfiniBand.maxDomainNodes` counts. */
  scaleSetNodes: { value: 1000, source: placementGroups },
} as const satisfies Readonly<Record<string, Limit | NameLimit>>;

/** A rule for names, with the sentence that explains it. */
export interface NameLimit {
  readonly pattern: RegExp;
  readonly rule: string;
  readonly source: string;
}
