/**
 * Numbers of the errors of NVIDIA's driver in the kernel's log that say that a GPU, its memory, its links or its firmware is at fault,
 * and not the program that used it.
 * Source: Azure/azurehpc-health-checks:customTests/azure_gpu_xid.nhc (2026-05-01)
 */
export const faultyXids: readonly number[] = [48, 56, 57, 58, 62, 63, 64, 65, 68, 69, 73, 74, 79, 80, 81, 92, 119, 120];
