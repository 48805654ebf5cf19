import { z } from "zod";
import type { Wired } from "../../../core/wired";

/** A container that teams read and none writes, ours or somebody else's, in an account without a hierarchical namespace. */
export const archiveStoreRef = z.object({
  /** Name of the account, unique in the world. */
  accountName: z.string(),
  /** ARM ID of the account. */
  accountResourceId: z.string(),
  /** Resource group of the account. */
  resourceGroupName: z.string(),
  /** Name of the container. */
  containerName: z.string(),
  /** ARM ID of the container, the scope for who reads it. */
  containerResourceId: z.string(),
});
/** The way into an account without folders. */
export const archiveEndpoints = ["blob"] as const;

export type ArchiveStoreRef = Wired<z.output<typeof archiveStoreRef>, keyof z.output<typeof archiveStoreRef>>;
