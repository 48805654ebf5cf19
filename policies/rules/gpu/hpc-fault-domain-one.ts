import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { onInfiniBand, scaleSetSize } from "../../engine/sizes";
import { types } from "../../engine/types";

export const hpcFaultDomainOne: ResourceRule = {
  id: 9,
  name: "hpc-fault-domain-one",
  area: "gpu",
  kind: "resource",
  types: [types.scaleSet],
  title: "An InfiniBand scale set has one fault domain.",
  why: "The default of five forces a spread over racks; one lets Azure place the VMs freely inside the fabric.",
  remedy: "Set platformFaultDomainCount: 1 when the scale set is created.",
  severity: "medium",
  levels: levels.always,
  source: "MicrosoftDocs/azure-compute-docs virtual-machine-scale-sets-manage-fault-domains.md",
  check: ({ inputs }) =>
    onInfiniBand(inputs, scaleSetSize, () => expectAt(inputs, "platformFaultDomainCount", oneOf(1), "be 1")),
};
