import {
  fittingImages,
  isOldImage,
  oldestNodeImageDays,
  parseNodeImage,
  worksWith,
} from "../../../catalog/node-images";
import type { VmSize } from "../../../catalog/vm-size";

/** A pool as Azure answers it. */
export interface RunningPool {
  readonly name: string;
  /** Version of the node image, for example `AKSUbuntu-2404gen2containerd-202607.15.0`. */
  readonly nodeImageVersion: string | undefined;
  readonly size: VmSize | undefined;
}

/**
 * Says when the nodes of a pool have an image that is too old, or that its GPUs do not work with. Azure alone knows which image runs, so
 * this is for after it answered; what it answered last is in the state, until `pulumi refresh` asks again.
 * @param today ISO date, `null` to judge none by its age.
 */
export function nodeImageWarning({ name, nodeImageVersion, size }: RunningPool, today: string | null): string | null {
  const image = parseNodeImage(nodeImageVersion ?? "");
  if (image === undefined) return null;
  const images = size?.aks?.nodeImages ?? null;
  const faults = [
    ...(images === null || worksWith(image, images) ? [] : [`its GPUs need ${fittingImages(images)}`]),
    ...(today === null || !isOldImage(image, today)
      ? []
      : [`its last security fixes are of ${image.fixed}, more than ${oldestNodeImageDays} days ago`]),
  ];
  return faults.length === 0
    ? null
    : `Pool ${name} runs node image ${image.number}: ${faults.join(", and ")}. ` +
        "Renew it as docs/runbooks/node-images.md says; if that was done, run pulumi refresh.";
}
