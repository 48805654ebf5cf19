import { hpcImages } from "../../../catalog/hpc-images";
import { unjudged, violation } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { machineTypes } from "./machine-profile";
import { hpcImageVersion, unknownImagePart } from "./hpc-image-version";

export const vmssImageLine: ResourceRule = {
  id: 231,
  name: "vmss-image-line",
  area: "gpu",
  kind: "resource",
  types: machineTypes,
  title: "The version of an HPC image is one of its SKU.",
  why: "Each SKU has versions of its own: Azure finds no such image, and that only when it makes the nodes.",
  remedy: "Take a version that az vm image list --all --publisher microsoft-dsvm --offer ubuntu-hpc shows for the SKU.",
  severity: "high",
  levels: levels.always,
  source: "Azure/azhpc-images#398, #603",
  check: (resource) => {
    const unknown = unknownImagePart(resource);
    if (unknown !== undefined) return [unjudged(unknown)];
    const found = hpcImageVersion(resource);
    if (found === undefined) return [];
    const { path, version, sku } = found;
    const wanted = /^(\d{2})(\d{2})/.exec(sku)?.slice(1).join(".");
    if (wanted !== undefined && !version.startsWith(`${wanted}.`)) {
      return [violation(path, version, `begin with ${wanted}, the release of SKU ${sku}`)];
    }
    const owner = Object.values(hpcImages).find((it) => it.versionKnown === version);
    return owner === undefined || owner.sku === sku
      ? []
      : [violation(path, version, `be a version of SKU ${sku}; this one is of ${owner.sku}`)];
  },
};
