import { z } from "zod";
import { accountEncryptionShape } from "../account-encryption";
import { days } from "../days";

/**
 * A word that somebody will look for here. Azure refuses both in an account with a hierarchical namespace, which blobfuse2 wants for folders.
 * Source: MicrosoftDocs/azure-docs:articles/storage/blobs/immutable-version-level-worm-policies.md (2024-03-26)
 */
function notWithNamespace(what: string): z.ZodExactOptional<z.ZodUnknown> {
  return z
    .unknown()
    .refine(() => false, {
      error: `is not possible here: an account with a hierarchical namespace has no ${what}. Write it into storage.archive, which is an account without one`,
      abort: true,
    })
    .exactOptional();
}

/** Blob storage, with a container for each team. */
export const blobStoreShape = z.strictObject({
  /** Copies: `LRS` in one building, `ZRS` over three zones. Changing it is a migration. */
  redundancy: z.enum(["LRS", "ZRS"]).default("LRS"),
  /**
   * Days after which a blob that nobody wrote moves to the cool tier, 1 to 99999, read or not. There each gigabyte that is read
   * bills: set it high for data sets that are read for months.
   */
  coolAfterDays: days(1, 99_999).default(30),
  /**
   * Days after which a blob that nobody wrote is deleted, at least 30 more than `coolAfterDays`: Azure charges the cool
   * tier for that long. `null` for never.
   */
  deleteAfterDays: z.int().nullable().default(null),
  /** From where Azure copies blobs into the store by itself: accounts of the same Entra `tenant`, or `anywhere`. */
  copiesFrom: z.enum(["tenant", "anywhere"]).default("tenant"),
  /** Days that a deleted blob or container can be brought back, 1 to 365. */
  softDeleteDays: days(1, 365).default(14),
  ...accountEncryptionShape.shape,
  /**
   * A lock with which Azure refuses to delete the account, whoever asks, and all on it: its containers, and the grants of a
   * team or a diagnostic setting that you take away. Whoever runs `up` needs `Microsoft.Authorization/locks/write`, which
   * Owner and User Access Administrator have. Turn it off with an `up` before a `destroy`.
   */
  deleteLock: z.boolean().default(false),
  /** Not here: say it of `storage.archive`. */
  versioning: notWithNamespace("versions of blobs"),
  /** Not here: say it of `storage.archive`. */
  immutability: notWithNamespace("blobs that nobody can change"),
});
export type BlobStoreShape = z.input<typeof blobStoreShape>;
