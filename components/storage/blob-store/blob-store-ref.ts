import { z } from "zod";
import type { Wired } from "../../../core/wired";

/** A storage account with a hierarchical namespace, ours or somebody else's: where teams get their containers. */
export const blobStoreRef = z.object({
  /** Name of the account, unique in the world. */
  accountName: z.string(),
  /** ARM ID of the account. */
  accountResourceId: z.string(),
  /** Resource group of the account. */
  resourceGroupName: z.string(),
});
export type BlobStoreRef = Wired<z.output<typeof blobStoreRef>, keyof z.output<typeof blobStoreRef>>;

/** The two ways into one account: most clients speak `blob`, blobfuse2 speaks `dfs` to a hierarchical namespace. */
export const blobEndpoints = ["blob", "dfs"] as const;
