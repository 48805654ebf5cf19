import type { Meter } from "./meter";

/** How often Azure keeps a blob, by the last part of the account's SKU, and as the list calls it. */
const redundancies = { LRS: "LRS", ZRS: "ZRS", GRS: "GRS", RAGRS: "RA-GRS" } as const;
type Redundancy = keyof typeof redundancies;

const tiers = ["Hot", "Cool"] as const;
type BlobTier = (typeof tiers)[number];

/** What is counted of blobs. */
const counted = {
  capacity: { suffix: "Data Stored", what: "", unit: "GB and month" },
  writes: { suffix: "Write Operations", what: "writes of ", unit: "10,000" },
  reads: { suffix: "Read Operations", what: "reads of ", unit: "10,000" },
} as const;
type Counted = keyof typeof counted;

/** Meters of blobs in one tier: what is stored, what is written and read. */
export type BlobMeters = Readonly<Record<Counted, Meter>>;

const table: ReadonlyMap<string, BlobMeters> = new Map(
  [true, false].flatMap((hierarchical) =>
    tiers.flatMap((tier) =>
      (Object.keys(redundancies) as Redundancy[]).map((redundancy): [string, BlobMeters] => [
        keyOf(hierarchical, tier, redundancy),
        {
          capacity: meter(hierarchical, tier, redundancy, "capacity"),
          writes: meter(hierarchical, tier, redundancy, "writes"),
          reads: meter(hierarchical, tier, redundancy, "reads"),
        },
      ]),
    ),
  ),
);

/** All meters of blobs on ordinary disks. */
export const blobMeters: readonly Meter[] = [...table.values()].flatMap((it) => Object.values(it));

/**
 * Meters of an account's blobs in a tier; `undefined` for accounts of another kind (premium, GZRS).
 * @param sku As ARM calls it, for example `Standard_ZRS`.
 * @param hierarchical Whether the account has a hierarchical namespace, which has meters of its own.
 */
export function metersOfBlobs(sku: string, tier: BlobTier, hierarchical: boolean): BlobMeters | undefined {
  const [performance, redundancy = ""] = sku.split("_");
  return performance === "Standard" ? table.get(keyOf(hierarchical, tier, redundancy)) : undefined;
}

function keyOf(hierarchical: boolean, tier: BlobTier, redundancy: string): string {
  return `${hierarchical} ${tier} ${redundancy}`;
}

function meter(hierarchical: boolean, tier: BlobTier, redundancy: Redundancy, of: Counted): Meter {
  const { suffix, what, unit } = counted[of];
  const copies = redundancies[redundancy];
  return {
    id: `blob.${hierarchical ? "hns" : "flat"}.${tier.toLowerCase()}.${redundancy.toLowerCase()}.${of}`,
    what: `${what}${tier.toLowerCase()} blobs ${redundancy}`,
    kind: "storage",
    unit,
    list: {
      serviceName: "Storage",
      productName: `General Block Blob v2${hierarchical ? " Hierarchical Namespace" : ""}`,
      skuName: `${tier} ${copies}`,
      meterName: [tier, hierarchical ? copies : flatName(redundancy, of), suffix].filter((it) => it !== "").join(" "),
    },
  };
}

/** Without a hierarchical namespace some meters are shared by redundancies, and named for the one that they are of. */
function flatName(redundancy: Redundancy, of: Counted): string {
  if (of === "capacity") return redundancies[redundancy];
  if (redundancy === "ZRS") return "ZRS";
  if (of === "reads") return "";
  return redundancy === "LRS" ? "LRS" : "GRS";
}
