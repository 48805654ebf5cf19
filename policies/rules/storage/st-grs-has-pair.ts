import { expectAt, matches } from "../../engine/expect";
import { text } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { findRegion } from "../../../catalog/regions";

/** Kinds of accounts that keep a copy in the paired region. */
const isCopiedFar = matches(/_(RA)?GZ?RS/);

export const stGrsHasPair: ResourceRule = {
  id: 261,
  name: "st-grs-has-pair",
  area: "storage",
  kind: "resource",
  types: [types.storageAccount],
  title: "A storage account that copies to a second region lies in one that has a pair.",
  why: "Azure refuses it, or the copy that somebody counts on is never made.",
  remedy: "Use Standard_ZRS, or a region with a pair.",
  severity: "medium",
  levels: levels.always,
  source:
    "https://learn.microsoft.com/azure/storage/common/storage-redundancy; https://learn.microsoft.com/azure/reliability/regions-paired",
  check: ({ inputs }) => {
    const region = findRegion(text(inputs, "location") ?? "");
    return region?.paired === false
      ? expectAt(
          inputs,
          "sku.name",
          (it) => !isCopiedFar(it),
          `not copy to a second region: ${region.name} has no pair`,
        )
      : [];
  },
};
