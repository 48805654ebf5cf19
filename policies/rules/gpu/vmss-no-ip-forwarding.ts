import { expectAt, notTrue } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const vmssNoIpForwarding: ResourceRule = {
  id: 14,
  name: "vmss-no-ip-forwarding",
  area: "gpu",
  kind: "resource",
  types: [types.scaleSet],
  title: "No VM of a scale set forwards packets of others.",
  why: "A compromised node could route traffic around the network's rules.",
  remedy: "Remove enableIPForwarding, or set it to false.",
  severity: "medium",
  levels: levels.always,
  source: "CKV_AZURE_118; AZU-0075",
  check: ({ inputs }) => {
    const path = "virtualMachineProfile.networkProfile.networkInterfaceConfigurations[].enableIPForwarding";
    return expectAt(inputs, path, notTrue, "not be true");
  },
};
