import { addressCount, type Cidr } from "../../../core/cidr";
import { subnetSlots, type SubnetRole, type SubnetSlot } from "../subnet-ref";

/** Smallest subnet that Azure allows is a /29, and the API server's must be a /28. Source: MicrosoftDocs/azure-docs:articles/virtual-network/virtual-networks-faq.md (2019-02-12), MicrosoftDocs/azure-aks-docs:articles/aks/api-server-vnet-integration.md (2026-04-15) */
const longestPrefix = 28;

/**
 * The range of each slot in an address space: one after the other, each on its own boundary. Pure arithmetic: the same
 * space gives the same ranges, and a slot that is added at the end moves none.
 */
export function layOutSlots<Role extends string>(
  addressSpace: Cidr,
  slots: Readonly<Record<Role, Pick<SubnetSlot, "bits">>>,
): ReadonlyMap<Role, Cidr> {
  const layout = new Map<Role, Cidr>();
  let next = addressSpace.base;
  for (const role in slots) {
    const cidr = { base: 0, prefixLength: addressSpace.prefixLength + slots[role].bits };
    const size = addressCount(cidr);
    const base = Math.ceil(next / size) * size;
    layout.set(role, { ...cidr, base });
    next = base + size;
  }
  return layout;
}

/** The range of a role in an address space. */
export function subnetRange(addressSpace: Cidr, role: SubnetRole): Cidr {
  const range = layOutSlots(addressSpace, subnetSlots).get(role);
  if (range === undefined) throw new Error(`There is no slot for ${role}.`);
  return range;
}

/** Longest prefix (smallest space) whose smallest subnet is still large enough for its role. */
export const longestAddressSpacePrefix = longestPrefix - Math.max(...Object.values(subnetSlots).map((it) => it.bits));

/** Prefix of the address space in which a role's subnet has at least the given prefix. */
export function spaceFor(role: SubnetRole, prefixLength: number): number {
  return prefixLength - subnetSlots[role].bits;
}
