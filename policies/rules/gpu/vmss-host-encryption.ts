import { expectAt, oneOf } from "../../engine/expect";
import { levels, sameType, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { read } from "../../../core/property-tree";
import { machineProfile, machineTypes } from "./machine-profile";

export const vmssHostEncryption: ResourceRule = {
  id: 16,
  name: "vmss-host-encryption",
  area: "gpu",
  kind: "resource",
  types: machineTypes,
  title: "VMs, of a scale set or alone, encrypt at the host.",
  why: "Otherwise temporary disks and caches, where data sets and checkpoints pass, lie on the host in clear.",
  remedy:
    "Set securityProfile.encryptionAtHost: true; the subscription needs the feature Microsoft.Compute/EncryptionAtHost.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "CKV_AZURE_97; Azure Policy fc4d8e41",
  check: (resource) =>
    // A Flexible set without a profile describes no VM.
    sameType(resource.type, types.scaleSet) && read(resource.inputs, "virtualMachineProfile") === undefined
      ? []
      : expectAt(
          resource.inputs,
          `${machineProfile(resource)}securityProfile.encryptionAtHost`,
          oneOf(true),
          "be true",
        ),
};
