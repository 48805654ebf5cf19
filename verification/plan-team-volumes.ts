import { fabricProfile } from "../catalog/fabric-profile";
import { defaultLocalQueue } from "../catalog/scheduling";
import type { VmSize } from "../catalog/vm-size";
import { findVmSize } from "../catalog/vm-sizes";
import type { GpuPoolRef } from "../components/cluster/gpu-pool/gpu-pool-ref";
import type { PodSecurityLevel } from "../components/tenancy/kinds/team-kind";
import { type TeamKindName, teamKinds, teamNamespaceName } from "../components/tenancy/kinds/team-kinds";
import { type VolumeKindName, volumeKindNames, volumeKinds } from "../components/tenancy/volumes/volume-kinds";
import { teamVolumeRate } from "./team-volume-rate";
import { only, skip, together, type VerificationPlan } from "./verification-plan";

/** A team that may mount shared storage. */
export interface VolumeTeam {
  readonly kind: TeamKindName;
  readonly team: string;
  /** Key of its GPU pool. */
  readonly pool: string;
  /** What its pods are held to. */
  readonly podSecurity: PodSecurityLevel;
}

/** What is known of shared storage and of those who mount it. */
export interface TeamVolumeFacts {
  readonly pools: readonly GpuPoolRef[];
  /** In the order in which they are asked for a node. */
  readonly teams: readonly VolumeTeam[];
  /** Whether jobs of teams wait in queues. */
  readonly queues: boolean;
  /** Shared storage that is there, and what it was bought for in MB/s: null where nothing is promised. */
  readonly stores: { readonly [K in VolumeKindName]?: { readonly boughtMBps: number | null } };
}

/** Shared storage is measured once for each kind, by the first team that can: all of them share what it gives. */
export function planTeamVolumes(facts: TeamVolumeFacts): VerificationPlan {
  return together(volumeKindNames.map((kind) => planVolume(kind, facts)));
}

function planVolume(kind: VolumeKindName, { pools, teams, queues, stores }: TeamVolumeFacts): VerificationPlan {
  const store = stores[kind];
  if (store === undefined) return together([]);
  const { unmeasured } = volumeKinds[kind];
  if (unmeasured !== null) return skip(`fio-write-${kind}, fio-read-${kind}`, unmeasured);
  for (const { kind: teamKind, team, pool: key, podSecurity } of teams) {
    const { wholeNodes, volumes, queues: queuesItself } = teamKinds[teamKind];
    const ref = pools.find((it) => it.key === key);
    const size = ref === undefined ? undefined : findVmSize(ref.size, ref.figures);
    if (ref === undefined || size === undefined || !mounts(kind, size)) continue;
    // The rest of the team's rules let a pod of ours in where it takes a node whole and runs as root.
    if (!wholeNodes || !volumes.includes(kind) || podSecurity === "restricted") continue;
    const volume = {
      kind,
      team: {
        namespace: teamNamespaceName(teamKind, team),
        queue: queues && queuesItself ? defaultLocalQueue : null,
      },
      pool: key,
      profile: fabricProfile(ref),
      boughtMBps: store.boughtMBps,
      frontEndGbps: size.frontEndGbps,
    };
    return together([only(teamVolumeRate(volume, "write")), only(teamVolumeRate(volume, "read"))]);
  }
  return skip(
    `fio-write-${kind}, fio-read-${kind}`,
    "no team takes whole nodes that mount it, with pods that may run as root",
  );
}

/** Whether nodes of a size have what mounts a kind. */
function mounts(kind: VolumeKindName, { architecture }: VmSize): boolean {
  return volumeKinds[kind].architectures?.includes(architecture) ?? true;
}
