import { limits } from "../../catalog/limits";
import { prefixLengthFor } from "../../core/cidr";
import { subnetSlots, type NetworkUser, type SubnetNeed, type SubnetRole } from "./subnet-ref";

/** What every network has, whatever is put into it: the cluster's subnets and that of the private endpoints. */
const always: readonly SubnetNeed[] = [
  { role: "nodes", addresses: 0, what: "AKS nodes" },
  { role: "endpoints", addresses: 0, what: "private endpoints" },
  { role: "apiServer", addresses: 0, what: "the API server" },
];

/** Needs of one role added up: what every network has first, then the others in the order of their slots. */
export function needsOf(users: readonly NetworkUser[]): SubnetNeed[] {
  const byRole = new Map<SubnetRole, SubnetNeed>();
  for (const need of [...always, ...users.flatMap((it) => it.subnets)]) {
    const before = byRole.get(need.role);
    byRole.set(need.role, before === undefined ? need : both(before, need));
  }
  const order = Object.keys(subnetSlots);
  const rank = ({ role }: SubnetNeed): number => (always.some((it) => it.role === role) ? -1 : order.indexOf(role));
  return [...byRole.values()].sort((a, b) => rank(a) - rank(b));
}

function both(before: SubnetNeed, need: SubnetNeed): SubnetNeed {
  const opensTo = [...new Set([...(before.opensTo ?? []), ...(need.opensTo ?? [])])];
  return { ...need, addresses: before.addresses + need.addresses, ...(opensTo.length > 0 && { opensTo }) };
}

/** Longest prefix of a subnet that is large enough for a need. */
export function prefixFor({ addresses }: SubnetNeed): number {
  return prefixLengthFor(addresses + limits.subnetReservedAddresses.value);
}

/** What machines there are, as far as ranges are kept from them. */
export function machinesOf(users: readonly NetworkUser[]): {
  readonly infiniband: boolean;
  readonly scaleSets: boolean;
} {
  return {
    infiniband: users.some((it) => it.infiniband),
    scaleSets: users.some((it) => it.subnets.some(({ role }) => role === "scaleSets")),
  };
}
