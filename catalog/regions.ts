/** An Azure region. */
export interface Region {
  /** Name in ARM, for example `eastus`. */
  readonly name: string;
  /** Name on web pages, for example `East US`. */
  readonly displayName: string;
  /** Availability zones, empty when the region has none or no source tells (see `zonesKnown`). */
  readonly zones: readonly string[];
  readonly zonesKnown: boolean;
  /** Whether Azure copies from there to a second region, that of its pair; `null` when no source tells. */
  readonly paired: boolean | null;
  /** Whether AKS can place the API server in a subnet there. */
  readonly apiServerVnetIntegration: boolean;
  /** Power usage effectiveness: reported for 2023, else estimated for 2025; `null` without a source. */
  readonly pue: number | null;
  /** Average of the grid in grams of CO2 for each kWh, `null` without a source. */
  readonly gridGCo2PerKwh: number | null;
  readonly source: string;
}

const zonePage = "MicrosoftDocs/azure-docs:articles/reliability/regions-list.md (2025-03-21)";
const newerZonePage = "https://learn.microsoft.com/azure/reliability/regions-list (2026)";
const gsf = "Green-Software-Foundation/real-time-cloud:Cloud_Region_Metadata.csv (2026-03-12)";
const ccf =
  "cloud-carbon-footprint/cloud-carbon-footprint:packages/azure/src/domain/AzureFootprintEstimationConstants.ts (2024-03-25)";

/**
 * The one region where AKS cannot place the API server in a subnet.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/api-server-vnet-integration.md (2026-04-15)
 */
const withoutApiServerVnetIntegration = "qatarcentral";

/**
 * Regions without a pair, and those of which no source tells: newer ones that the pages of before do not have.
 * Sources: MicrosoftDocs/azure-docs:articles/reliability/regions-list.md (2025-03-21, "n/a"), and of Austria East that of 2026 as well
 */
const withoutPair = new Set([
  "austriaeast",
  "indonesiacentral",
  "israelcentral",
  "italynorth",
  "mexicocentral",
  "newzealandnorth",
  "polandcentral",
  "qatarcentral",
  "spaincentral",
]);
const pairUnknown = new Set([
  "denmarkeast",
  "eastus3",
  "greececentral",
  "indiasouthcentral",
  "jioindiacentral",
  "jioindiawest",
  "malaysiawest",
  "taiwannorth",
]);

type Zones = "three" | "none" | "unknown";
type Row = readonly [
  displayName: string,
  zones: Zones,
  pue: number | null,
  gridGCo2PerKwh: number | null,
  more?: string,
];

/** Power and carbon come from `gsf` unless the last field names another source. */
const rows: readonly Row[] = [
  ["Australia Central", "none", null, null],
  ["Australia East", "three", 1.12, 545.01],
  ["Australia Southeast", "none", 1.12, 498.19],
  ["Austria East", "three", 1.12, 160.36, newerZonePage],
  ["Brazil South", "three", 1.12, 89.55],
  ["Canada Central", "three", null, 120, ccf],
  ["Canada East", "none", null, null],
  ["Central India", "three", null, 708.2, ccf],
  ["Central US", "three", 1.16, 501.42],
  ["Denmark East", "unknown", 1.16, 136.81],
  ["East Asia", "three", null, null],
  ["East US", "three", 1.14, 396.25],
  ["East US 2", "three", 1.14, 396.25],
  ["East US 3", "unknown", 1.12, 435.76],
  ["France Central", "three", null, 51.28, ccf],
  ["Germany North", "none", null, null],
  ["Germany West Central", "three", null, 338.66, ccf],
  ["Greece Central", "unknown", 1.12, 368.75],
  ["India South Central", "unknown", 1.43, 551.31],
  ["Indonesia Central", "three", null, null],
  ["Israel Central", "three", null, null],
  ["Italy North", "three", 1.12, 298.62],
  ["Japan East", "three", null, 465.8, ccf],
  ["Japan West", "three", null, null],
  ["Jio India Central", "unknown", null, null],
  ["Jio India West", "unknown", null, null],
  ["Korea Central", "three", null, 415.6, ccf],
  ["Korea South", "none", null, null],
  ["Malaysia West", "unknown", null, null],
  ["Mexico Central", "three", 1.12, null],
  ["New Zealand North", "three", 1.12, 96.81],
  ["North Central US", "none", 1.35, 501.42],
  ["North Europe", "three", 1.19, 403.4],
  ["Norway East", "three", null, null],
  ["Poland Central", "three", 1.12, 749.28],
  ["Qatar Central", "three", null, null],
  ["South Africa North", "three", null, 900.6, ccf],
  ["South Africa West", "none", null, null],
  ["South Central US", "three", 1.28, 388.76],
  ["South India", "none", null, null],
  ["Southeast Asia", "three", 1.34, 487.52],
  ["Spain Central", "three", 1.12, 153.86],
  ["Sweden Central", "three", 1.16, 24.71],
  ["Switzerland North", "three", null, null],
  ["Switzerland West", "none", null, null],
  ["Taiwan North", "unknown", 1.2, 537.64],
  ["UAE Central", "none", null, null],
  ["UAE North", "three", null, 404.1, ccf],
  ["UK South", "three", null, 225, ccf],
  ["UK West", "none", null, null],
  ["West Central US", "none", 1.11, null],
  ["West Europe", "three", 1.14, 283.17],
  // The GSF file places West US in Washington, so its figures are those of West US 2, and California has none.
  ["West US", "none", null, null],
  ["West US 2", "three", 1.15, 119.76, `${gsf}, row westus`],
  ["West US 3", "three", 1.18, null],
];

/**
 * Regions with a GPU price row or an energy figure, by ARM name. A zone that a region has need not offer a size: the SKU
 * API tells, for a subscription.
 */
export const regions: ReadonlyMap<string, Region> = new Map(rows.map(toRegion).map((region) => [region.name, region]));

/** ARM name of a region as people write it: `East US`, `(US) East US`, `EASTUS` and `east-us` are `eastus`. */
export function normaliseRegion(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/^\s*\([^)]*\)/, "")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}

/** The region that a text means, `undefined` when it is none of the table. */
export function findRegion(text: string): Region | undefined {
  return regions.get(normaliseRegion(text));
}

function toRegion([displayName, zones, pue, gridGCo2PerKwh, more]: Row): Region {
  const energy = pue === null && gridGCo2PerKwh === null ? [] : [more ?? gsf];
  const page = more === newerZonePage ? [newerZonePage, gsf] : [zonePage, ...energy];
  const name = normaliseRegion(displayName);
  return {
    name,
    displayName,
    zones: zones === "three" ? ["1", "2", "3"] : [],
    zonesKnown: zones !== "unknown",
    paired: pairUnknown.has(name) ? null : !withoutPair.has(name),
    apiServerVnetIntegration: name !== withoutApiServerVnetIntegration,
    pue,
    gridGCo2PerKwh,
    source: page.join("; "),
  };
}
