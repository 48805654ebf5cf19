import { z } from "zod";
import { customerManagedKeyShape } from "../customer-managed-key";
import { timeOfDay, weekday } from "../../../core/calendar";

/** More than nothing. */
const amount = z.number().positive("must be more than 0");

/**
 * Azure Managed Lustre, mounted by every training team. Say `tier` and `sizeTiB`, or what it is for, `checkpoint` and `holdsTiB`: then the
 * cheapest that does it is chosen, and the preview says which. Say both once it exists: what is written is kept, and a wish that it no
 * longer fulfils is refused instead of making another file system.
 */
export const lustreFileSystemShape = z.strictObject({
  /**
   * AMLFS-Durable-Premium-40, -125, -250 or -500: MB/s for each TiB. Fixed at creation: another one means a new file
   * system, without this one's data. Default: chosen by `checkpoint` and `holdsTiB`.
   */
  tier: z.string().exactOptional(),
  /**
   * Capacity in TiB, a multiple of the tier's step. Bills whole, used or not. Fixed at creation, like the tier. Default: chosen by
   * `checkpoint` and `holdsTiB`.
   */
  sizeTiB: z.int().exactOptional(),
  /** TiB that it must hold beside checkpoints: data sets, code, results. */
  holdsTiB: amount.exactOptional(),
  /** Checkpoints that it must take fast enough: together with `holdsTiB` they decide tier and size where these are not written. */
  checkpoint: z
    .strictObject({
      /** Size of one checkpoint in TB, a million MB, of all jobs that save at once together. */
      writeTB: amount,
      /** Seconds in which it must be written: jobs stand still meanwhile. */
      seconds: amount,
      /** Checkpoints that lie there at once. With one, the old one goes before the new one is whole. */
      keep: z.int().min(1, "must be a whole number from 1").default(2),
    })
    .exactOptional(),
  /** Availability zone, in quotes: "1". The one of the GPU nodes is nearest. Fixed at creation, like the tier. */
  zone: z.string(),
  /** Day of the weekly maintenance. */
  maintenanceDay: weekday.default("Saturday"),
  /** Start of the maintenance in UTC, in quotes: "22:00". */
  maintenanceTime: timeOfDay.default("22:00"),
  /**
   * Whose root is nobody on the file system. `root-only`: that of every machine but the nodes of the cluster and `trustedRanges`. The nodes
   * keep theirs, since the CSI driver makes the directories of teams as root: squashed are scale sets and peers. Changed in place.
   */
  rootSquash: z.enum(["none", "root-only"]).default("none"),
  /**
   * IPv4 ranges whose machines keep their root beside the nodes of the cluster: a machine from which somebody makes directories for the users
   * of scale sets, `10.80.192.4/32`. Only with `rootSquash: root-only`. Changed in place. Default: none.
   */
  trustedRanges: z.array(z.string()).default([]),
  /**
   * Encryption with a key of yours instead of Microsoft's, in a vault of the same subscription and region. The version stands in
   * `keyUrl`, and a new one is written there. It cannot be taken away again, nor given later.
   * Source: https://learn.microsoft.com/azure/azure-managed-lustre/customer-managed-encryption-keys
   */
  customerManagedKey: customerManagedKeyShape
    .extend({
      /** ARM ID of the vault. */
      vaultResourceId: z.string(),
    })
    .exactOptional(),
  /**
   * A lock with which Azure refuses to delete the file system, whoever asks, and what hangs on it, a diagnostic setting that you
   * take away. Whoever runs `up` needs `Microsoft.Authorization/locks/write`, which Owner and User Access Administrator have.
   * Turn it off with an `up` before a `destroy`.
   */
  deleteLock: z.boolean().default(false),
});
export type LustreFileSystemShape = z.input<typeof lustreFileSystemShape>;
