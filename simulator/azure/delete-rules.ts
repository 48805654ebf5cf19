import { AzureError } from "./azure-error";
import type { Estate, LiveResource } from "./estate";
import { referencesIn } from "./references";

/** Error code by type of what cannot go while something else names it. Everything else goes when asked. */
const inUse: Readonly<Record<string, string>> = {
  "azure-native:network:Subnet": "InUseSubnetCannotBeDeleted",
  "azure-native:network:NetworkSecurityGroup": "InUseNetworkSecurityGroupCannotBeDeleted",
  "azure-native:network:NatGateway": "InUseNatGatewayCannotBeDeleted",
  "azure-native:network:PublicIPAddress": "PublicIPAddressCannotBeDeleted",
  "azure-native:compute:ProximityPlacementGroup": "OperationNotAllowed",
};

/** Types that must be empty first, with the type segment of what may not be in them. Others take their children along. */
const mustBeEmpty: Readonly<Record<string, string>> = {
  "azure-native:privatedns:PrivateZone": "virtualnetworklinks",
  "azure-native:compute:CapacityReservationGroup": "capacityreservations",
};

/** Why Azure refuses to delete a resource; `undefined` when it does not. What goes with it is no hindrance. */
export function refusalOfDelete(estate: Estate, live: LiveResource): AzureError | undefined {
  const root = live.id.toLowerCase();
  const isBelow = (id: string): boolean => id === root || id.startsWith(`${root}/`);
  const all = Object.entries(estate.resources);
  const nested = mustBeEmpty[live.type];
  const child = nested === undefined ? undefined : all.find(([key]) => key.startsWith(`${root}/${nested}/`));
  if (child !== undefined) {
    return new AzureError(409, "CannotDeleteResource", `'${live.id}' still holds '${child[1].id}'.`);
  }

  // Deleting a network deletes its subnets, so what hinders one of them hinders the network.
  const going = new Map(all.filter(([key]) => isBelow(key)));
  for (const [key, user] of all) {
    if (isBelow(key)) continue;
    for (const { id } of referencesIn(user.inputs)) {
      const used = going.get(id.toLowerCase());
      const code = used === undefined ? undefined : inUse[used.type];
      // A role assignment on a subnet does not use it.
      if (code === undefined || user.type === "azure-native:authorization:RoleAssignment") continue;
      return new AzureError(400, code, `'${used?.id ?? ""}' is in use by '${user.id}'.`);
    }
  }
  return undefined;
}
