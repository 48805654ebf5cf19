import { expectAt, isCount } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { onInfiniBand, scaleSetSize } from "../../engine/sizes";
import { types } from "../../engine/types";
import { domainLimit, infiniBandGroupLimit } from "./infiniband-group-limit";

export const ibGroupCapacity: ResourceRule = {
  id: 4,
  name: "ib-group-capacity",
  area: "gpu",
  kind: "resource",
  types: [types.scaleSet],
  title: "An InfiniBand scale set asks for no more VMs than one placement group holds.",
  why: "Azure refuses the scale-out, or splits the fabric.",
  remedy: "Use more scale sets, or set infiniBandGroupLimit of this rule once Azure support has raised the limit.",
  severity: "high",
  levels: levels.always,
  source: "MicrosoftDocs/azure-compute-docs setup-infiniband.md",
  settings: [infiniBandGroupLimit],
  check: ({ inputs }, { settings }) =>
    onInfiniBand(inputs, scaleSetSize, (infiniband) => {
      const most = domainLimit(infiniband, settings);
      return expectAt(inputs, "sku.capacity", (it) => isCount(it, 0, most), `be a whole number from 0 to ${most}`);
    }),
};
