import type { VmSize } from "./vm-size";

/**
 * Largest ephemeral OS disk of a size in GiB, 0 when it can have none. The disk lies on the temporary disk, or takes a whole
 * NVMe disk. A cache disk, which some sizes have too, is not counted: no source of the catalogue gives its size.
 * Sources: https://learn.microsoft.com/azure/virtual-machines/ephemeral-os-disks-faq;
 * MicrosoftDocs/azure-aks-docs:articles/aks/best-practices-storage-nvme.md (2025-10-17): what the OS leaves of the NVMe disk is lost
 */
export function ephemeralOsDiskGiB({ ephemeralOsDisk, tempDiskGiB, nvme }: VmSize): number {
  if (!ephemeralOsDisk) return 0;
  const nvmeGiB = nvme === null || nvme.totalGiB === null ? 0 : Math.floor(nvme.totalGiB / nvme.disks);
  return Math.max(tempDiskGiB ?? 0, nvmeGiB);
}
