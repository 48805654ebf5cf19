/** What Azure asks of whoever names a thing. */
type LinkedAction = string | { readonly usual: string; readonly by: Readonly<Record<string, string>> };

/**
 * What Azure asks of whoever makes something that names a thing of another type: a right on that thing.
 * Source: MicrosoftDocs/azure-docs:articles/role-based-access-control/permissions/networking.md (2024-02-07), compute.md and identity.md beside it;
 * MicrosoftDocs/azure-aks-docs:articles/aks/aks-service-permissions.md (2026-04-19)
 */
const linked: Readonly<Record<string, LinkedAction>> = {
  "Microsoft.Network/virtualNetworks": {
    usual: "Microsoft.Network/virtualNetworks/join/action",
    by: {
      "Microsoft.Network/virtualNetworks/virtualNetworkPeerings": "Microsoft.Network/virtualNetworks/peer/action",
    },
  },
  "Microsoft.Network/virtualNetworks/subnets": "Microsoft.Network/virtualNetworks/subnets/join/action",
  "Microsoft.Network/networkSecurityGroups": "Microsoft.Network/networkSecurityGroups/join/action",
  "Microsoft.Network/natGateways": "Microsoft.Network/natGateways/join/action",
  "Microsoft.Network/routeTables": "Microsoft.Network/routeTables/join/action",
  "Microsoft.Network/publicIPAddresses": "Microsoft.Network/publicIPAddresses/join/action",
  "Microsoft.Network/networkInterfaces": "Microsoft.Network/networkInterfaces/join/action",
  "Microsoft.Network/privateDnsZones": "Microsoft.Network/privateDnsZones/join/action",
  "Microsoft.ManagedIdentity/userAssignedIdentities": "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
  "Microsoft.Compute/capacityReservationGroups": "Microsoft.Compute/capacityReservationGroups/deploy/action",
};

/** Types that ask something of whoever names a resource of theirs. */
export const linkedTypes: readonly string[] = Object.keys(linked);

/**
 * The right that it takes on a resource of a type when one of another type names it, `undefined` where it takes none.
 * An endpoint is approved by whoever makes it, who must be allowed to: else it waits for the owner, and nothing is reached through it.
 * Source: MicrosoftDocs/azure-docs:articles/private-link/rbac-permissions.md (2026-03-30)
 */
export function linkedAction(named: string, by: string): string | undefined {
  if (by === "Microsoft.Network/privateEndpoints" && named !== "" && !named.startsWith("Microsoft.Network/"))
    return `${named}/privateEndpointConnectionsApproval/action`;
  const action = linked[named];
  return typeof action === "object" ? (action.by[by] ?? action.usual) : action;
}
