import { hpcImages } from "../../../catalog/hpc-images";
import { imageDay } from "../../../catalog/image-day";
import { isUnknown } from "../../../core/property-marks";
import { read, text } from "../../../core/property-tree";
import type { Subject } from "../../engine/rule";
import { machineProfile } from "./machine-profile";

/** Where a scale set or a VM names its image. */
export function imagePathOf(resource: Pick<Subject, "type">): string {
  return `${machineProfile(resource)}storageProfile.imageReference`;
}

/** The exact version of an HPC image, and what it says. */
export interface HpcImageVersion {
  /** Path of the version. */
  readonly path: string;
  readonly version: string;
  readonly sku: string;
  /** ISO date on which the image was built; `undefined` where the version says none. */
  readonly built: string | undefined;
}

/** The first part of the image that is not known yet, and that a verdict about its version needs. */
export function unknownImagePart(resource: Subject): string | undefined {
  const imagePath = imagePathOf(resource);
  return ["offer", "sku", "version"]
    .map((it) => `${imagePath}.${it}`)
    .find((it) => isUnknown(read(resource.inputs, it)));
}

/** Reads a version such as `24.04.2026072901`; `undefined` where the image is no HPC image or the version is not exact. */
export function hpcImageVersion(resource: Subject): HpcImageVersion | undefined {
  const imagePath = imagePathOf(resource);
  const [offer, sku, version] = ["offer", "sku", "version"].map((it) => text(resource.inputs, `${imagePath}.${it}`));
  return offer?.toLowerCase() === hpcImages.nvidia.offer && sku !== undefined && isExact(version)
    ? { path: `${imagePath}.version`, version, sku, built: imageDay(version) }
    : undefined;
}

function isExact(version: string | undefined): version is string {
  return version !== undefined && /^\d+\.\d+\.\d+$/.test(version);
}
