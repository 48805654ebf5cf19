/**
 * How blobfuse2 keeps what it reads and writes: blocks in memory, so that no file has to fit on a disk of the node. Its default on AKS is
 * whole files below `/mnt`, which is the OS disk of a size without a temporary one, and checkpoints and weights are larger than that.
 * A bound is needed: without a word it takes 80 % of the memory that is free, job or no job.
 * Sources: Azure/azure-storage-fuse setup/advancedConfig.yaml and README.md (defaults); kaito-project/kaito website/docs (the same blocks
 * through AKS' driver, 8 GiB); https://learn.microsoft.com/azure/aks/azure-csi-blob-storage-provision (where the default cache is)
 */
export const blobfuse = {
  /** MiB of one block, and of one request. */
  blockMiB: 16,
  /** MiB of memory of a node for the blocks of one mount. */
  memoryMiB: 4096,
} as const;
