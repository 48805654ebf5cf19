import { absent, expectAt, oneOf } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { machineProfile, machineTypes } from "./machine-profile";

export const vmssNoPassword: ResourceRule = {
  id: 17,
  name: "vmss-no-password",
  area: "gpu",
  kind: "resource",
  types: machineTypes,
  title: "VMs, of a scale set or alone, accept no password.",
  why: "A password can be guessed from outside, and it is kept in the stack's state.",
  remedy: "Set linuxConfiguration.disablePasswordAuthentication: true and remove adminPassword.",
  severity: "high",
  levels: levels.always,
  source: "PSRule AZR-000288; CKV_AZURE_1, CKV_AZURE_49; AZU-0039",
  check: (resource) => {
    const { inputs } = resource;
    const osProfile = `${machineProfile(resource)}osProfile`;
    // Without an OS profile the VMs come from a specialised image, and Azure sets no credentials at all.
    if (read(inputs, osProfile) === undefined) return [];
    const flag = `${osProfile}.linuxConfiguration.disablePasswordAuthentication`;
    return [
      ...expectAt(inputs, flag, oneOf(true), "be true"),
      ...expectAt(inputs, `${osProfile}.adminPassword`, absent, "be absent", "sensitive"),
    ];
  },
};
