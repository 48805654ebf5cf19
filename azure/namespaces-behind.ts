/**
 * Providers that a resource makes something of by itself, in the name of whoever made it: AKS makes scale sets, disks, load balancers.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/aks-service-permissions.md (2026-04-19; what a cluster and its nodes write)
 */
export const namespacesBehind: Readonly<Record<string, readonly string[]>> = {
  "Microsoft.ContainerService": ["Microsoft.Compute", "Microsoft.Network", "Microsoft.Storage"],
};
