/** CSI drivers of AKS that make volumes of the built-in classes. */
export const csiDrivers = ["disk", "file", "blob"] as const;
export type CsiDriver = (typeof csiDrivers)[number];

/** A storage class that AKS makes where the cluster has its driver. */
export interface StorageClass {
  readonly name: string;
  readonly driver: CsiDriver;
  /** MB/s that a volume of 64 GiB is promised to read and write, null where it is "up to" some rate or nobody says. */
  readonly promisedMBps: number | null;
}

/**
 * Storage classes of AKS. Each makes disks, shares or accounts in the resource group of the nodes when somebody claims, the accounts with
 * keys.
 * Sources: https://learn.microsoft.com/azure/aks/concepts-storage (storage classes), create-volume-azure-files and
 * create-volume-azure-blob-storage for the CSI drivers' own, as on 1.36 (read 2026-11); what a Premium SSD of 64 GiB gives 99.9 % of the
 * time, and that of a Standard SSD a limit is known alone: MicrosoftDocs/azure-compute-docs:articles/virtual-machines/disks-types.md
 * (2026-08-11), MicrosoftDocs/azure-docs:includes/disk-storage-premium-ssd-sizes.md (P6)
 */
export const storageClasses: readonly StorageClass[] = [
  { name: "managed-csi", driver: "disk", promisedMBps: null },
  { name: "managed-csi-premium", driver: "disk", promisedMBps: 50 },
  { name: "azurefile-csi", driver: "file", promisedMBps: null },
  { name: "azurefile-csi-premium", driver: "file", promisedMBps: null },
  { name: "azureblob-fuse-premium", driver: "blob", promisedMBps: null },
  { name: "azureblob-nfs-premium", driver: "blob", promisedMBps: null },
];

/** Older names, which every AKS cluster has as well, for the same as `managed-csi`, `azurefile-csi` and their premium kinds. */
const olderNames = ["default", "managed", "managed-premium", "azurefile", "azurefile-premium"];

/** Names of all storage classes that every AKS cluster has unasked. */
export const builtInStorageClasses: readonly string[] = [...olderNames, ...storageClasses.map((it) => it.name)];
