import { usualCheckpointGiB } from "../catalog/failure-rates";
import { findVmSize } from "../catalog/vm-sizes";
import { checkpointInterval, secondsBetweenInterruptions } from "../components/training/checkpoint-interval";
import { teamKinds, teamNamespaceName } from "../components/tenancy/kinds/team-kinds";
import { type VolumeKindName, volumeKindNames } from "../components/tenancy/volumes/volume-kinds";
import type { DeclaredTeam } from "./config/teams";
import type { Handovers } from "./handover";

/** How often the largest job of a team had best save. */
export interface CheckpointEstimate {
  readonly namespace: string;
  /** GPUs of that job: the team's share, or an InfiniBand domain of its pool where that has fewer. */
  readonly gpus: number;
  readonly checkpointGiB: number;
  /** Whether nobody has said that size, and it is taken for granted. */
  readonly assumed: boolean;
  readonly hoursBetweenInterruptions: number;
  /** What follows for saves, null where no store was bought by its rate: what Blob storage takes, nobody promises. */
  readonly saving: {
    readonly writeMBps: number;
    readonly saveSeconds: number;
    readonly intervalMinutes: number;
    /** Per cent of all time that is no training, where interruptions are as usual, and where they are frequent. */
    readonly lostPercent: { readonly usual: number; readonly frequent: number };
  } | null;
}

/** What an environment has of its own or from another stack. */
type SavingPlace = Pick<Handovers["infra"], "gpuPools" | VolumeKindName>;

/**
 * An estimate for each team that takes whole nodes and has shared storage to save to.
 * @param boughtMBps What a store of the environment was bought for in MB/s. Of Lustre alone somebody promises that.
 */
export function checkpointEstimates(
  teams: readonly DeclaredTeam[],
  infra: SavingPlace,
  boughtMBps: number | null,
): CheckpointEstimate[] {
  if (volumeKindNames.every((kind) => infra[kind] === undefined)) return [];
  const lustreMBps = infra.lustre === undefined ? null : boughtMBps;
  return teams
    .filter(({ kind }) => teamKinds[kind].wholeNodes)
    .flatMap(({ kind, team, pool: key, gpus: share, checkpointGiB }) => {
      const pool = infra.gpuPools.find((it) => it.key === key);
      if (pool === undefined) return [];
      const { gpusPerNode } = pool;
      const gpus = Math.min(share, largestJobNodes(pool) * gpusPerNode);
      const size = checkpointGiB ?? usualCheckpointGiB.value;
      const frontEndGbps = findVmSize(pool.size, pool.figures)?.frontEndGbps ?? Infinity;
      const writeMBps = Math.min(lustreMBps ?? 0, ((gpus / gpusPerNode) * frontEndGbps * 1000) / 8);
      return {
        namespace: teamNamespaceName(kind, team),
        gpus,
        checkpointGiB: size,
        assumed: checkpointGiB === undefined,
        hoursBetweenInterruptions: rounded(secondsBetweenInterruptions(gpus, "usual") / 3600),
        saving: lustreMBps === null ? null : savingOf(gpus, size, writeMBps),
      };
    });
}

/** Nodes of one InfiniBand domain, spare ones aside: no job spans two. */
function largestJobNodes({ rdmaResource, maxNodes, spareNodes, nodePools }: SavingPlace["gpuPools"][number]): number {
  const nodes = maxNodes - spareNodes;
  return rdmaResource === null ? nodes : Math.floor(nodes / nodePools.length);
}

function savingOf(gpus: number, checkpointGiB: number, writeMBps: number): CheckpointEstimate["saving"] {
  const { saveSeconds, intervalSeconds, lostShare } = checkpointInterval({ gpus, checkpointGiB, writeMBps });
  return {
    writeMBps: rounded(writeMBps),
    saveSeconds: rounded(saveSeconds),
    intervalMinutes: rounded(intervalSeconds / 60),
    lostPercent: { usual: rounded(lostShare.usual * 100), frequent: rounded(lostShare.frequent * 100) },
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
