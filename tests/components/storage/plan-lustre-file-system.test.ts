import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MisconfiguredError } from "../../../core/problems";
import { planLustreFileSystem, type LustreFileSystemShape } from "../../../components/storage/plan-lustre-file-system";
import { problemsOf } from "../../recorded";

const zones = ["1", "2"];
const shape: LustreFileSystemShape = { tier: "AMLFS-Durable-Premium-500", sizeTiB: 128, zone: "1" };

/** Step and largest size of each tier, as the documentation has them. */
const tiers = [
  ["AMLFS-Durable-Premium-40", 48, 12_800, 40],
  ["AMLFS-Durable-Premium-125", 16, 4096, 125],
  ["AMLFS-Durable-Premium-250", 8, 2048, 250],
  ["AMLFS-Durable-Premium-500", 4, 1024, 500],
] as const;

describe("planLustreFileSystem", () => {
  it("plans throughput and a quiet hour for maintenance", () => {
    expect(planLustreFileSystem(shape, zones)).toEqual({
      skuName: "AMLFS-Durable-Premium-500",
      sizeTiB: 128,
      zone: "1",
      throughputMBps: 64_000,
      maintenanceDay: "Saturday",
      maintenanceTime: "22:00",
      rootSquash: "none",
    });
    const other = { maintenanceDay: "Monday", maintenanceTime: "00:00", zone: "2", rootSquash: "root-only" } as const;
    expect(planLustreFileSystem({ ...shape, ...other }, zones)).toMatchObject(other);
  });

  it.each(tiers)("fits in %s exactly when it is a multiple of %i TiB, up to %i", (tier, step, most, perTiB) => {
    fc.assert(
      fc.property(fc.integer({ min: -step, max: most + 2 * step }), (sizeTiB) => {
        const decide = (): unknown => planLustreFileSystem({ ...shape, tier, sizeTiB }, zones);
        if (sizeTiB > 0 && sizeTiB % step === 0 && sizeTiB <= most) {
          expect(decide()).toMatchObject({ skuName: tier, sizeTiB, throughputMBps: perTiB * sizeTiB });
        } else expect(decide).toThrow(MisconfiguredError);
      }),
    );
  });

  it.each(tiers)("proposes sizes of %s that fit", (tier, step, most) => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: most - 2 * step, noNaN: true }), (sizeTiB) => {
        if (sizeTiB > 0 && sizeTiB % step === 0) return;
        const [line = ""] = problemsOf(() => planLustreFileSystem({ ...shape, tier, sizeTiB }, zones));
        const proposed = (/\. Use (.*)$/.exec(line)?.[1] ?? "").split(" or ").map(Number);
        expect(proposed.length).toBeGreaterThan(0);
        for (const fits of proposed) {
          expect(planLustreFileSystem({ ...shape, tier, sizeTiB: fits }, zones).sizeTiB).toBe(fits);
          expect(Math.abs(fits - sizeTiB)).toBeLessThanOrEqual(step + 1);
        }
      }),
    );
  });
});

describe("planLustreFileSystem fails", () => {
  it("under one subject", () => {
    expect(() => planLustreFileSystem({ ...shape, sizeTiB: 130 }, zones)).toThrow(
      "The Lustre file system is misconfigured:\n  sizeTiB: must be a multiple of 4 TiB in tier AMLFS-Durable-Premium-500; got 130. Use 128 or 132",
    );
  });

  const multiple = "sizeTiB: must be a multiple of 4 TiB in tier AMLFS-Durable-Premium-500";
  const most =
    "sizeTiB: must be at most 1024 TiB in tier AMLFS-Durable-Premium-500 (above 128 TiB Azure asks for a request)";
  it.each([
    [
      "with a tier that does not exist",
      { tier: "AMLFS-Durable-Premium-20" },
      zones,
      [
        'tier: must be one of AMLFS-Durable-Premium-40, AMLFS-Durable-Premium-125, AMLFS-Durable-Premium-250, AMLFS-Durable-Premium-500; got "AMLFS-Durable-Premium-20"',
      ],
    ],
    ["with nothing", { sizeTiB: 0 }, zones, [`${multiple}; got 0. Use 4`]],
    ["with less than nothing", { sizeTiB: -4 }, zones, [`${multiple}; got -4. Use 4`]],
    ["with part of a step", { sizeTiB: 6 }, zones, [`${multiple}; got 6. Use 4 or 8`]],
    ["with part of a TiB", { sizeTiB: 8.5 }, zones, [`${multiple}; got 8.5. Use 8 or 12`]],
    ["with no number", { sizeTiB: Number.NaN }, zones, [`${multiple}; got NaN. Use 4`, `${most}; got NaN`]],
    ["with more than Azure makes", { sizeTiB: 1028 }, zones, [`${most}; got 1028`]],
    ["with a zone that is not there", { zone: "3" }, zones, ['zone: must be one of 1, 2; got "3"']],
    [
      "where there are no zones",
      {},
      [],
      ['zone: is not possible: Managed Lustre needs a zone, and the catalogue knows none of this region; got "1"'],
    ],
    [
      "with a time of day that is none",
      { maintenanceTime: "9:00" },
      zones,
      ['maintenanceTime: must be HH:MM in UTC, 00:00 to 23:59; got "9:00"'],
    ],
    [
      "with several problems at once",
      { tier: "fast", zone: "x", maintenanceTime: "25:00" },
      zones,
      [
        'tier: must be one of AMLFS-Durable-Premium-40, AMLFS-Durable-Premium-125, AMLFS-Durable-Premium-250, AMLFS-Durable-Premium-500; got "fast"',
        'zone: must be one of 1, 2; got "x"',
        'maintenanceTime: must be HH:MM in UTC, 00:00 to 23:59; got "25:00"',
      ],
    ],
  ] satisfies [string, Partial<LustreFileSystemShape>, string[], string[]][])("%s", (_, more, regionZones, lines) => {
    expect(problemsOf(() => planLustreFileSystem({ ...shape, ...more }, regionZones))).toEqual(lines);
  });
});
