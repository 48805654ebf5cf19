import { unjudged, violation } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { machineTypes } from "./machine-profile";
import { hpcImageVersion, unknownImagePart } from "./hpc-image-version";

/** Days after which an image is old. A new one comes each quarter, so two were left out. */
const oldAfterDays = 180;

export const vmssImageAge: ResourceRule = {
  id: 232,
  name: "vmss-image-age",
  area: "gpu",
  kind: "resource",
  types: machineTypes,
  title: "A pinned HPC image is younger than half a year.",
  why: "Nothing patches the nodes by itself, so they have every hole that was found since the image was built.",
  remedy: "Try the newest version on a set of its own, then raise imageReference.version and reimage the nodes.",
  severity: "medium",
  levels: levels.advised,
  source: "Azure/azhpc-images (a release each quarter; the day is in the version)",
  check: (resource, { today }) => {
    const unknown = unknownImagePart(resource);
    if (unknown !== undefined) return [unjudged(unknown)];
    const found = hpcImageVersion(resource);
    if (found?.built === undefined) return [];
    const days = (Date.parse(today) - Date.parse(found.built)) / 86_400_000;
    return days > oldAfterDays
      ? [violation(found.path, found.version, `be of the last ${oldAfterDays} days on ${today}`)]
      : [];
  },
};
