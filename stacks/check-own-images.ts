import type { ImageGalleryPlan, ImagePlan } from "../components/compute/image-gallery/plan";
import type { GpuScaleSetPlan } from "../components/compute/gpu-scale-set/plan";
import { closestHint } from "../core/closest-names";
import type { Problems } from "../core/problems";
import type { VmSize } from "../catalog/vm-size";
import type { PlannedPart } from "./plan-parts";

/** What boots a version that no `up` builds: it must be there before. */
export function ownImageNotes(parts: readonly PlannedPart[]): string[] {
  const images = galleryOf(parts)?.images ?? [];
  return parts.flatMap(({ key, name, plan }) => {
    const own = key === "scaleSets" ? (plan as GpuScaleSetPlan).ownImage : null;
    const built = images.find((it) => it.name === own?.name)?.build?.version;
    return own === null || built !== own.version
      ? []
      : [
          `scaleSets.${name} boots version ${own.version} of image ${own.name}, which no up builds: run its template before (docs/runbooks/own-images.md).`,
        ];
  });
}

function galleryOf(parts: readonly PlannedPart[]): ImageGalleryPlan | undefined {
  return parts.find(({ key }) => key === "imageGallery")?.plan as ImageGalleryPlan | undefined;
}

/**
 * Notes a problem for each scale set that boots an image of the environment's own that is not there, or that is for other machines.
 * Without the gallery's plan, whose problems are told elsewhere, nothing is said.
 */
export function checkOwnImages(
  parts: readonly PlannedPart[],
  gallery: { readonly asked: boolean },
  problems: Problems,
): void {
  const galleryPlan = galleryOf(parts);
  for (const { key, name, plan } of parts) {
    if (key !== "scaleSets") continue;
    const { ownImage, size, scaleSet } = plan as GpuScaleSetPlan;
    if (ownImage === null) continue;
    const path = `scaleSets.${name}.ownImage`;
    problems.require(gallery.asked, path, "needs imageGallery, where images of the environment's own are", {
      got: ownImage.name,
      remedy: "Write imageGallery, or name one of somebody else's (imageVersionResourceId)",
    });
    if (galleryPlan === undefined) continue;
    const image = galleryPlan.images.find((it) => it.name === ownImage.name);
    problems.require(image !== undefined, `${path}.name`, "must be an image of imageGallery", {
      got: ownImage.name,
      remedy: closestHint(
        ownImage.name,
        galleryPlan.images.map((it) => it.name),
        "Add it there",
      ),
    });
    if (image === undefined) continue;
    problems.require(
      image.versions.includes(ownImage.version),
      `${path}.version`,
      `must be a version of image ${image.name}: ${image.versions.join(", ")}`,
      {
        got: ownImage.version,
        remedy: "Write one of them. A version of an earlier build is named by imageVersionResourceId",
      },
    );
    const trusted = scaleSet.virtualMachineProfile.securityProfile;
    checkKind(image, size, isTrusted(trusted), `${path}.name`, problems);
  }
}

function isTrusted(profile: unknown): boolean {
  return (
    typeof profile === "object" &&
    profile !== null &&
    "securityType" in profile &&
    profile.securityType === "TrustedLaunch"
  );
}

function checkKind(image: ImagePlan, size: VmSize, trusted: boolean, path: string, problems: Problems): void {
  const { size: made } = image;
  problems.require(
    made.architecture === size.architecture && made.gpu?.vendor === size.gpu?.vendor,
    path,
    `must be an image for machines such as ${size.name}: ${kindOf(size)}`,
    { got: `${image.name}, which is for ${made.name}: ${kindOf(made)}`, remedy: "Make an image of its own for them" },
  );
  problems.require(
    !trusted || made.trustedLaunch !== false,
    path,
    `must be an image that allows Trusted Launch, with which ${size.name} boots`,
    {
      got: `${image.name}, which is for ${made.name}`,
      remedy: "Make one for this size, or write securityType: standard",
    },
  );
}

function kindOf({ architecture, gpu }: VmSize): string {
  return `${architecture}, ${gpu === null ? "no GPU" : `GPUs of ${gpu.vendor}`}`;
}
