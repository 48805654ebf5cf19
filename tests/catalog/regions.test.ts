import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findRegion, normaliseRegion, regions } from "../../catalog/regions";

const rows = [...regions.values()];

describe("regions", () => {
  it.each(rows.map((region) => [region.name, region] as const))("%s is well formed", (name, region) => {
    expect(name).toMatch(/^[a-z]+\d?$/);
    expect(normaliseRegion(region.displayName)).toBe(name);
    expect(region.source).not.toBe("");
    expect(region.zones.length === 0 || region.zonesKnown).toBe(true);
    if (region.zones.length > 0) expect(region.zones).toEqual(["1", "2", "3"]);
    if (region.pue !== null) expect(region.pue >= 1 && region.pue < 2).toBe(true);
    if (region.gridGCo2PerKwh !== null) expect(region.gridGCo2PerKwh > 0 && region.gridGCo2PerKwh < 1200).toBe(true);
  });

  it("have API server VNet integration but for the one that the documentation excepts", () => {
    const without = rows.filter(({ apiServerVnetIntegration }) => !apiServerVnetIntegration).map(({ name }) => name);
    expect(without).toEqual(["qatarcentral"]);
  });

  it.each([
    ["eastus", { pue: 1.14, gridGCo2PerKwh: 396.25, zones: 3 }],
    ["swedencentral", { pue: 1.16, gridGCo2PerKwh: 24.71, zones: 3 }],
    ["francecentral", { pue: null, gridGCo2PerKwh: 51.28, zones: 3 }],
    ["westcentralus", { pue: 1.11, gridGCo2PerKwh: null, zones: 0 }],
    // The one row whose source is placed in the wrong state.
    ["westus", { pue: null, gridGCo2PerKwh: null, zones: 0 }],
    ["westus2", { pue: 1.15, gridGCo2PerKwh: 119.76, zones: 3 }],
  ])("%s has the figures of its source", (name, expected) => {
    const region = regions.get(name);
    expect({ pue: region?.pue, gridGCo2PerKwh: region?.gridGCo2PerKwh, zones: region?.zones.length }).toEqual(expected);
  });

  it("have a pair but for those that the documentation excepts and those that it does not have", () => {
    const named = (paired: boolean | null): readonly string[] =>
      rows.filter((it) => it.paired === paired).map(({ name }) => name);
    expect(named(false)).toEqual([
      ...["austriaeast", "indonesiacentral", "israelcentral", "italynorth", "mexicocentral", "newzealandnorth"],
      ...["polandcentral", "qatarcentral", "spaincentral"],
    ]);
    expect(named(null)).toEqual([
      ...["denmarkeast", "eastus3", "greececentral", "indiasouthcentral", "jioindiacentral", "jioindiawest"],
      ...["malaysiawest", "taiwannorth"],
    ]);
  });

  it("with zones and a pair are those with GZRS, and one that has zones since the list was written", () => {
    // MicrosoftDocs/azure-docs:includes/storage-redundancy-standard-gzrs.md (2024-02-12)
    const listed = [
      ...[
        "southafricanorth",
        "australiaeast",
        "eastasia",
        "japaneast",
        "koreacentral",
        "southeastasia",
        "centralindia",
      ],
      ...["francecentral", "germanywestcentral", "northeurope", "norwayeast", "swedencentral", "switzerlandnorth"],
      ...["uksouth", "westeurope", "uaenorth", "canadacentral", "centralus", "eastus", "eastus2", "southcentralus"],
      ...["westus2", "westus3", "brazilsouth"],
    ];
    const both = rows.filter(({ zones, paired }) => zones.length > 0 && paired === true).map(({ name }) => name);
    expect(both.toSorted()).toEqual([...listed, "japanwest"].toSorted());
  });

  it("names the older source where it uses it", () => {
    expect(regions.get("japaneast")?.source).toContain("cloud-carbon-footprint");
    expect(regions.get("eastus")?.source).not.toContain("cloud-carbon-footprint");
    expect(regions.get("eastasia")?.source).toBe(
      "MicrosoftDocs/azure-docs:articles/reliability/regions-list.md (2025-03-21)",
    );
  });
});

describe("findRegion", () => {
  it.each(["East US", "eastus", "EASTUS", " east-us ", "(US) East US", "East\u200b US"])("reads %j", (text) => {
    expect(findRegion(text)?.name).toBe("eastus");
  });

  it.each(["eastus9", "", "us-east-1", "everywhere"])("knows no %j", (text) => {
    expect(findRegion(text)).toBeUndefined();
  });

  it("keeps neighbours apart", () => {
    expect(findRegion("East US 2")?.name).toBe("eastus2");
    expect(findRegion("West US 3")?.name).toBe("westus3");
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(normaliseRegion(normaliseRegion(text))).toBe(normaliseRegion(text));
      }),
    );
  });
});
