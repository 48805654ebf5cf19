import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LustreTier, lustreTiers } from "../../../../catalog/lustre-tiers";
import { lustreUsdPerMonth } from "../../../../catalog/prices/lustre-price";
import {
  chooseLustre,
  fastestLustre,
  lustreNeed,
  offerOf,
  secondsToWrite,
} from "../../../../components/storage/lustre-file-system/choose-size";

const short = ({ tier, sizeTiB }: { tier: { sku: string }; sizeTiB: number }): string =>
  `${sizeTiB} of ${tier.sku.replace("AMLFS-Durable-Premium-", "")}`;

const listed = (tier: LustreTier, sizeTiB: number): number => lustreUsdPerMonth(tier, sizeTiB, "westeurope");

describe("lustreNeed", () => {
  it("adds checkpoints that are kept to the rest, and asks for what writes one in time", () => {
    const { capacityTiB, throughputMBps } = lustreNeed({
      holdsTiB: 10,
      checkpoint: { writeTB: 1.1, seconds: 60, keep: 3 },
    });
    // 3.3 TB are 3.0013 TiB; 1,100,000 MB in a minute.
    expect(capacityTiB).toBeCloseTo(13.0013, 4);
    expect(throughputMBps).toBeCloseTo(18_333.33, 2);
    expect(lustreNeed({ holdsTiB: 5, checkpoint: undefined })).toEqual({ capacityTiB: 5, throughputMBps: 0 });
  });
});

describe("chooseLustre", () => {
  it.each([
    // Little to write and much to hold: the slow tiers are cheap by the TiB.
    [{ capacityTiB: 300, throughputMBps: 5000 }, "336 of 40"],
    // Much to write and little to hold: a fast tier needs fewer of them.
    [{ capacityTiB: 4, throughputMBps: 10_000 }, "20 of 500"],
    [{ capacityTiB: 60, throughputMBps: 1000 }, "96 of 40"],
    [{ capacityTiB: 1, throughputMBps: 0 }, "4 of 500"],
  ])("%j is %s", (need, chosen) => {
    const choice = chooseLustre(need, {}, listed);
    expect(choice && short(choice.chosen)).toBe(chosen);
  });

  it("says what is cheaper and how much slower", () => {
    const choice = chooseLustre({ capacityTiB: 4, throughputMBps: 10_000 }, {}, listed);
    expect(choice?.cheaper && short(choice.cheaper)).toBe("16 of 500");
    expect(choice?.cheaper && secondsToWrite(1, choice.cheaper)).toBe(125);
    expect(chooseLustre({ capacityTiB: 4, throughputMBps: 0 }, {}, listed)?.cheaper).toBeNull();
  });

  it("follows prices where somebody knows them", () => {
    // As if a TiB cost the same in every tier, and a thousand times as much in the fastest.
    const price = ({ sku }: { sku: string }, tib: number): number => tib * (sku.endsWith("-500") ? 1000 : 1);
    const choice = chooseLustre({ capacityTiB: 4, throughputMBps: 10_000 }, {}, price);
    expect(choice && short(choice.chosen)).toBe("40 of 250");
  });

  it("is silent where Azure makes none, or not of what is written", () => {
    expect(chooseLustre({ capacityTiB: 401, throughputMBps: 0 }, {}, listed)).toBeNull();
    expect(chooseLustre({ capacityTiB: 1, throughputMBps: 200_001 }, {}, listed)).toBeNull();
    const [slowest] = lustreTiers;
    expect(chooseLustre({ capacityTiB: 1, throughputMBps: 5000 }, { tier: slowest, sizeTiB: 48 }, listed)).toBeNull();
    expect(fastestLustre(401)).toBeUndefined();
  });

  it("never takes less than is needed, nor more than something else that would do", () => {
    const needs = fc.record({
      capacityTiB: fc.double({ min: 0.1, max: 400, noNaN: true }),
      throughputMBps: fc.double({ min: 0, max: 200_000, noNaN: true }),
    });
    const all = lustreTiers.flatMap((tier) =>
      Array.from({ length: Math.floor(400 / tier.stepTiB) }, (_, at) => offerOf(tier, (at + 1) * tier.stepTiB)),
    );
    const cost = ({ tier, sizeTiB }: (typeof all)[number]): number => listed(tier, sizeTiB);
    fc.assert(
      fc.property(needs, (need) => {
        const enough = all.filter((it) => it.sizeTiB >= need.capacityTiB && it.throughputMBps >= need.throughputMBps);
        const choice = chooseLustre(need, {}, listed);
        expect(choice === null).toBe(enough.length === 0);
        if (choice === null) return;
        const { chosen, cheaper } = choice;
        expect(chosen.sizeTiB % chosen.tier.stepTiB).toBe(0);
        expect(chosen.sizeTiB).toBeGreaterThanOrEqual(need.capacityTiB);
        expect(chosen.throughputMBps).toBeGreaterThanOrEqual(need.throughputMBps);
        expect(cost(chosen)).toBe(Math.min(...enough.map(cost)));
        if (cheaper === null) return;
        expect(cost(cheaper)).toBeLessThan(cost(chosen));
        expect(cheaper.throughputMBps).toBeLessThan(need.throughputMBps);
        expect(cheaper.sizeTiB).toBeGreaterThanOrEqual(need.capacityTiB);
        const asFast = all.filter(
          (it) => it.sizeTiB >= need.capacityTiB && it.throughputMBps === cheaper.throughputMBps,
        );
        expect(cost(cheaper)).toBe(Math.min(...asFast.map(cost)));
      }),
    );
  });
});
