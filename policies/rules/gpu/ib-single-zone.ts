import { absentOr, expectAt, notTrue } from "../../engine/expect";
import { isList } from "../../../core/property-value";
import { levels, type ResourceRule } from "../../engine/rule";
import { onInfiniBand, scaleSetSize } from "../../engine/sizes";
import { types } from "../../engine/types";

export const ibSingleZone: ResourceRule = {
  id: 10,
  name: "ib-single-zone",
  area: "gpu",
  kind: "resource",
  types: [types.scaleSet],
  title: "An InfiniBand scale set lies in no zone or in exactly one.",
  why: "One fabric lies in one zone, so VMs in another cannot reach it.",
  remedy: "Set zones to one zone or leave it out, and leave out zoneBalance.",
  severity: "high",
  levels: levels.always,
  source: "ours; the opposite of PSRule Azure.VMSS.AvailabilityZone, which fits stateless services",
  check: ({ inputs }) =>
    onInfiniBand(inputs, scaleSetSize, () => [
      ...expectAt(
        inputs,
        "zones",
        absentOr((it) => isList(it) && it.length <= 1),
        "be absent or hold one zone",
      ),
      ...expectAt(inputs, "zoneBalance", notTrue, "not be true"),
    ]),
};
