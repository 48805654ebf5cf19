import type { AutoExportJobArgs } from "@pulumi/azure-native/storagecache/autoExportJob";
import type { AutoImportJobArgs } from "@pulumi/azure-native/storagecache/autoImportJob";
import type { ImportJobArgs } from "@pulumi/azure-native/storagecache/importJob";
import type { z } from "zod";
import type { Problems } from "../../../core/problems";
import type { blobIntegrationShape } from "./shape";

/** The body of a job but for its place. */
type Unplaced<Args> = Omit<Args, "resourceGroupName" | "amlFilesystemName" | "location" | "tags">;

/** The one job between a file system and its container. */
export type PlannedJob =
  | { readonly kind: "autoExport"; readonly body: Unplaced<AutoExportJobArgs> }
  | { readonly kind: "autoImport"; readonly body: Unplaced<AutoImportJobArgs> }
  | { readonly kind: "import"; readonly body: Unplaced<ImportJobArgs> };

/** Prefixes that one auto-import job may have. Source: Azure/bicep-types-az:generated/storagecache (2026-01-01, autoImportPrefixes) */
const mostPrefixes = 100;

/** The job of a shape, null for none. */
export function planJob(job: z.output<typeof blobIntegrationShape>["job"], problems: Problems): PlannedJob | null {
  if (job === undefined) return null;
  if ("autoExport" in job) {
    const { prefix } = job.autoExport;
    checkPrefixes([prefix], "job.autoExport.prefix", problems);
    return { kind: "autoExport", body: { autoExportJobName: "auto-export", autoExportPrefixes: [prefix] } };
  }
  if ("autoImport" in job) {
    const { prefixes, conflicts, deletions } = job.autoImport;
    checkPrefixes(prefixes, "job.autoImport.prefixes", problems);
    problems.require(prefixes.length <= mostPrefixes, "job.autoImport.prefixes", `must be at most ${mostPrefixes}`, {
      got: prefixes.length,
      remedy: "Name folders above them",
    });
    return {
      kind: "autoImport",
      body: {
        autoImportJobName: "auto-import",
        autoImportPrefixes: prefixes,
        conflictResolutionMode: conflicts,
        enableDeletions: deletions,
      },
    };
  }
  const { prefixes, conflicts, maximumErrors } = job.import;
  checkPrefixes(prefixes, "job.import.prefixes", problems);
  return {
    kind: "import",
    body: {
      importJobName: "import",
      importPrefixes: prefixes,
      conflictResolutionMode: conflicts,
      maximumErrors,
    },
  };
}

/**
 * Whether Azure takes prefixes together: a job with one that is the beginning of another fails, as text and not as a path.
 * Source: MicrosoftDocs/azure-stack-docs:azure-managed-lustre/blob-integration.md (2024-04-02, /data and /data2)
 */
export function checkPrefixes(prefixes: readonly string[], path: string, problems: Problems): void {
  const many = prefixes.length > 1;
  prefixes.forEach((prefix, at) => {
    const where = many ? `${path}[${at}]` : path;
    problems.require(/^\/[^\n]*$/.test(prefix), where, "must be a prefix with a slash first", {
      got: prefix,
      remedy: `Write /${prefix.replace(/^\/+/, "")}`,
    });
    const inside = prefixes.find(
      (other, index) => index !== at && prefix.startsWith(other) && (prefix !== other || index < at),
    );
    problems.require(inside === undefined, where, `must not begin like ${inside ?? ""}: Azure fails a job with both`, {
      got: prefix,
      remedy: `Leave it out: ${inside ?? ""} has it already`,
    });
  });
}
