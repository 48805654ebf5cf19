import { metersOfBlobs } from "../../catalog/prices/blob-meters";
import { read, text } from "../../core/property-tree";
import type { Props } from "../arm-row";
import type { Charge } from "../charge";

/** Blobs bill what is stored, and each write and read. */
export function accountCharges(inputs: Props): readonly Charge[] {
  const sku = text(inputs, "sku.name") ?? "";
  const hierarchical = read(inputs, "isHnsEnabled") === true;
  const [hot, cool] = [metersOfBlobs(sku, "Hot", hierarchical), metersOfBlobs(sku, "Cool", hierarchical)];
  if (hot === undefined || cool === undefined || text(inputs, "kind") === "FileStorage") {
    return [
      { what: `storage account ${sku}`.trim(), because: "only blobs in LRS, ZRS, GRS and RAGRS have meters here" },
    ];
  }
  const used = text(inputs, "accessTier") === "Cool" ? cool : hot;
  return [
    { meter: hot.capacity, use: "hotBlobTiB" },
    { meter: cool.capacity, use: "coolBlobTiB" },
    { meter: used.writes, use: "millionBlobWrites" },
    { meter: used.reads, use: "millionBlobReads" },
  ];
}
