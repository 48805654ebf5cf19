/**
 * Providers that a resource makes something of by itself, in the name of whoever made it: AKS makes scale sets, disks, load balancers.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/tutorial-kubernetes-deploy-cluster.md and troubleshooting of MissingSubscriptionRegistration
 */
export const namespacesBehind: Readonly<Record<string, readonly string[]>> = {
  "Microsoft.ContainerService": ["Microsoft.Compute", "Microsoft.Network", "Microsoft.Storage"],
};
