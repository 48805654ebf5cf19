import { lustreTiers } from "../../../catalog/lustre-tiers";
import { expectAt, oneOf } from "../../engine/expect";
import { text } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const amlfsCapacityStep: ResourceRule = {
  id: 135,
  name: "amlfs-capacity-step",
  area: "storage",
  kind: "resource",
  types: [types.lustre],
  title: "A Lustre file system has a known tier and a capacity that the tier offers.",
  why: "Azure refuses others after a long wait.",
  remedy: "Set sku.name to a tier and storageCapacityTiB to a multiple of its step.",
  severity: "high",
  levels: levels.always,
  source: "MicrosoftDocs/azure-stack-docs azure-managed-lustre/create-file-system-portal.md",
  check: ({ inputs }) => {
    const tier = lustreTiers.find(({ sku }) => sku === text(inputs, "sku.name"));
    if (tier === undefined) {
      const names = lustreTiers.map(({ sku }) => sku);
      return expectAt(inputs, "sku.name", oneOf(...names), `be one of ${names.join(", ")}`);
    }
    const { stepTiB, maxTiBOnRequest } = tier;
    const fits = (it: unknown): boolean =>
      typeof it === "number" && it >= stepTiB && it <= maxTiBOnRequest && it % stepTiB === 0;
    const must = `be a multiple of ${stepTiB} from ${stepTiB} to ${maxTiBOnRequest} in tier ${tier.sku}`;
    return expectAt(inputs, "storageCapacityTiB", fits, must);
  },
};
