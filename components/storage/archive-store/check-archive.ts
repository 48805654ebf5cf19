import type { z } from "zod";
import type { Place } from "../../../catalog/place";
import type { Problems } from "../../../core/problems";
import { checkRedundancy, withoutZones } from "../redundancy";
import type { archiveStoreShape } from "./shape";

/** Longest time that a rule of the lifecycle can count. */
const longestAge = 99_999;

/**
 * What Azure refuses of an account, or takes and does not do.
 * Sources: MicrosoftDocs/azure-docs:articles/storage/blobs/point-in-time-restore-overview.md (2022-06-22),
 * immutable-version-level-worm-policies.md (2024-03-26); https://learn.microsoft.com/azure/storage/blobs/access-tiers-overview
 */
export function checkArchive(
  shape: z.output<typeof archiveStoreShape>,
  place: Pick<Place, "location" | "zones">,
  problems: Problems,
): void {
  const { redundancy, softDeleteDays, restoreDays, changeFeedDays, coolAfterDays, archiveAfterDays } = shape;
  const { versions, immutability } = shape;
  const zonal = redundancy === "ZRS" || redundancy === "GZRS";
  checkRedundancy(redundancy, place, problems);
  if (archiveAfterDays !== null) {
    problems.require(
      !zonal,
      "archiveAfterDays",
      "is not possible with copies over zones: Azure has no archive tier there",
      {
        got: archiveAfterDays,
        remedy: `Leave it out, or write redundancy: ${withoutZones(redundancy, place)}`,
      },
    );
    problems.require(
      restoreDays === undefined,
      "archiveAfterDays",
      "must be left out beside restoreDays: no restore brings a blob back from the archive tier",
      { got: archiveAfterDays, remedy: "Leave one of the two out" },
    );
    requireAge("archiveAfterDays", archiveAfterDays, coolAfterDays + 1, "", problems);
  }
  problems.require(
    restoreDays === undefined || restoreDays < softDeleteDays,
    "restoreDays",
    `must be fewer than softDeleteDays (${softDeleteDays}): what is gone for good cannot be set back`,
    { got: restoreDays, remedy: `Use ${softDeleteDays - 1}, or softDeleteDays: ${(restoreDays ?? 0) + 1}` },
  );
  problems.require(
    restoreDays === undefined || changeFeedDays === undefined || changeFeedDays > restoreDays,
    "changeFeedDays",
    `must be more than restoreDays (${restoreDays ?? 0}), which reads that record`,
    { got: changeFeedDays, remedy: "Leave it out: it follows restoreDays" },
  );
  const { deleteAfterDays } = versions;
  const least = Math.max(versions.coolAfterDays + 1, immutability?.days ?? 0);
  if (deleteAfterDays !== null) {
    const why = immutability === undefined ? "" : ": before, immutability.days keeps them";
    requireAge("versions.deleteAfterDays", deleteAfterDays, Math.min(least, longestAge), why, problems);
  }
  if (immutability === undefined) return;
  problems.require(
    restoreDays === undefined,
    "restoreDays",
    "must be left out beside immutability: a restore passes by what is kept, and leaves a state that never was",
    { got: restoreDays, remedy: "Leave one of the two out: versions are a way back for each blob" },
  );
  problems.require(
    immutability.scope !== "container" || immutability.state === "unlocked",
    "immutability.state",
    "must be unlocked for a container: its lock is a call of its own that Pulumi does not make",
    {
      got: immutability.state,
      remedy: "Lock it by hand after up: az storage container immutability-policy lock; or write scope: versions",
    },
  );
}

function requireAge(path: string, got: number, least: number, why: string, problems: Problems): void {
  problems.require(
    got >= least && got <= longestAge,
    path,
    `must be a whole number of days from ${least} to ${longestAge}${why}`,
    { got, remedy: `Use ${Math.min(longestAge, Math.max(least, got))}` },
  );
}
