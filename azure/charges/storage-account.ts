import { blobMeter } from "../../catalog/prices/blob-meters";
import { read, text } from "../../core/property-tree";
import type { Props } from "../arm-row";
import type { Charge } from "../charge";

/** Blobs bill what is stored, each write and read, and what is read back from where they are cheap. */
export function accountCharges(inputs: Props): readonly Charge[] {
  const sku = text(inputs, "sku.name") ?? "";
  const hierarchical = read(inputs, "isHnsEnabled") === true;
  // Where a blob is written and read that nobody gives a tier.
  const usual = text(inputs, "accessTier") === "Cool" ? "Cool" : "Hot";
  const charges = (
    [
      ["hotBlobTiB", "Hot", "capacity"],
      ["coolBlobTiB", "Cool", "capacity"],
      ["archiveBlobTiB", "Archive", "capacity"],
      ["millionBlobWrites", usual, "writes"],
      ["millionBlobReads", usual, "reads"],
      ["coolReadTiB", "Cool", "retrieval"],
      ["archiveReadTiB", "Archive", "retrieval"],
    ] as const
  ).flatMap(([use, tier, of]) => {
    const meter = blobMeter(sku, hierarchical, tier, of);
    return meter === undefined ? [] : [{ meter, use }];
  });
  if (charges.length === 0 || text(inputs, "kind") === "FileStorage") {
    return [
      { what: `storage account ${sku}`.trim(), because: "only blobs in LRS, ZRS, GRS and RAGRS have meters here" },
    ];
  }
  return charges;
}
