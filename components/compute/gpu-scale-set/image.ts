import type { compute } from "@pulumi/azure-native/types/input";
import { checkId } from "../../../azure/check-id";
import type { VmSize } from "../../../catalog/vm-size";
import type { Problems } from "../../../core/problems";
import { checkVersionNumber } from "../image-gallery/version-number";
import type { ReadShape } from "./shape";

/** What a scale set boots: an image with an ID, or one of the environment's own, whose ID is known once its gallery is. */
export type BootImage =
  | { readonly reference: compute.ImageReferenceArgs }
  | { readonly own: { readonly name: string; readonly version: string } };

const ways = ["imageVersion", "ownImage", "imageVersionResourceId"] as const;

/** Exactly one image, and an exact version of it. `undefined` where a problem was noted. */
export function planImage(shape: ReadShape, size: VmSize | undefined, problems: Problems): BootImage | undefined {
  const { imageVersion, ownImage, imageVersionResourceId } = shape;
  const given = ways.filter((it) => shape[it] !== undefined);
  problems.require(
    given.length === 1,
    "imageVersion",
    `must be there, or one of ${ways.slice(1).join(" and ")}, and one alone`,
    {
      got: given.length === 0 ? undefined : given.join(" and "),
      remedy:
        given.length === 0
          ? "az vm image list --all --publisher microsoft-dsvm --offer ubuntu-hpc prints versions of the HPC image"
          : "Leave the others out",
    },
  );
  if (ownImage !== undefined) checkVersionNumber(ownImage.version, "ownImage.version", problems);
  if (imageVersionResourceId !== undefined) checkVersionId(imageVersionResourceId, problems);
  if (given.length !== 1) return undefined;
  if (ownImage !== undefined) return { own: ownImage };
  if (imageVersionResourceId !== undefined) return { reference: { id: imageVersionResourceId } };
  // A size without a marketplace image is refused for that.
  if (size === undefined || "because" in size.hpcImage || imageVersion === undefined) return undefined;
  const { publisher, offer, sku } = size.hpcImage;
  return { reference: { publisher, offer, sku, version: imageVersion } };
}

const imageVersionId = { token: "compute:GalleryImageVersion", what: "version of an image in a Compute Gallery" };

function checkVersionId(id: string, problems: Problems): void {
  const path = "imageVersionResourceId";
  const version = /\/versions\/([^/]*)$/i.exec(id)?.[1];
  checkId(imageVersionId, id, path, problems);
  // Without a version, or with the newest, a node that comes later would be another one.
  if (version !== undefined) checkVersionNumber(version, path, problems);
}
