import { z } from "zod";
import { accountEncryptionShape } from "../account-encryption";
import { days } from "../days";

/** Longest time for which Azure keeps a blob as it is: 400 years. Source: https://learn.microsoft.com/rest/api/storagerp/blob-containers/create-or-update-immutability-policy */
const longestImmutability = 146_000;

/** Blobs that nobody can change or delete for a time. */
const immutabilityShape = z.strictObject({
  /**
   * What a policy is of. `versions`: each version of each blob of the account, so that writing a blob makes a new version beside the old
   * one. `container`: the container, whose blobs are written once. Fixed at creation: Azure takes the one of versions never away again.
   */
  scope: z.enum(["versions", "container"]),
  /** Days from when a blob was written in which it can be neither changed nor deleted, 1 to 146000. Once locked it only grows. */
  days: days(1, longestImmutability),
  /**
   * `unlocked`: whoever may write the account can take the policy away. `locked`: nobody can, not Azure either, before the last blob's time is
   * over, and no `destroy` gets past it. Azure makes policies unlocked: write `locked` in a later `up`. That of a container is locked by
   * hand, since the lock is a call of its own that Pulumi does not make: the README says how.
   */
  state: z.enum(["unlocked", "locked"]).default("unlocked"),
  /** Whether blocks may still be added to append blobs, for logs. */
  appends: z.boolean().default(false),
});

/**
 * A second account for weights, data sets of record and audit, without a hierarchical namespace: versions, a way back in time, blobs that
 * nobody can change. All teams mount its container, and none can write it.
 */
export const archiveStoreShape = z.strictObject({
  /**
   * Copies: `LRS` in one building, `ZRS` over three zones, `GRS` and `GZRS` besides in the second region of a
   * pair, which some regions have none of. Changing it is a migration.
   */
  redundancy: z.enum(["LRS", "ZRS", "GRS", "GZRS"]).default("LRS"),
  /**
   * Object IDs of the Entra groups that write the container: people and pipelines that publish. A pod writes as nobody of them.
   * Default: nobody but who gets a role elsewhere.
   */
  writerGroupObjectIds: z.array(z.string()).default([]),
  /** Days that a deleted blob or container can be brought back, 1 to 365. */
  softDeleteDays: days(1, 365).default(30),
  /**
   * Days that the blobs can be set back to as they were, by `az storage blob restore`: fewer than `softDeleteDays`. Not beside
   * `immutability`, which no restore gets past. Turns the change feed on. Default: no way back.
   */
  restoreDays: days(1, 364).exactOptional(),
  /** Days that the record of all changes is kept, which bills. Default: that long as `restoreDays` wants, else none. */
  changeFeedDays: days(1, longestImmutability).exactOptional(),
  /** Days after which a blob that nobody wrote moves to the cool tier, read or not. There each gigabyte that is read bills. */
  coolAfterDays: days(1, 99_999).default(30),
  /**
   * Days after which a blob that nobody wrote moves to the archive tier, where no pod can read it before it was brought back, which takes
   * hours. Not with copies over zones, nor beside `restoreDays`. `null` for never.
   */
  archiveAfterDays: z.int().nullable().default(null),
  /** What becomes of versions that are no longer the newest, and of snapshots. */
  versions: z
    .strictObject({
      /** Days after which they move to the cool tier. */
      coolAfterDays: days(1, 99_999).default(7),
      /** Days after which they are deleted, no fewer than `immutability.days`; `null` for never. */
      deleteAfterDays: z.int().nullable().default(365),
    })
    .prefault({}),
  /** Blobs that nobody can change or delete for a time. Default: whoever may write can. */
  immutability: immutabilityShape.exactOptional(),
  ...accountEncryptionShape.shape,
  /** A lock with which Azure refuses to delete the account, whoever asks: see `deleteLock` of `blob`. */
  deleteLock: z.boolean().default(false),
});
export type ArchiveStoreShape = z.input<typeof archiveStoreShape>;
