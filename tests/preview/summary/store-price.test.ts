import { describe, expect, it } from "vitest";
import { type Billable, billOf } from "../../../azure/bill";
import { cents, sumUsd, usdOf } from "../../../azure/money";
import { blobMeter } from "../../../catalog/prices/blob-meters";
import { meterPrice } from "../../../catalog/prices/meter-price";
import { stores } from "../../../preview/summary/storage";
import { storePrice } from "../../../preview/summary/store-price";
import { shippedPreview } from "../../shipped-previews";

const account = (name: string, more: object = {}): Billable => ({
  type: "azure-native:storage:StorageAccount",
  inputs: { accountName: "st", kind: "StorageV2", sku: { name }, accessTier: "Hot", isHnsEnabled: false, ...more },
});
const lustre = (size: unknown, sku = "AMLFS-Durable-Premium-500"): Billable => ({
  type: "azure-native:storagecache:AmlFilesystem",
  inputs: { amlFilesystemName: "l", storageCapacityTiB: size, sku: { name: sku } },
});
const netapp: Billable = {
  type: "azure-native:netapp:CapacityPool",
  inputs: { accountName: "anf", poolName: "homes", serviceLevel: "Premium", size: 4 * 2 ** 40 },
};
const noPrice = { usdPerMonth: null, usdPerTiBMonth: null, coolUsdPerTiBMonth: null, pricesOf: [] };

describe("storePrice", () => {
  it("of what is bought is its line in the bill, and a part of it for each TiB", () => {
    const [line] = billOf([lustre(128)], "westeurope").lines;
    expect(storePrice(lustre(128), 128, "westeurope")).toEqual({
      usdPerMonth: line?.fullUsdPerMonth,
      // GiB of a TiB, and hours of a month.
      usdPerTiBMonth: usdOf(cents((line?.price.usd ?? NaN) * 1024 * 730)),
      coolUsdPerTiBMonth: null,
      pricesOf: ["westeurope"],
      unpriced: [],
    });
  });

  it.each([
    ["Standard_LRS", true],
    ["Standard_ZRS", true],
    ["Standard_GRS", false],
  ])("of what is stored as %s is that of a TiB in each tier, whatever an operation costs", (sku, isHnsEnabled) => {
    const tiers = (["Hot", "Cool"] as const).map((tier) => {
      const meter = blobMeter(sku, isHnsEnabled, tier, "capacity");
      return meter === undefined ? null : meterPrice(meter, "eastus");
    });
    const [hot, cool] = tiers.map((it) => it && usdOf(cents(it.usd * 1024)));
    expect((cool ?? 0) > 0).toBe(true);
    expect(storePrice(account(sku, { isHnsEnabled }), null, "eastus")).toEqual({
      usdPerMonth: null,
      usdPerTiBMonth: hot,
      coolUsdPerTiBMonth: cool,
      pricesOf: [...new Set(tiers.flatMap((it) => it?.region ?? []))].sort(),
      unpriced: billOf([account(sku, { isHnsEnabled })], "eastus").unpriced.map(({ what, because }) => ({
        what,
        because,
      })),
    });
  });

  it.each<[string, Billable, number | null, string]>([
    ["copies that no meter is of", account("Premium_LRS"), null, "only blobs in "],
    ["a tier that nobody knows", lustre(8, "AMLFS-Durable-Premium-9"), 8, "the catalogue has no such tier"],
  ])("says of %s why it has none", (_, resource, size, because) => {
    expect(storePrice(resource, size, "eastus")).toEqual({
      ...noPrice,
      unpriced: [{ what: expect.any(String) as string, because: expect.stringContaining(because) as string }],
    });
  });

  it("is silent about no store: what neither has a line nor says why has no sourced price", () => {
    const nothing: Billable = { type: "azure-native:network:VirtualNetwork", inputs: {} };
    expect(storePrice(nothing, 4, "eastus")).toEqual({
      ...noPrice,
      unpriced: [{ what: "capacity", because: "no sourced price" }],
    });
  });

  it("of NetApp Files is that of its meter as soon as there is one, and spelled out as missing before", () => {
    const { lines } = billOf([netapp], "eastus");
    const { usdPerMonth, usdPerTiBMonth, unpriced } = storePrice(netapp, 4, "eastus");
    const sum = sumUsd(lines.map((it) => it.fullUsdPerMonth));
    expect([usdPerMonth, usdPerTiBMonth]).toEqual(lines.length === 0 ? [null, null] : [sum, usdOf(cents(sum / 4))]);
    if (lines.length === 0) expect(unpriced.map(({ because }) => because)).toEqual(["no sourced price"]);
  });
});

describe("prices of the stores of an environment", () => {
  it("add up to what the bill has for what is bought, and each store has one or says why not", async () => {
    const { summary, plan } = await shippedPreview("everything");
    const bought = summary.stores.filter(({ sizeTiB }) => sizeTiB !== null);
    const types = plan.resources.map(({ type }) => type).filter((it) => /:(AmlFilesystem|CapacityPool)$/.test(it));
    const lines = summary.cost.lines.filter(({ type }) => types.includes(type));
    expect(sumUsd(bought.map(({ price }) => price.usdPerMonth ?? 0))).toBe(
      sumUsd(lines.map(({ fullUsdPerMonth }) => fullUsdPerMonth)),
    );
    expect(bought.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["Managed Lustre", "NetApp Files"]));
    for (const { kind, price } of summary.stores) {
      expect((price.usdPerTiBMonth ?? 0) > 0 || price.unpriced.length > 0, kind).toBe(true);
    }
    // What a use is served by has the price of that very store.
    for (const { use, store } of summary.storeUses) expect(summary.stores, use).toContainEqual(store);
    expect(summary.storeUses[0]?.store?.price.usdPerTiBMonth).toBeGreaterThan(0);
  });

  it("are of the region that a store says, and else of the environment's", () => {
    const own = { ...lustre(8), inputs: { ...lustre(8).inputs, location: "swedencentral" } };
    expect(stores([own, lustre(8)], "francecentral").map(({ price }) => price.pricesOf)).toEqual([
      ["swedencentral"],
      ["francecentral"],
    ]);
  });
});
