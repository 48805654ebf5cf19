import { absentOr, expectAt, oneOf, violation } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { onSize, sizePath } from "../../engine/sizes";
import { machineProfile, machineTypes } from "./machine-profile";

export const vmssEphemeralShape: ResourceRule = {
  id: 24,
  name: "vmss-ephemeral-shape",
  area: "gpu",
  kind: "resource",
  types: machineTypes,
  title: "An ephemeral OS disk is one that its VM size can have.",
  why: "Azure refuses a wrong one only after minutes of allocation.",
  remedy: "Set option Local, caching ReadOnly and a placement that the size has, or remove diffDiskSettings.",
  severity: "medium",
  levels: levels.always,
  source: "PSRule AZR-000287 (the same on AKS)",
  check: (resource) => {
    const { type, inputs } = resource;
    const disk = `${machineProfile(resource)}storageProfile.osDisk`;
    if (read(inputs, `${disk}.diffDiskSettings`) === undefined) return [];
    const supported = onSize(inputs, sizePath(type), (size) =>
      size.ephemeralOsDisk
        ? []
        : [
            violation(
              sizePath(type),
              size.name,
              "be a size with room for an ephemeral OS disk (diffDiskSettings is set)",
            ),
          ],
    );
    const placements = oneOf("CacheDisk", "ResourceDisk", "NvmeDisk");
    return [
      ...supported,
      ...expectAt(inputs, `${disk}.diffDiskSettings.option`, oneOf("Local"), 'be "Local"'),
      // Absent is fine: Azure then takes the first that fits.
      ...expectAt(
        inputs,
        `${disk}.diffDiskSettings.placement`,
        absentOr(placements),
        "be CacheDisk, ResourceDisk or NvmeDisk",
      ),
      ...expectAt(inputs, `${disk}.caching`, oneOf("ReadOnly"), 'be "ReadOnly"'),
    ];
  },
};
