/** What a subnet is: its share of the address space, and how Azure and the rest of the network see it. */
export interface SubnetSlot {
  /** What is put into it. */
  readonly holds: string;
  /** Bits taken from the prefix of the address space: 1 is a half of it, 2 a quarter. */
  readonly bits: number;
  /** Service that owns the subnet, `null` when none does. */
  readonly delegation: string | null;
  /** Whether it has a way out: through the NAT gateway or the firewall. */
  readonly outbound: boolean;
}

/**
 * Every kind of subnet, in the order in which they lie in the address space. Shares are fixed and a new kind goes to the
 * end: a subnet in use can be neither moved nor resized, so nothing that comes later may shift it.
 */
export const subnetSlots = {
  nodes: { holds: "nodes of AKS", bits: 1, delegation: null, outbound: true },
  scaleSets: { holds: "machines without Kubernetes", bits: 2, delegation: null, outbound: true },
  // Alone and without delegation: the service takes the addresses by itself.
  lustre: { holds: "Managed Lustre", bits: 4, delegation: null, outbound: true },
  endpoints: { holds: "private endpoints", bits: 6, delegation: null, outbound: false },
  apiServer: {
    holds: "the API server",
    bits: 8,
    delegation: "Microsoft.ContainerService/managedClusters",
    outbound: false,
  },
  // For what runs `pulumi up` and kubectl inside the network: an API server without a public address is reached from here.
  runner: { holds: "the runner", bits: 8, delegation: null, outbound: true },
  // A network has one subnet of this delegation. Nothing in it calls anybody.
  netapp: { holds: "volumes of Azure NetApp Files", bits: 8, delegation: "Microsoft.NetApp/volumes", outbound: false },
} as const satisfies Readonly<Record<string, SubnetSlot>>;

/** What a subnet is for. */
export type SubnetRole = keyof typeof subnetSlots;

/** What something asks of the network that it is put into. Needs of one role share its subnet, and their addresses add up. */
export interface SubnetNeed {
  /** Subnet that it is about. */
  readonly role: SubnetRole;
  /** Addresses at most, without those that Azure keeps. */
  readonly addresses: number;
  /** What takes the addresses, for messages: `AKS nodes`. */
  readonly what: string;
  /** Subnets from which it is to be reached where that is not open for all: the flows that are marked `asked`. */
  readonly opensTo?: readonly SubnetRole[];
}

/** Anything that is put into a network: every plan that has nodes, endpoints or a service in a subnet is one. */
export interface NetworkUser {
  /** What it asks of each subnet. */
  readonly subnets: readonly SubnetNeed[];
  /** Whether it uses InfiniBand, which keeps 172.16.0.0/16 for itself. */
  readonly infiniband: boolean;
}
