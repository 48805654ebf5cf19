import type { VmSize } from "./vm-size";

/**
 * Largest ephemeral OS disk of a size in GiB, 0 when it can have none. The disk lies on the temporary disk, or takes a whole
 * NVMe disk. A cache disk, which some sizes have too, is not counted: no source of the catalogue gives its size.
 * Source: https://learn.microsoft.com/azure/virtual-machines/ephemeral-os-disks-faq
 */
export function ephemeralOsDiskGiB({ ephemeralOsDisk, tempDiskGiB, nvme }: VmSize): number {
  if (!ephemeralOsDisk) return 0;
  const nvmeGiB = nvme === null || nvme.totalGiB === null ? 0 : Math.floor(nvme.totalGiB / nvme.disks);
  return Math.max(tempDiskGiB ?? 0, nvmeGiB);
}
