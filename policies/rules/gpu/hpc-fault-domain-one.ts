import { expectAt, oneOf } from "../../expect";
import { levels, type ResourceRule } from "../../rule";
import { onInfiniBand, scaleSetSize } from "../../sizes";
import { types } from "../../types";

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
