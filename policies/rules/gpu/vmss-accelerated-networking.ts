import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { sizeAt, sizePath } from "../../engine/sizes";
import { machineProfile, machineTypes } from "./machine-profile";

export const vmssAcceleratedNetworking: ResourceRule = {
  id: 12,
  name: "vmss-accelerated-networking",
  area: "gpu",
  kind: "resource",
  types: machineTypes,
  title: "Network interfaces that a scale set or a VM describes use accelerated networking where the size has it.",
  why: "Without it the front-end network, which carries data sets and checkpoints, has a fraction of its bandwidth.",
  remedy: "Set enableAcceleratedNetworking: true on the interface.",
  severity: "high",
  levels: levels.always,
  source: "PSRule Azure.VM.AcceleratedNetworking",
  check: (resource) => {
    const { type, inputs } = resource;
    if (sizeAt(inputs, sizePath(type))?.acceleratedNetworking === false) return [];
    const path = `${machineProfile(resource)}networkProfile.networkInterfaceConfigurations[].enableAcceleratedNetworking`;
    return expectAt(inputs, path, oneOf(true), "be true");
  },
};
