import type { Problems } from "../core/problems";
import type { JobTeam } from "./job-team";

/** Notes what the fence around the team would refuse. Its own words come too late: at the first pod. */
export function checkImage(image: string, { images: { registries, digests } }: JobTeam, problems: Problems): void {
  problems.require(
    registries.length === 0 || registries.some((it) => image.startsWith(`${it}/`)),
    "--image",
    `must be named with its registry, and be from ${registries.join(", ")}`,
    { got: image, remedy: "Push it there, or have platform.teamFence.images.registries name another" },
  );
  problems.require(
    !digests || /@sha256:[0-9a-f]{64}$/.test(image),
    "--image",
    "must be named by its digest, name@sha256:...",
    { got: image, remedy: "az acr manifest list-metadata shows it" },
  );
}
