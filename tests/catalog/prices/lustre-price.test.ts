import { describe, expect, it } from "vitest";
import { lustreTiers } from "../../../catalog/lustre-tiers";
import { lustreUsdPerMonth } from "../../../catalog/prices/lustre-price";
import { regions } from "../../../catalog/regions";

describe("lustreUsdPerMonth", () => {
  it("bills each GiB and hour of a month of 730 hours", () => {
    // 0.000583 USD a GiB and hour.
    const price = lustreUsdPerMonth({ sku: "AMLFS-Durable-Premium-500" }, 8, "francecentral");
    expect(price).toBeCloseTo(8 * 1024 * 730 * 0.000583, 6);
  });

  it("takes the lowest of the others where a region has none", () => {
    const slowest = { sku: "AMLFS-Durable-Premium-40" };
    expect(lustreUsdPerMonth(slowest, 48, "eastus2")).toBe(lustreUsdPerMonth(slowest, 48, "northeurope"));
  });

  it("has a price of each tier in each region, dearer by the TiB where it is faster", () => {
    for (const region of regions.keys()) {
      const prices = lustreTiers.map((it) => lustreUsdPerMonth(it, 1, region));
      expect(prices).toEqual([...prices].sort((a, b) => a - b));
      expect(new Set(prices).size).toBe(lustreTiers.length);
    }
  });

  it("is an error of a tier that no list has", () => {
    expect(() => lustreUsdPerMonth({ sku: "AMLFS-Durable-Premium-1" }, 1, "eastus")).toThrow("no list has a price");
  });
});
