/**
 * What a subnet is for, in the order of its slot in the address space. New roles go to the end: a slot depends on those
 * before it, and a subnet in use cannot move.
 */
export const subnetRoles = ["nodes", "scaleSets", "lustre", "endpoints", "apiServer"] as const;
export type SubnetRole = (typeof subnetRoles)[number];

/** What something asks of the network it is put into. Needs of one role share its subnet, and their addresses add up. */
export interface SubnetNeed {
  readonly role: SubnetRole;
  /** Addresses at most, without those that Azure keeps. */
  readonly addresses: number;
  /** What takes the addresses, for messages: `AKS nodes`. */
  readonly what: string;
  /** Service that owns the subnet, for example `Microsoft.ContainerService/managedClusters`. @default none */
  readonly delegation?: string;
  /** Whether outbound traffic goes through the NAT gateway. */
  readonly outbound: boolean;
  /** Who may connect: what Azure allows in a VNet, or only the subnet itself and the head nodes. */
  readonly inbound: "network" | "own-subnet";
}

/** Addresses that Azure keeps in each subnet: the first four and the last. Source: MicrosoftDocs/azure-docs:articles/virtual-network/virtual-networks-faq.md */
export const reservedAddresses = 5;
