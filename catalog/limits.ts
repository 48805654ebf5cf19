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
const storageTargets = "https://learn.microsoft.com/azure/storage/common/scalability-targets-standard-account";

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
  aksPodsPerNode: { value: 250, source: aksLargeClusters },
  /** Pods of one cluster with CNI Overlay. */
  aksPods: { value: 200_000, source: aksOverlay },
  aksClustersPerSubscription: { value: 5000, source: aksLargeClusters },
  /** Writes of pools or clusters that AKS takes at once; then `aksPutRefillPerMinute`. */
  aksPutBucket: { value: 20, source: aksQuotas },
  aksPutRefillPerMinute: { value: 1, source: aksQuotas },
  aksPoolName: { ...shortName, source: armContainerService },
  /** Name of a scale set without Kubernetes, as part of physical and host names: stricter than Azure's own rule. */
  scaleSetName: {
    ...shortName,
    source: "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules",
  },
  /** Prefix length of the pod range that CNI Overlay gives to each node. */
  overlayPrefixPerNode: { value: 24, source: aksOverlay },
  federatedCredentialsPerIdentity: {
    value: 20,
    source: "MicrosoftDocs/azure-aks-docs:articles/aks/workload-identity-overview.md (2026-06-26)",
  },
  /** Public addresses of one NAT gateway. */
  natGatewayAddresses: { value: 16, source: aksNat },
  /** Flows to one destination that each public address of a NAT gateway can hold. */
  natGatewayPortsPerAddress: { value: 64_512, source: aksNat },
  /** Private addresses of one virtual network, nodes, pods of a pod subnet and endpoints together. */
  virtualNetworkAddresses: { value: 65_536, source: virtualNetworks },
  virtualNetworkSubnets: { value: 3000, source: virtualNetworks },
  virtualNetworkDnsServers: { value: 20, source: virtualNetworks },
  virtualNetworkPeerings: { value: 500, source: virtualNetworks },
  /** Smallest subnet for API server VNet integration, as a prefix length. */
  apiServerSubnetPrefix: {
    value: 28,
    source: "MicrosoftDocs/azure-aks-docs:articles/aks/api-server-vnet-integration.md (2026-04-15)",
  },
  /** VMs of one scale set made from a marketplace or gallery image. With InfiniBand, `InfiniBand.maxDomainNodes` counts. */
  scaleSetNodes: { value: 1000, source: placementGroups },
  /** VMs of one placement group. */
  scaleSetNodesPerPlacementGroup: { value: 100, source: placementGroups },
  /** Storage accounts in one region of a subscription; more on request. */
  storageAccountsPerRegion: { value: 250, source: storageTargets },
  storageAccountsPerRegionOnRequest: { value: 500, source: storageTargets },
  /** Data that one storage account holds without a request, in PiB. */
  storageAccountPiB: { value: 5, source: storageTargets },
  /** Data out of one general-purpose v2 account in the larger regions, in Gb/s. */
  storageAccountEgressGbps: { value: 200, source: storageTargets },
  /** The same in all other regions. */
  storageAccountEgressGbpsOtherRegions: { value: 50, source: storageTargets },
} as const satisfies Readonly<Record<string, Limit | NameLimit>>;

/** A rule for names, with the sentence that explains it. */
export interface NameLimit {
  readonly pattern: RegExp;
  readonly rule: string;
  readonly source: string;
}
