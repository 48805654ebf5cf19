import { absent, expectAt } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { machineProfile, machineTypes } from "./machine-profile";

export const vmssNoPublicIp: ResourceRule = {
  id: 13,
  name: "vmss-no-public-ip",
  area: "gpu",
  kind: "resource",
  types: machineTypes,
  title: "No VM, of a scale set or alone, has a public address.",
  why: "Every node would be on the internet, found and tried within minutes.",
  remedy: "Remove publicIPAddressConfiguration; outbound traffic goes through the NAT gateway.",
  severity: "critical",
  levels: levels.always,
  source: "PSRule Azure.VMSS.PublicIPAttached; CKV_AZURE_119; AZU-0076",
  check: (resource) => {
    const path = `${machineProfile(resource)}networkProfile.networkInterfaceConfigurations[].ipConfigurations[].publicIPAddressConfiguration`;
    return expectAt(resource.inputs, path, absent, "be absent");
  },
};
