import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { scaleSetSize, sizeAt } from "../../engine/sizes";
import { types } from "../../engine/types";

export const vmssAcceleratedNetworking: ResourceRule = {
  id: 12,
  name: "vmss-accelerated-networking",
  area: "gpu",
  kind: "resource",
  types: [types.scaleSet],
  title: "Network interfaces of a scale set use accelerated networking where the size has it.",
  why: "Without it the front-end network, which carries data sets and checkpoints, has a fraction of its bandwidth.",
  remedy: "Set enableAcceleratedNetworking: true on the interface.",
  severity: "high",
  levels: levels.always,
  source: "PSRule Azure.VM.AcceleratedNetworking",
  check: ({ inputs }) => {
    if (sizeAt(inputs, scaleSetSize)?.acceleratedNetworking === false) return [];
    const path = "virtualMachineProfile.networkProfile.networkInterfaceConfigurations[].enableAcceleratedNetworking";
    return expectAt(inputs, path, oneOf(true), "be true");
  },
};
