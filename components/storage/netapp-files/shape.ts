import { z } from "zod";
import { netAppLimits } from "../../../catalog/netapp-levels";

/** How many there are at most at once; 0 for none. */
const kept = z.int().min(0, "must be a whole number from 0");

/**
 * Azure NetApp Files: homes, code and environments on NFS, with snapshots. Every team that mounts shared files and every scale set gets a
 * volume of its own in one pool, which bills whole.
 */
export const netAppFilesShape = z.strictObject({
  /**
   * Throughput for each TiB: Standard 16 MiB/s, Premium 64, Ultra 128. Fixed here: Azure changes it by moving volumes to another pool.
   */
  serviceLevel: z.enum(["Standard", "Premium", "Ultra"]).default("Premium"),
  /** Capacity of the pool in TiB, 1 to 2048. Bills whole, used or not. Grows in place, and shrinks down to what its volumes take. */
  sizeTiB: z.int(),
  /**
   * Who says how fast a volume is: `auto`, its size, or `manual`, `volumes.throughputMiBps`, all together up to what the pool gives.
   * From auto to manual in place, and never back.
   */
  qos: z.enum(["auto", "manual"]).default("auto"),
  /** The volume of each team and each scale set. */
  volumes: z
    .strictObject({
      /** GiB of a volume, 50 to 102400, of which all users of the volume share each. A team says another number with `homeGiB`. */
      sizeGiB: z.int().default(512),
      /** MiB/s of a volume, 1 to 4500, with `qos: manual` alone. */
      throughputMiBps: z.int().exactOptional(),
    })
    .prefault({}),
  /**
   * Version of NFS. With `NFSv3` users are numbers, as in pods. With `NFSv4.1` they are names that client and server must agree on, which
   * nodes of AKS are not set up for: files may seem to be nobody's. Another one makes new volumes, without the data of these.
   */
  protocol: z.enum(["NFSv3", "NFSv4.1"]).default("NFSv3"),
  /**
   * Whose root is nobody on a volume: that of every client (`root-only`), or no one's. Anybody may make files in the first directory and
   * delete their own; what root makes there belongs to nobody. Changed in place.
   */
  rootSquash: z.enum(["none", "root-only"]).default("root-only"),
  /** Availability zone of the volumes, in quotes: "1". Fixed at creation of each. Default: Azure chooses. */
  zone: z.string().exactOptional(),
  /**
   * Days without use after which a block moves to the cool tier, 2 to 183: cheaper to keep, and each reading bills. A pool that has it keeps
   * it. Default: never.
   */
  coolAfterDays: z.int().exactOptional(),
  /** Snapshots that each volume keeps, at most 255 together. Users find them in `.snapshot`. They take room in the volume. */
  snapshots: z
    .strictObject({
      /** Taken each hour. */
      hourly: kept.default(0),
      /** Taken at midnight UTC. */
      daily: kept.default(7),
      /** Taken on Sunday. */
      weekly: kept.default(4),
      /** Taken on the first of a month. */
      monthly: kept.default(0),
    })
    .prefault({}),
  /** Backups outside of the volumes, which outlive them. They bill by what they hold. Default: none. */
  backup: z
    .strictObject({
      /** Days kept, 2 or more. */
      daily: z.int().min(netAppLimits.leastDailyBackups, "must be a whole number from 2").default(7),
      /** Weeks kept. */
      weekly: kept.default(4),
      /** Months kept. */
      monthly: kept.default(0),
    })
    .exactOptional(),
  /**
   * A lock with which Azure refuses to delete the account and all in it, whoever asks: see `deleteLock` of `blob`. A team that leaves
   * cannot take its volume along while it holds.
   */
  deleteLock: z.boolean().default(false),
});
export type NetAppFilesShape = z.input<typeof netAppFilesShape>;
