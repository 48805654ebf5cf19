import { z } from "zod";
import { days } from "../days";

/** How a job treats what is in the file system and in the container in two forms. */
const conflicts = z.enum(["Fail", "Skip", "OverwriteIfDirty", "OverwriteAlways"]);

/** Beginnings of the names of blobs, each with a slash first. */
const prefixes = z.array(z.string()).min(1, "must hold at least one prefix").default(["/"]);

/** Brings changes of the container into the file system for as long as it is there. */
const autoImportShape = z.strictObject({
  /** Beginnings of the names of the blobs that are imported, at most 100, none the beginning of another. */
  prefixes,
  /** What becomes of a file that is in both. */
  conflicts: conflicts.default("Skip"),
  /** Whether a blob that is deleted takes its file along. With `Skip` a file that was changed stays. */
  deletions: z.boolean().default(false),
});

/** Takes changes of the file system into the container for as long as it is there. What is deleted or renamed stays there. */
const autoExportShape = z.strictObject({
  /** Directory that is exported: Azure takes one. */
  prefix: z.string().default("/"),
});

/** Brings the container into the file system once. */
const importShape = z.strictObject({
  /** Beginnings of the names of the blobs that are imported, none the beginning of another. */
  prefixes,
  /** What becomes of a file that is in both. */
  conflicts: conflicts.default("Skip"),
  /** Errors after which it stops, files that are in both aside: 0 for the first, -1 for never. */
  maximumErrors: z.int().min(-1, "must be a whole number from -1").default(0),
});

/**
 * Blob storage behind Managed Lustre, for import and export. Azure asks for an account whose keys are allowed, which nothing else here has:
 * so it is an account of its own, with nothing else in it, and it is made only where `accountKeys` says why.
 * Source: MicrosoftDocs/azure-stack-docs:azure-managed-lustre/amlfs-prerequisites.md (2023-06-28)
 */
export const blobIntegrationShape = z.strictObject({
  /** The word that allows the keys of this account. */
  accountKeys: z.strictObject({
    /** Why, for whoever reviews it: the tag `accountKeys` of the account, and a note of the preview. One line of 1 to 200 characters. */
    allowedBecause: z.string().regex(/^[^\n]{1,200}$/, "must be one line of 1 to 200 characters"),
  }),
  /**
   * Object ID of the service principal HPC Cache Resource Provider in your tenant, called storagecache Resource Provider in older ones:
   * `az ad sp list --display-name "HPC Cache Resource Provider" --query "[].id"`. It gets two roles on the account.
   */
  providerObjectId: z.string(),
  /** Copies: `LRS` in one building, `ZRS` over three zones. Changing it is a migration. */
  redundancy: z.enum(["LRS", "ZRS"]).default("LRS"),
  /**
   * Beginning of the names of the blobs that the file system has from its first minute on, with a slash first; the rest comes by a job.
   * Fixed at creation of the file system.
   */
  importPrefix: z.string().default("/"),
  /**
   * The one job: Azure runs no second one beside it, and refuses it while the import of the first minutes runs. What a job says cannot be
   * changed: another one takes its place. Default: none.
   */
  job: z
    .union([
      z.strictObject({
        /** Changes of the file system go to the container. */
        autoExport: autoExportShape,
      }),
      z.strictObject({
        /** Changes of the container come into the file system. */
        autoImport: autoImportShape,
      }),
      z.strictObject({
        /** The container comes into the file system once. */
        import: importShape,
      }),
    ])
    .exactOptional(),
  /** Days that a deleted blob or container can be brought back, 1 to 365. */
  softDeleteDays: days(1, 365).default(14),
  /** A lock with which Azure refuses to delete the account, whoever asks: see `deleteLock` of `blob`. */
  deleteLock: z.boolean().default(false),
});
export type BlobIntegrationShape = z.input<typeof blobIntegrationShape>;
/** The one job between a file system and its container. */
export type JobShape = NonNullable<BlobIntegrationShape["job"]>;
