import { z } from "zod";
import { customerManagedKeyShape } from "../customer-managed-key";
import { timeOfDay, weekday } from "../../../core/calendar";

/** Azure Managed Lustre, mounted by every training team. */
export const lustreFileSystemShape = z.strictObject({
  /**
   * AMLFS-Durable-Premium-40, -125, -250 or -500: MB/s for each TiB. Fixed at creation: another one means a new file
   * system, without this one's data.
   */
  tier: z.string(),
  /** Capacity in TiB, a multiple of the tier's step. Bills whole, used or not. Fixed at creation, like the tier. */
  sizeTiB: z.int(),
  /** Availability zone, in quotes: "1". The one of the GPU nodes is nearest. Fixed at creation, like the tier. */
  zone: z.string(),
  /** Day of the weekly maintenance. */
  maintenanceDay: weekday.default("Saturday"),
  /** Start of the maintenance in UTC, in quotes: "22:00". */
  maintenanceTime: timeOfDay.default("22:00"),
  /**
   * Whose root is nobody on the file system. Teams are kept apart by volumes that are bound to one namespace and mount
   * its directory only. `root-only` squashes every client's root, the CSI driver's too, which makes the directories: type
   * it once they exist. Addresses that keep their root are not offered. Changed in place.
   */
  rootSquash: z.enum(["none", "root-only"]).default("none"),
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
