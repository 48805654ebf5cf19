import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planBlobStore, type BlobStoreShape } from "../../../components/storage/plan-blob-store";
import { problemsOf } from "../../recorded";

const zones = ["1", "2", "3"];

describe("planBlobStore", () => {
  it("keeps everything, cools it after a month and forgives deletions for two weeks", () => {
    expect(planBlobStore({}, [])).toEqual({
      redundancy: "LRS",
      coolAfterDays: 30,
      deleteAfterDays: null,
      softDeleteDays: 14,
    });
  });

  it("takes what it is given", () => {
    const shape = { redundancy: "ZRS", coolAfterDays: 1, deleteAfterDays: 31, softDeleteDays: 365 } as const;
    expect(planBlobStore(shape, zones)).toEqual(shape);
  });

  it("never deletes what has not been cool for the 30 days that are paid for", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 500 }),
        (coolAfterDays, deleteAfterDays) => {
          const decide = (): unknown => planBlobStore({ coolAfterDays, deleteAfterDays }, zones);
          if (deleteAfterDays - coolAfterDays >= 30) expect(decide()).toMatchObject({ coolAfterDays, deleteAfterDays });
          else {
            expect(problemsOf(decide)).toEqual([
              `deleteAfterDays: must be a whole number of days from ${coolAfterDays + 30} to 99999; got ${deleteAfterDays}`,
            ]);
          }
        },
      ),
    );
  });
});

describe("planBlobStore fails", () => {
  it("under one subject", () => {
    expect(() => planBlobStore({ softDeleteDays: 0 }, zones)).toThrow(
      "The Blob store is misconfigured:\n  softDeleteDays: must be a whole number of days from 1 to 365; got 0",
    );
  });

  it.each([
    [
      "without a day before cooling",
      { coolAfterDays: 0 },
      zones,
      ["coolAfterDays: must be a whole number of days from 1 to 99999; got 0"],
    ],
    [
      "with part of a day",
      { coolAfterDays: 1.5 },
      zones,
      ["coolAfterDays: must be a whole number of days from 1 to 99999; got 1.5"],
    ],
    [
      "with more than a year of forgiveness",
      { softDeleteDays: 366 },
      zones,
      ["softDeleteDays: must be a whole number of days from 1 to 365; got 366"],
    ],
    [
      "with copies over zones that are not there",
      { redundancy: "ZRS" },
      [],
      ['redundancy: must be LRS: the region has no zones; got "ZRS"'],
    ],
    [
      "with several problems at once",
      { redundancy: "ZRS", coolAfterDays: 5, deleteAfterDays: 34 },
      [],
      [
        "deleteAfterDays: must be a whole number of days from 35 to 99999; got 34",
        'redundancy: must be LRS: the region has no zones; got "ZRS"',
      ],
    ],
  ] satisfies [string, BlobStoreShape, string[], string[]][])("%s", (_, shape, regionZones, lines) => {
    expect(problemsOf(() => planBlobStore(shape, regionZones))).toEqual(lines);
  });
});
