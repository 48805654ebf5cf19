import { expectAt, notTrue } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { machineProfile, machineTypes } from "./machine-profile";

export const vmssNoIpForwarding: ResourceRule = {
  id: 14,
  name: "vmss-no-ip-forwarding",
  area: "gpu",
  kind: "resource",
  types: machineTypes,
  title: "No VM, of a scale set or alone, forwards packets of others.",
  why: "A compromised node could route traffic around the network's rules.",
  remedy: "Remove enableIPForwarding, or set it to false.",
  severity: "medium",
  levels: levels.always,
  source: "CKV_AZURE_118; AZU-0075",
  check: (resource) => {
    const path = `${machineProfile(resource)}networkProfile.networkInterfaceConfigurations[].enableIPForwarding`;
    return expectAt(resource.inputs, path, notTrue, "not be true");
  },
};
