import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { blobMeter } from "../../../catalog/prices/blob-meters";
import { aksOsDiskGiB, diskMeter } from "../../../catalog/prices/disk-meters";
import { listPrice } from "../../../catalog/prices/list-price";
import { meterPrice, meterPrices } from "../../../catalog/prices/meter-price";
import { meters } from "../../../catalog/prices/meters";
import { looksLikePlaceholder, nodePrice } from "../../../catalog/prices/node-price";
import { isOld } from "../../../catalog/prices/price-list";
import { serviceMeters } from "../../../catalog/prices/service-meters";
import { regionPrices, vmOffers, vmPrices } from "../../../catalog/prices/vm-prices";
import { regions } from "../../../catalog/regions";
import { findVmSize, vmSizes } from "../../../catalog/vm-sizes";
import { priceFiles } from "../../../cli/prices-files";
import { root } from "../../stack-files";

/** Meters that no record of the list names a price of: what bills by them is a named exception. */
const unpriced = [
  "blob.hns.hot.ragrs.capacity",
  "blob.hns.hot.zrs.capacity",
  "grafana.node",
  "grafana.zones",
  "netapp.premium.double",
  "netapp.standard.double",
  "netapp.ultra.double",
  "registry.standard",
];

function sizeOf(name: string) {
  const size = findVmSize(name);
  if (size === undefined) throw new Error(`no row for ${name}`);
  return size;
}

describe("the prices of meters", () => {
  const ids = meters.map(({ id }) => id);

  it("are of meters that there are, each with names of its own", () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(meterPrices.meters).filter((id) => !ids.includes(id))).toEqual([]);
    const listed = meters.map(({ list }) => JSON.stringify(list));
    // Without a hierarchical namespace GRS and RA-GRS share meters of reads and writes; what differs is the SKU.
    expect(new Set(listed).size).toBe(listed.length);
  });

  it("are there for all but the ones that nobody has recorded", () => {
    expect(ids.filter((id) => meterPrices.meters[id] === undefined)).toEqual(unpriced);
  });

  it.each(Object.entries(meterPrices.meters))(
    "of %s are above 0, in known regions, of a list with day and source",
    (_, cells) => {
      for (const [region, [usd, list]] of Object.entries(cells)) {
        expect(region === "Global" || regions.has(region)).toBe(true);
        expect(usd).toBeGreaterThan(0);
        expect(meterPrices.lists[Number(list)]?.asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
      }
    },
  );

  it("name the day in the source", () => {
    for (const { asOf, source } of [...meterPrices.lists, ...vmOffers.flatMap((it) => vmPrices[it].lists)]) {
      expect(source).toMatch(/^(https:\/\/|[\w.-]+\/[\w.-]+:)/);
      expect(source).toContain(asOf);
    }
  });

  it("are those of the region, else the ones that hold everywhere, else the lowest of another", () => {
    expect(meterPrice(serviceMeters.logIngestion, "eastus2")).toMatchObject({ usd: 2.76, region: "eastus2" });
    expect(meterPrice(serviceMeters.natGateway, "eastus2")).toMatchObject({ usd: 0.045, region: "Global" });
    expect(meterPrice(serviceMeters.logRetention, "westus3")).toMatchObject({ usd: 0.1, region: "eastus" });
    expect(meterPrice(serviceMeters.registryStandard, "eastus")).toBeNull();
  });
});

it("the files are as the command writes them: sorted, a line a row", () => {
  for (const [name, text] of priceFiles({ meters: meterPrices, sizes: vmPrices })) {
    expect(readFileSync(path.join(root, "catalog/prices", name), "utf8") === text).toBe(true);
  }
});

describe("the prices of sizes", () => {
  it.each(vmOffers)("%s are of sizes and regions that there are, and above 0", (offer) => {
    const { regions: columns, sizes, lists } = vmPrices[offer];
    expect(Object.keys(columns).filter((it) => !regions.has(it))).toEqual([]);
    expect(Object.values(columns).filter((at) => lists[at] === undefined)).toEqual([]);
    expect(Object.keys(sizes).filter((it) => !vmSizes.has(it))).toEqual([]);
    for (const row of Object.values(sizes)) {
      expect(row).toHaveLength(Object.keys(columns).length);
      expect(row.every((usd) => usd === null || usd > 0)).toBe(true);
    }
  });

  it("cost no more as Spot than on demand, and less reserved for longer", () => {
    for (const size of vmSizes.values()) {
      for (const { region, usd } of regionPrices(size.name, "spot")) {
        const own = regionPrices(size.name, "onDemand").find((it) => it.region === region);
        if (own !== undefined) expect(usd).toBeLessThanOrEqual(own.usd);
      }
    }
    const h100 = sizeOf("Standard_ND96isr_H100_v5");
    const [hour, year, years] = (["onDemand", "reserved1Year", "reserved3Years"] as const).map(
      (offer) => nodePrice(h100, offer, "eastus")?.usd ?? 0,
    );
    expect([hour, year, years].map((it) => Math.round((it ?? 0) * 100) / 100)).toEqual([98.32, 62.92, 43.16]);
  });

  it("are those of the region, and else on demand the lowest", () => {
    const h100 = sizeOf("Standard_ND96isr_H100_v5");
    expect(nodePrice(h100, "onDemand", "westeurope")).toMatchObject({ usd: 127.816, region: "westeurope" });
    expect(nodePrice(h100, "onDemand", "nowhere")).toMatchObject({ usd: 98.32, region: "eastus" });
    expect(nodePrice(h100, "spot", "eastus")).toBeNull();
    expect(nodePrice(sizeOf("Standard_ND128isr_GB300_v6"), "onDemand", "eastus")).toBeNull();
  });

  it("say where they are lowest and highest", () => {
    expect(listPrice("Standard_HB368rs_v5")).toMatchObject({
      usdPerHour: 19.8,
      region: "eastus",
      maxUsdPerHour: 25.742,
      regions: ["centralus", "eastus", "southcentralus", "swedencentral"],
      asOf: "2026-06-18",
    });
    expect(listPrice("Standard_ND96isr_V9")).toBeNull();
  });

  it("look like placeholders where they are exactly twice the lowest", () => {
    const h200 = sizeOf("Standard_ND96isr_H200_v5");
    expect([84.8, 169.6, 110.272].map((usd) => looksLikePlaceholder(h200, usd))).toEqual([false, true, false]);
  });
});

