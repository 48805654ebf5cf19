/** What decides how the network looks: plain values, no wiring. */
export interface ClusterNetworkShape {
  /** Address space of the VNet, /8 to /20, private. Azure moves no subnet that is in use: another one is another environment. */
  readonly addressSpace: string;
  /**
   * Range of pod addresses, one /24 per node. Never routed, but must not meet anything the pods want to reach. Changing it
   * replaces the cluster.
   */
  readonly podCidr: string;
  /** Range of Kubernetes services, /13 to /27. Changing it replaces the cluster. */
  readonly serviceCidr: string;
  /** Networks to peer with, by name. @default none */
  readonly peers?: Readonly<Record<string, PeerShape>>;
  /** Ranges of head nodes that may reach the scale sets, for example a Slurm scheduler's. @default none */
  readonly headNodeRanges?: readonly string[];
  /** Public addresses of the NAT gateway, 1 to 16: 64,512 outbound flows to one destination each. @default 1 */
  readonly natAddresses?: number;
}

/** A network to peer with. */
export interface PeerShape {
  /** ARM ID of the other VNet. */
  readonly virtualNetworkResourceId: string;
  /** Its address space. */
  readonly addressSpace: readonly string[];
}

/** What the environment puts into the network. */
export interface NetworkDemand {
  /** AKS nodes at most, surge included. */
  readonly clusterNodes: number;
  /** Nodes of all scale sets without Kubernetes. */
  readonly scaleSetNodes: number;
  /** Size of the Managed Lustre file system in TiB, 0 without one. */
  readonly lustreTiB: number;
  /** Whether anything uses InfiniBand, which keeps 172.16.0.0/16 for itself. */
  readonly infiniband: boolean;
}
