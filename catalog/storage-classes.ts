/**
 * Storage classes that every AKS cluster has unasked. Each makes disks, shares or accounts in the resource group of the nodes when
 * somebody claims, the accounts with keys.
 * Source: https://learn.microsoft.com/azure/aks/concepts-storage (storage classes), create-volume-azure-files and
 * create-volume-azure-blob-storage for the CSI drivers' own, as on 1.36 (read 2026-11)
 */
export const builtInStorageClasses = [
  "default",
  "managed",
  "managed-premium",
  "managed-csi",
  "managed-csi-premium",
  "azurefile",
  "azurefile-premium",
  "azurefile-csi",
  "azurefile-csi-premium",
  "azureblob-fuse-premium",
  "azureblob-nfs-premium",
] as const;
