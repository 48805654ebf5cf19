import type { FabricProfile } from "../catalog/fabric-profile";
import { versions } from "../catalog/versions";
import { type VolumeKindName, volumeKinds } from "../components/tenancy/volumes/volume-kinds";
import type { Check, Floor, TeamPlace } from "./check";
import { type FioWay, fioScript, readFio } from "./fio";
import { imageOf } from "../catalog/image-of";
import { wholeNodeJob } from "./whole-node-job";

/** Shared storage as one team mounts it: by the claim of its kind, in the team's namespace, on a node of its pool. */
export interface TeamVolume {
  readonly kind: VolumeKindName;
  readonly team: TeamPlace;
  readonly pool: string;
  readonly profile: FabricProfile;
  /** What the storage was bought for in MB/s, null where nothing is promised. */
  readonly boughtMBps: number | null;
  /** Network of a node beside InfiniBand in Gb/s, null when no source tells. */
  readonly frontEndGbps: number | null;
}

/** More jobs than on a disk of the node, because what is far away is fast by many requests at once. */
const load = { jobs: 16, gibPerJob: 4 };

/** Reads or writes of a team's part of shared storage, by one pod that takes a node of the team as the team's own jobs do. */
export function teamVolumeRate(volume: TeamVolume, way: FioWay): Check {
  const { kind, team, pool, profile } = volume;
  const name = `fio-${way}-${kind}`;
  const { measuredThrough } = volumeKinds[kind];
  const through = measuredThrough === null ? "" : `, through ${measuredThrough}`;
  return {
    name,
    title: `fio, large ${way}s of the claim ${kind} in ${team.namespace} on a node of ${pool}${through}`,
    pool,
    team,
    pods: 1,
    minutes: 15,
    unit: "GB/s",
    floor: floorOf(volume),
    objects: (place) =>
      // Files lock no memory. Root, as whom the image runs, is the one to whom a fresh directory of Lustre belongs.
      wholeNodeJob(
        place,
        { ...profile, securityContext: null },
        { name, pods: 1, image: imageOf(versions.fio), script: fioScript(way, load), claim: kind },
      ),
    read: ([pod]) => readFio(pod, way),
  };
}

/**
 * Shares of what was bought, and of a node's network, that one node should see. Our own choice: nobody publishes what one client
 * reaches, so below it somebody should look, and no node is drained for it.
 */
const [shareOfBought, shareOfNetwork] = [0.8, 0.5];

function floorOf({ boughtMBps, frontEndGbps }: TeamVolume): Floor | null {
  if (boughtMBps === null || frontEndGbps === null) return null;
  const most = Math.min(boughtMBps / 1000, (frontEndGbps / 8) * shareOfNetwork);
  return { warn: Math.round(most * shareOfBought * 100) / 100, fail: null };
}
