import { isUnknown } from "../../../core/property-marks";
import { read, text } from "../../../core/property-tree";

const image = "virtualMachineProfile.storageProfile.imageReference";

/** What the version of an HPC image says: Ubuntu's release, and the day on which the image was built. */
export interface HpcImageVersion {
  /** Path of the version. */
  readonly path: string;
  readonly version: string;
  readonly sku: string;
  /** Release, such as `24.04`. */
  readonly release: string;
  /** ISO date. */
  readonly built: string;
}

/** The first part of the image that is not known yet, and that a verdict about its version needs. */
export function unknownImagePart(inputs: unknown): string | undefined {
  return ["offer", "sku", "version"].map((it) => `${image}.${it}`).find((it) => isUnknown(read(inputs, it)));
}

/** Reads a version such as `24.04.2026072901`; `undefined` where the image is no HPC image or the version another form. */
export function hpcImageVersion(inputs: unknown): HpcImageVersion | undefined {
  const [offer, sku, version] = ["offer", "sku", "version"].map((it) => text(inputs, `${image}.${it}`));
  const match = /^(\d{2})\.0?(\d{1,2})\.(\d{4})(\d{2})(\d{2})\d*$/.exec(version ?? "");
  if (offer?.toLowerCase() !== "ubuntu-hpc" || sku === undefined || version === undefined || match === null)
    return undefined;
  const [, year = "", month = "", ...date] = match;
  return {
    path: `${image}.version`,
    version,
    sku,
    release: `${year}.${month.padStart(2, "0")}`,
    built: date.join("-"),
  };
}
