/**
 * Providers that a resource makes something of by itself, in the name of whoever made it: AKS makes scale sets, disks, load balancers.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/aks-service-permissions.md (2026-04-19; what a cluster and its nodes write)
 */
export const namespacesBehind: Readonly<Record<string, readonly string[]>> = {
  "Microsoft.ContainerService": ["Microsoft.Compute", "Microsoft.Network", "Microsoft.Storage"],
  // A template makes a group with a storage account, a build in it a machine, a network and a container that drives it.
  // Source: MicrosoftDocs/azure-compute-docs:articles/virtual-machines/security-isolated-image-builds-image-builder.md (2024-02-13)
  "Microsoft.VirtualMachineImages": [
    "Microsoft.Compute",
    "Microsoft.ContainerInstance",
    "Microsoft.KeyVault",
    "Microsoft.Network",
    "Microsoft.Storage",
  ],
};
