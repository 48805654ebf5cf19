import { bytesPerGiB, netAppLimits } from "../../../catalog/netapp-levels";
import { read } from "../../../core/property-tree";
import { expectAt } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

const [least, most] = netAppLimits.volumeGiB;

export const anfSize: ResourceRule = {
  id: 144,
  name: "anf-size",
  area: "storage",
  kind: "resource",
  types: [types.netAppVolume],
  title: "A NetApp volume has a size of whole GiB that Azure makes.",
  why: "Azure refuses others late, and where none is written the provider takes 100 GiB.",
  remedy: `Set usageThreshold to whole GiB in bytes, from ${least} to ${most} GiB, or isLargeVolume: true for more.`,
  severity: "medium",
  levels: levels.always,
  source: "MicrosoftDocs/azure-docs articles/azure-netapp-files/azure-netapp-files-resource-limits.md",
  check: ({ inputs }) => {
    if (read(inputs, "isLargeVolume") === true) return [];
    const fits = (it: unknown): boolean =>
      typeof it === "number" && it % bytesPerGiB === 0 && it >= least * bytesPerGiB && it <= most * bytesPerGiB;
    return expectAt(inputs, "usageThreshold", fits, `be whole GiB in bytes, from ${least} to ${most} GiB`);
  },
};
