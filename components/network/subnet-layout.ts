import { addressCount, type Cidr } from "../../core/cidr";

/** What a subnet is for. */
export const subnetRoles = ["nodes", "scaleSets", "lustre", "endpoints", "apiServer"] as const;
export type SubnetRole = (typeof subnetRoles)[number];

/**
 * Share of the address space of each subnet, as bits taken from its prefix: 1 is a half, 2 a quarter.
 *
 * Fixed shares, not shares by need: a subnet in use can be neither moved nor resized, so a pool that grows must never
 * shift its neighbours. Largest first, so each one starts on its own boundary; a quarter minus these stays free.
 */
const shareBits: Readonly<Record<SubnetRole, number>> = {
  nodes: 1,
  scaleSets: 2,
  lustre: 4,
  endpoints: 6,
  apiServer: 8,
};

/** Smallest subnet that Azure allows. Source: MicrosoftDocs/azure-docs:articles/virtual-network/virtual-networks-faq.md */
const longestPrefix = 29;

/** Addresses that Azure keeps in each subnet: the first four and the last. Source: as above. */
export const reservedAddresses = 5;

/** The range of each role in an address space. Pure arithmetic: the same space gives the same ranges. */
export function layOutSubnets(addressSpace: Cidr): Readonly<Record<SubnetRole, Cidr>> {
  let base = addressSpace.base;
  const take = (role: SubnetRole): Cidr => {
    const cidr = { base, prefixLength: addressSpace.prefixLength + shareBits[role] };
    base += addressCount(cidr);
    return cidr;
  };
  return {
    nodes: take("nodes"),
    scaleSets: take("scaleSets"),
    lustre: take("lustre"),
    endpoints: take("endpoints"),
    apiServer: take("apiServer"),
  };
}

/** Longest prefix (smallest space) whose smallest subnet is still large enough for its role. */
export const longestAddressSpacePrefix = Math.min(longestPrefix, 28) - shareBits.apiServer;

/** Prefix of the address space in which a role's subnet has at least the given prefix. */
export function spaceFor(role: SubnetRole, prefixLength: number): number {
  return prefixLength - shareBits[role];
}
