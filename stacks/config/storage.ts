import { z } from "zod";
import { blobStoreShape } from "../../components/storage/blob-store/shape";
import { lustreFileSystemShape } from "../../components/storage/lustre-file-system/shape";

/** Shared storage of the environment. */
export const storageSection = z
  .strictObject({
    /** Managed Lustre, mounted by every training team. */
    lustre: lustreFileSystemShape.exactOptional(),
    /** Blob storage with a container for each team. */
    blob: blobStoreShape.exactOptional(),
  })
  .describe("Shared storage of the environment.");
