import type { VmSize } from "../../../catalog/vm-size";
import type { ReadShape } from "./shape";

/** Where an ephemeral OS disk goes: beside the temporary disk if it fits there, else it takes a whole NVMe disk. */
export function ephemeralPlacement({ osDiskGiB }: ReadShape, size: VmSize): "ResourceDisk" | "NvmeDisk" {
  return (size.tempDiskGiB ?? 0) >= osDiskGiB ? "ResourceDisk" : "NvmeDisk";
}

/**
 * Local NVMe disks that are left for scratch: all but the one that an ephemeral OS disk takes. The node finds them by
 * itself, since a disk with partitions is never striped.
 * Source: https://learn.microsoft.com/azure/virtual-machines/ephemeral-os-disks-faq
 */
export function scratchDisks(shape: ReadShape, size: VmSize): number {
  const taken = shape.osDisk === "ephemeral" && ephemeralPlacement(shape, size) === "NvmeDisk" ? 1 : 0;
  return (size.nvme?.disks ?? 0) - taken;
}