it.each([
  ["Premium_LRS", 1, "disk.p1.lrs"],
  ["Premium_LRS", 4, "disk.p1.lrs"],
  ["Premium_LRS", 5, "disk.p2.lrs"],
  ["Premium_LRS", 128, "disk.p10.lrs"],
  ["Premium_ZRS", 129, "disk.p15.zrs"],
  ["StandardSSD_LRS", 32_767, "disk.e80.lrs"],
  ["Standard_LRS", 4, "disk.s4.lrs"],
  ["Standard_ZRS", 32, undefined],
  ["UltraSSD_LRS", 64, undefined],
  ["PremiumV2_LRS", 64, undefined],
  ["Premium_LRS", 0, undefined],
  ["Premium_LRS", 32_768, undefined],
  ["constructor_LRS", 32, undefined],
])("a disk %s of %i GiB bills as %s", (sku, gib, id) => {
  expect(diskMeter(sku, gib)?.id).toBe(id);
});

it.each([
  [4, 128],
  [7, 128],
  [8, 256],
  [16, 512],
  [63, 512],
  [64, 1024],
])("AKS makes a node of %i vCPUs an OS disk of %i GiB", (vcpus, gib) => {
  expect(aksOsDiskGiB(vcpus)).toBe(gib);
});

it.each([
  ["Standard_LRS", true, "Hot LRS Data Stored", "Hot LRS Write Operations", "Hot LRS Read Operations"],
  ["Standard_RAGRS", true, "Hot RA-GRS Data Stored", "Hot RA-GRS Write Operations", "Hot RA-GRS Read Operations"],
  ["Standard_LRS", false, "Hot LRS Data Stored", "Hot LRS Write Operations", "Hot Read Operations"],
  ["Standard_ZRS", false, "Hot ZRS Data Stored", "Hot ZRS Write Operations", "Hot ZRS Read Operations"],
  ["Standard_RAGRS", false, "Hot RA-GRS Data Stored", "Hot GRS Write Operations", "Hot Read Operations"],
])("blobs %s, hierarchical %s, bill as the list calls it", (sku, hierarchical, ...names) => {
  const found = (["capacity", "writes", "reads"] as const).map((of) => blobMeter(sku, hierarchical, "Hot", of));
  expect(found.map((it) => it?.list.meterName)).toEqual(names);
});

it.each([
  ["Standard_LRS", true, "Cool LRS Data Retrieval", "Archive LRS Data Stored", "Archive LRS Data Retrieval"],
  ["Standard_ZRS", true, "Cool ZRS Data Retrieval", undefined, undefined],
  ["Standard_GRS", false, "Cool Data Retrieval", "Archive GRS Data Stored", "Archive Data Retrieval"],
  ["Standard_RAGRS", false, "Cool Data Retrieval", "Archive RA-GRS Data Stored", "Archive Data Retrieval"],
  ["Standard_ZRS", false, "Cool ZRS Data Retrieval", undefined, undefined],
])("cheap blobs %s, hierarchical %s, bill what is read back", (sku, hierarchical, ...names) => {
  const found = [
    blobMeter(sku, hierarchical, "Cool", "retrieval"),
    blobMeter(sku, hierarchical, "Archive", "capacity"),
    blobMeter(sku, hierarchical, "Archive", "retrieval"),
  ];
  expect(found.map((it) => it?.list.meterName)).toEqual(names);
});

it.each(["Premium_LRS", "Standard_GZRS", "", "Standard_"])("blobs of %s have no meters here", (sku) => {
  expect(blobMeter(sku, true, "Cool", "capacity")).toBeUndefined();
});

it.each([
  ["2025-11-21", false],
  ["2025-11-20", true],
])("a price of %s is old on 2026-11-21: %s", (asOf, old) => {
  expect(isOld(asOf, "2026-11-21")).toBe(old);
});
