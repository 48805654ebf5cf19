import { imageOf } from "../../../catalog/image-of";
import { varnish } from "../../../catalog/varnish";
import { versions } from "../../../catalog/versions";
import type { Problems } from "../../../core/problems";
import type { ModelServiceChoices } from "./shape";

/** The cache before each server of a model. */
export interface ResponseCachePlan {
  readonly image: string;
  /** Room for answers. */
  readonly memoryMiB: number;
  /** How long an answer is given again. */
  readonly minutes: number;
  /** What it takes of the part of the node that its server has. */
  readonly resources: { readonly cpu: number; readonly memoryGiB: number };
}

/** Least room for answers that is of use. */
export const leastCacheMiB = 64;

/** Part of a pod's memory that its cache may take: the rest is the server's, which streams weights through it. */
const shareOfPod = 0.25;

/**
 * Decides on the cache before each server, and notes a problem where it would take too much of one.
 * @param pod What the pod of a server asks for
 */
export function planResponseCache(
  { memoryMiB, minutes, image }: NonNullable<ModelServiceChoices["responseCache"]>,
  { memory = "0" }: Readonly<Record<string, string>>,
  problems: Problems,
): ResponseCachePlan {
  const { cpu, share, memoryMiB: besideMiB } = varnish.overhead;
  const podGiB = Number.parseInt(memory, 10);
  const most = Math.floor((Math.floor(podGiB * shareOfPod) * 1024 - besideMiB) / (1 + share));
  problems.requireWhole(
    "responseCache.memoryMiB",
    memoryMiB,
    [leastCacheMiB, most],
    `: with what the cache needs besides it may take ${shareOfPod * 100} % of the ${podGiB} GiB of a server's pod`,
  );
  const memoryGiB = Math.ceil((memoryMiB * (1 + share) + besideMiB) / 1024);
  return { image: image ?? imageOf(versions.varnish), memoryMiB, minutes, resources: { cpu, memoryGiB } };
}
