import type { Meter } from "./meter";

/** How often Azure keeps a blob, by the last part of the account's SKU, and as the list calls it. */
const redundancies = { LRS: "LRS", ZRS: "ZRS", GRS: "GRS", RAGRS: "RA-GRS" } as const;
type Redundancy = keyof typeof redundancies;

/** What is counted of blobs. */
const counted = {
  capacity: { suffix: "Data Stored", what: "", unit: "GB and month" },
  writes: { suffix: "Write Operations", what: "writes of ", unit: "10,000" },
  reads: { suffix: "Read Operations", what: "reads of ", unit: "10,000" },
  retrieval: { suffix: "Data Retrieval", what: "data read back from ", unit: "GB" },
} as const;
type Counted = keyof typeof counted;

/**
 * Tiers, with the redundancies that they have and what of them is counted here.
 * Archive and retrieval: andy-diericks/azure-pricing-radar:data/latest (Azure Retail Prices, 2026-08-22)
 */
const tiers = {
  Hot: { in: ["LRS", "ZRS", "GRS", "RAGRS"], of: ["capacity", "writes", "reads"] },
  Cool: { in: ["LRS", "ZRS", "GRS", "RAGRS"], of: ["capacity", "writes", "reads", "retrieval"] },
  Archive: { in: ["LRS", "GRS", "RAGRS"], of: ["capacity", "retrieval"] },
} as const satisfies Readonly<Record<string, { readonly in: readonly Redundancy[]; readonly of: readonly Counted[] }>>;
type BlobTier = keyof typeof tiers;

const table: ReadonlyMap<string, Meter> = new Map(
  [true, false].flatMap((hierarchical) =>
    (Object.keys(tiers) as BlobTier[]).flatMap((tier) =>
      tiers[tier].in.flatMap((redundancy) =>
        tiers[tier].of.map((of): [string, Meter] => [
          keyOf(hierarchical, tier, redundancy, of),
          meter(hierarchical, tier, redundancy, of),
        ]),
      ),
    ),
  ),
);

/** All meters of blobs on ordinary disks. */
export const blobMeters: readonly Meter[] = [...table.values()];

/**
 * A meter of an account's blobs in a tier; `undefined` for accounts of another kind (premium, GZRS), and where the tier has none.
 * @param sku As ARM calls it, for example `Standard_ZRS`.
 * @param hierarchical Whether the account has a hierarchical namespace, which has meters of its own.
 */
export function blobMeter(sku: string, hierarchical: boolean, tier: BlobTier, of: Counted): Meter | undefined {
  const [performance, redundancy = ""] = sku.split("_");
  return performance === "Standard" ? table.get(keyOf(hierarchical, tier, redundancy, of)) : undefined;
}

function keyOf(hierarchical: boolean, tier: BlobTier, redundancy: string, of: Counted): string {
  return `${hierarchical} ${tier} ${redundancy} ${of}`;
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
  if (of === "reads" || of === "retrieval") return "";
  return redundancy === "LRS" ? "LRS" : "GRS";
}
