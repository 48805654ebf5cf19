import { blobfuse } from "../../../catalog/blobfuse";

/** How a mount of Blob keeps what it reads and writes. Source: Azure/azure-storage-fuse README.md, "Block-Cache options" */
export const blockCacheOptions: readonly string[] = [
  "--block-cache",
  `--block-cache-block-size=${blobfuse.blockMiB}`,
  `--block-cache-pool-size=${blobfuse.memoryMiB}`,
];
