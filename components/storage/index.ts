export { BlobContainer, type BlobContainerArgs } from "./blob-container";
export { BlobStore, type BlobStoreArgs } from "./blob-store/blob-store";
export type { BlobStoreRef } from "./blob-store/blob-store-ref";
export { planBlobStore, type BlobStorePlan } from "./blob-store/plan";
export type { BlobStoreShape } from "./blob-store/shape";
export { LustreFileSystem, type LustreFileSystemArgs } from "./lustre-file-system/lustre-file-system";
export type { LustreRef } from "./lustre-file-system/lustre-ref";
export { planLustreFileSystem, type LustreFileSystemPlan } from "./lustre-file-system/plan";
export type { LustreFileSystemShape } from "./lustre-file-system/shape";
