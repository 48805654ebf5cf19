/**
 * Names, in lowercase, of the subnets that Azure's gateways and firewalls have to themselves.
 * Source: https://learn.microsoft.com/azure/virtual-network/virtual-network-for-azure-services
 */
export const gatewaySubnets: readonly string[] = [
  "gatewaysubnet",
  "azurefirewallsubnet",
  "azurefirewallmanagementsubnet",
  "azurebastionsubnet",
  "routeserversubnet",
];
