import { z } from "zod";
import { customerManagedKeyShape } from "../customer-managed-key";

/** A number of days in a range, refused in the same words at every place. */
function days(least: number, most: number): z.ZodInt {
  const rule = `must be a whole number of days from ${least} to ${most}`;
  return z.int().min(least, rule).max(most, rule);
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
  /**
   * Encryption with a key of yours instead of Microsoft's. Without a version in `keyUrl` a new version is taken by itself.
   * Changed in place.
   */
  customerManagedKey: customerManagedKeyShape.exactOptional(),
  /** A second encryption below the first, with a key of Microsoft's. Fixed at creation: another one is another account. */
  infrastructureEncryption: z.boolean().default(false),
  /**
   * A lock with which Azure refuses to delete the account, whoever asks, and all on it: its containers, and the grants of a
   * team or a diagnostic setting that you take away. Whoever runs `up` needs `Microsoft.Authorization/locks/write`, which
   * Owner and User Access Administrator have. Turn it off with an `up` before a `destroy`.
   */
  deleteLock: z.boolean().default(false),
});
export type BlobStoreShape = z.input<typeof blobStoreShape>;
