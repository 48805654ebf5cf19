import { describe, expect, it } from "vitest";
import { planLustreFileSystem } from "../../../../components/storage/lustre-file-system/plan";
import type { LustreFileSystemShape } from "../../../../components/storage/lustre-file-system/shape";
import { place, problemsOf } from "../../../recorded";

const plan = (shape: Omit<LustreFileSystemShape, "zone">) =>
  planLustreFileSystem("lustre", { ...shape, zone: "1" }, place);
const premium = (mbps: number): string => `AMLFS-Durable-Premium-${mbps}`;

describe("a file system by what it is for", () => {
  it("is bought as the cheapest that does it, and says so", () => {
    const { fileSystem, sizeTiB, throughputMBps, subnets, wish } = plan({
      holdsTiB: 8,
      checkpoint: { writeTB: 1, seconds: 120 },
    });
    expect([fileSystem.sku, fileSystem.storageCapacityTiB, sizeTiB, throughputMBps]).toEqual([
      { name: premium(500) },
      20,
      20,
      10_000,
    ]);
    expect(subnets[0]?.addresses).toBe(59);
    expect(wish).toMatchObject({ written: false, cheaper: { sizeTiB: 16, throughputMBps: 8000 } });
  });

  it("is bought as it is written, where that is enough for the wish", () => {
    const written = plan({ tier: premium(250), sizeTiB: 48, checkpoint: { writeTB: 1, seconds: 120 } });
    expect([written.sizeTiB, written.fileSystem.sku, written.wish?.written]).toEqual([
      48,
      { name: premium(250) },
      true,
    ]);
    const tierAlone = plan({ tier: premium(250), checkpoint: { writeTB: 1, seconds: 120 } });
    expect([tierAlone.sizeTiB, tierAlone.wish?.written]).toEqual([40, false]);
    const sizeAlone = plan({ sizeTiB: 48, checkpoint: { writeTB: 1, seconds: 1000 } });
    expect(sizeAlone.fileSystem.sku).toEqual({ name: premium(40) });
  });

  it("says nothing of a wish that nobody has", () => {
    expect(plan({ tier: premium(500), sizeTiB: 8 }).wish).toBeNull();
  });
});

describe("a file system whose words contradict each other is refused with numbers", () => {
  const newOne = "Of a file system that exists that makes a new one, without its data";
  it.each<[string, Omit<LustreFileSystemShape, "zone">, string[]]>([
    [
      "nothing at all",
      {},
      [
        "tier: must be given, or what chooses tier and size: checkpoint, holdsTiB or both. Write what it is for, such as checkpoint: { writeTB: 1, seconds: 60 }",
      ],
    ],
    [
      "a tier alone",
      { tier: premium(500) },
      [
        "sizeTiB: must be given, or what chooses tier and size: checkpoint, holdsTiB or both. Write what it is for, such as checkpoint: { writeTB: 1, seconds: 60 }",
      ],
    ],
    [
      "a size too slow for the checkpoint",
      { tier: premium(250), sizeTiB: 16, checkpoint: { writeTB: 1, seconds: 60 } },
      [
        `checkpoint.seconds: must be at least 250: 1 TB in 60 s are 16,670 MB/s, and 16 TiB of ${premium(250)} write 4,000; got 60. The cheapest that does is tier: ${premium(500)} with sizeTiB: 36. ${newOne}`,
      ],
    ],
    [
      "a size too small for what is kept",
      { tier: premium(500), sizeTiB: 4, holdsTiB: 3, checkpoint: { writeTB: 1, seconds: 600, keep: 4 } },
      [
        `checkpoint.keep: must fit: 6.638 TiB in all are more than 4 TiB; got 4. The cheapest that does is tier: ${premium(250)} with sizeTiB: 8. ${newOne}`,
      ],
    ],
    [
      "more than any file system holds",
      { holdsTiB: 500 },
      [
        "holdsTiB: must fit: 500 TiB in all are more than 400 TiB; got 500. Let a checkpoint take longer, keep fewer of them, or split the data over environments",
      ],
    ],
    [
      "faster than any file system writes",
      { checkpoint: { writeTB: 100, seconds: 60, keep: 1 } },
      [
        `checkpoint.seconds: must be at least 500: 100 TB in 60 s are 1,667,000 MB/s, and 400 TiB of ${premium(500)} write 200,000; got 60. Let a checkpoint take longer, keep fewer of them, or split the data over environments`,
      ],
    ],
    [
      "a size of no tier",
      { sizeTiB: 10, holdsTiB: 3 },
      ["sizeTiB: must be a multiple of the step of a tier: 48, 16, 8, 4 TiB; got 10. Use 12, or leave it out"],
    ],
    [
      "no time and no checkpoint",
      { checkpoint: { writeTB: 0, seconds: -1, keep: 0 } },
      [
        "checkpoint.writeTB: must be more than 0; got 0. Use more than 0",
        "checkpoint.seconds: must be more than 0; got -1. Use more than 0",
        "checkpoint.keep: must be a whole number from 1; got 0. Use 1 or more",
      ],
    ],
  ])("%s", (_, shape, problems) => {
    expect(problemsOf(() => plan(shape))).toEqual(problems);
  });
});
