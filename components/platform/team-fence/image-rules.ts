import { listOf } from "./cel";
import type { FenceRule } from "./fence-policy";

/** Which images a team's pods may run. */
export interface ImageChoices {
  /** Registries, or paths in them. Empty: any. */
  readonly registries: readonly string[];
  /** Whether an image must be named by its digest. */
  readonly digests: boolean;
}

/** Where a team's images are from. `images` is a variable of the policy: those of containers and those of volumes. */
export function imageRules({ registries, digests }: ImageChoices): readonly FenceRule[] {
  const ofRegistries: FenceRule = {
    name: "image-registries",
    // By the name as it stands: `ubuntu` is from Docker Hub, and says so to nobody.
    expression: `variables.images.all(it, ${listOf(registries.map((it) => `${it}/`))}.exists(prefix, it.startsWith(prefix)))`,
    message: `An image must be named with its registry, and be from ${registries.join(", ")}: push it there, or have platform.teamFence.images.registries name another.`,
  };
  const byDigest: FenceRule = {
    name: "image-digests",
    expression: "variables.images.all(it, it.matches('@sha256:[0-9a-f]{64}$'))",
    message:
      "An image must be named by its digest, name@sha256:..., since a tag may be another image tomorrow: az acr manifest list-metadata shows it.",
  };
  return [...(registries.length > 0 ? [ofRegistries] : []), ...(digests ? [byDigest] : [])];
}
