import type { Gpu } from "./vm-size";

/**
 * Numbers of the errors of NVIDIA's driver in the kernel's log that say that a GPU, its memory, its links or its firmware is at fault,
 * and not the program that used it.
 * Source: Azure/azurehpc-health-checks:customTests/azure_gpu_xid.nhc (2026-05-01)
 */
export const faultyXids: readonly number[] = [48, 56, 57, 58, 62, 63, 64, 65, 68, 69, 73, 74, 79, 80, 81, 92, 119, 120];

/** What a driver writes into the kernel's log of a GPU that is at fault. Plain values: they travel to the cluster as JSON. */
export interface DriverFaults {
  /** What they are called, as the name of a check. */
  readonly name: string;
  /** Text of all lines that are looked at. */
  readonly mark: string;
  /** Regular expression of those that a healthy node has none of. */
  readonly fault: string;
}

/**
 * The same for each vendor. AMD's driver also says that there are no errors, or none of a kind, which is no fault.
 * Source of AMD's: linux:drivers/gpu/drm/amd/amdgpu/amdgpu_ras.c (amdgpu_ras_error_print_error_data and its callers), and the same text
 * as a fault in amd/node-scraper:nodescraper/plugins/inband/dmesg/dmesg_analyzer.py ("RAS Uncorrectable Error")
 */
export const driverFaults: Readonly<Record<Gpu["vendor"], DriverFaults>> = {
  nvidia: { name: "Xid", mark: "NVRM: Xid", fault: `Xid \\([^)]*\\): (${faultyXids.join("|")})\\b` },
  amd: {
    name: "RasErrors",
    mark: "uncorrectable hardware errors detected",
    fault: "\\b[1-9]\\d* (new )?uncorrectable hardware errors detected",
  },
};
