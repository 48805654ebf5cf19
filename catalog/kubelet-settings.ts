/**
 * What AKS lets a pool tell its kubelet. `seccompDefault`, `kubeReserved` and `hardEvictionThreshold` are previews, which no stable API has.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/custom-node-configuration-reference.md (2026-08-06)
 */
export const cpuManagerPolicies = ["none", "static"] as const;
/** How strictly CPUs and devices of a pod lie together. Source: as above. */
export const topologyManagerPolicies = ["none", "best-effort", "restricted", "single-numa-node"] as const;

/** Bounds of its numbers, source as above. What it leaves open at the top ends where the value stops to mean anything. */
export const kubeletBounds = {
  imageGcHighThreshold: [0, 100],
  imageGcLowThreshold: [0, 100],
  containerLogMaxSizeMB: [1, 1_048_576],
  containerLogMaxFiles: [2, 1_000_000],
  // To the limit of 64-bit kernels. Source: proc_sys_kernel(5), pid_max
  podMaxPids: [-1, 4_194_304],
} as const;

/** What a kubelet has without a word, in percent of its disk. Source: as above. */
export const imageGcDefaults = { high: 85, low: 80 } as const;

/** Milliseconds. Source: kubernetes/kubernetes:pkg/kubelet/apis/config/validation/validation.go (CPUCFSQuotaPeriod) */
export const cpuCfsQuotaPeriodMs = [1, 1000] as const;

/** Kernel settings beyond the safe ones that AKS lets pods have. One with `*` is a beginning. Source: as above. */
export const unsafeSysctls = ["kernel.shm*", "kernel.msg*", "kernel.sem", "fs.mqueue.*", "net.*"] as const;
