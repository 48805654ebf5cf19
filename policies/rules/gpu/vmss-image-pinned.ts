import { expectAt, matches } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { levels, sameType, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { machineProfile, machineTypes } from "./machine-profile";
import { imagePathOf } from "./hpc-image-version";

const idPaths = ["id", "communityGalleryImageId", "sharedGalleryImageId"];

export const vmssImagePinned: ResourceRule = {
  id: 21,
  name: "vmss-image-pinned",
  area: "gpu",
  kind: "resource",
  types: machineTypes,
  title: "A scale set or a VM names the exact version of its image.",
  why: "Otherwise a new node comes with another kernel, fabric stack and driver than its neighbours.",
  remedy: "Set imageReference.version to a version that was tested, or the id of a gallery image version.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "ours",
  check: (resource) => {
    const { type, inputs } = resource;
    const profile = machineProfile(resource);
    const imagePath = imagePathOf(resource);
    if (sameType(type, types.scaleSet) && read(inputs, "virtualMachineProfile") === undefined) return [];
    // A disk that is there already has its system on it.
    if (read(inputs, `${profile}storageProfile.osDisk.createOption`) === "Attach") return [];
    const id = idPaths.map((it) => `${imagePath}.${it}`).find((it) => read(inputs, it) !== undefined);
    return id === undefined
      ? expectAt(inputs, `${imagePath}.version`, matches(/^\d+(\.\d+)+$/), "be an exact version")
      : expectAt(inputs, id, matches(/\/versions\/\d+(\.\d+)+$/i), "end with an exact version");
  },
};
