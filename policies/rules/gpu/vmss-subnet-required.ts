import { expectWired } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { machineProfile, machineTypes } from "./machine-profile";

export const vmssSubnetRequired: ResourceRule = {
  id: 15,
  name: "vmss-subnet-required",
  area: "gpu",
  kind: "resource",
  types: machineTypes,
  title: "Every interface that a scale set or a VM describes names its subnet.",
  why: "Security group, routes and the way out hang on the subnet: without one nobody decided them.",
  remedy: "Set ipConfigurations[].subnet.id on each interface.",
  severity: "medium",
  levels: levels.always,
  source: "Trivy AZU-0068",
  check: (resource) =>
    expectWired(
      resource.inputs,
      `${machineProfile(resource)}networkProfile.networkInterfaceConfigurations[].ipConfigurations[].subnet.id`,
      "be the ARM ID of a subnet",
    ),
};
