/**
 * What Azure asks of whoever makes something that names a thing of another type: a right on that thing.
 * Source: MicrosoftDocs/azure-docs:articles/role-based-access-control/permissions (networking, compute, identity; 2026), and LinkedAuthorizationFailed in
 * https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/create-upgrade-delete/linkedauthorizationfailed-error
 */
export const linkedActions: Readonly<Record<string, string>> = {
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
