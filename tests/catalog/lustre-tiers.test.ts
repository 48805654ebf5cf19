import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lustreSubnetPrefixLength, lustreThroughputMBps, lustreTiers } from "../../catalog/lustre-tiers";

describe("lustreTiers", () => {
  it("is the table of the documentation", () => {
    expect(
      lustreTiers.map((it) => [it.sku, it.mbytesPerSecondPerTiB, it.stepTiB, it.maxTiB, it.maxTiBOnRequest]),
    ).toEqual([
      ["AMLFS-Durable-Premium-40", 40, 48, 768, 12_800],
      ["AMLFS-Durable-Premium-125", 125, 16, 128, 4096],
      ["AMLFS-Durable-Premium-250", 250, 8, 128, 2048],
      ["AMLFS-Durable-Premium-500", 500, 4, 128, 1024],
    ]);
  });

  it.each(lustreTiers)("$sku starts near 2 GB/s and reaches its maxima in whole steps", (tier) => {
    expect(lustreThroughputMBps(tier, tier.stepTiB)).toBeGreaterThanOrEqual(1920);
    expect(lustreThroughputMBps(tier, tier.stepTiB)).toBeLessThanOrEqual(2000);
    expect(tier.maxTiB % tier.stepTiB).toBe(0);
    expect(tier.maxTiB).toBeLessThan(tier.maxTiBOnRequest);
  });

  it("multiplies: 190 TiB of the fastest tier takes 5.7 TB in a minute", () => {
    const fastest = lustreTiers.at(-1);
    expect(fastest && lustreThroughputMBps(fastest, 190)).toBe(95_000);
  });
});

describe("lustreSubnetPrefixLength", () => {
  it.each([
    [4, 27],
    [16, 27],
    [20, 26],
    [40, 26],
    [44, 25],
    [92, 25],
    [96, 24],
    [196, 24],
    [200, 23],
    [400, 23],
    [404, null],
    [0, null],
    [-4, null],
    [Number.NaN, null],
  ])("of %d TiB is %j", (tib, expected) => {
    expect(lustreSubnetPrefixLength(tib)).toBe(expected);
  });

  it("never gives a larger file system a smaller subnet", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }), (a, b) => {
        const [small, large] = [lustreSubnetPrefixLength(Math.min(a, b)), lustreSubnetPrefixLength(Math.max(a, b))];
        expect(large ?? 99).toBeLessThanOrEqual(small ?? 0);
      }),
    );
  });
});
