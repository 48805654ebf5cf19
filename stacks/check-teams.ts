import { closestNames } from "../core/closest-names";
import { findVmSize } from "../catalog/vm-sizes";
import type { VmSize } from "../catalog/vm-size";
import { isUuid } from "../core/names";
import type { Problems } from "../core/problems";
import { planTeamQuota, type TeamShare } from "../components/tenancy/team-quota";
import type { Environment } from "./environment";
import type { GpuPoolRef } from "../components/cluster/gpu-pool/gpu-pool-ref";

/** What a team gets of a pool. */
export function teamShare(pool: GpuPoolRef, size: VmSize, gpus: number, workload: "training" | "inference"): TeamShare {
  const { gpusPerNode, maxNodes } = pool;
  return { size, gpus, gpusPerNode, poolGpus: gpusPerNode * maxNodes, wholeNodes: workload === "training" };
}

/**
 * Checks teams against the pools that were handed over.
 * @param declared Keys of all pools, those with problems of their own included: a team on one of them is not to blame.
 */
export function checkTeams(
  { trainingTeams, inferenceTeams }: Pick<Environment, "trainingTeams" | "inferenceTeams">,
  pools: readonly GpuPoolRef[],
  declared: readonly string[],
  problems: Problems,
): void {
  const all = [
    ...Object.entries(trainingTeams).map(([name, team]) => ({ workload: "training", name, team }) as const),
    ...Object.entries(inferenceTeams).map(([name, team]) => ({ workload: "inference", name, team }) as const),
  ];
  for (const { workload, name, team } of all) {
    const path = `${workload}Teams.${name}`;
    problems.require(
      isUuid(team.groupObjectId),
      `${path}.groupObjectId`,
      "must be the object ID (a UUID) of an Entra group, not its name",
      { got: team.groupObjectId },
    );
    const pool = pools.find((it) => it.key === team.pool);
    const size = pool === undefined ? undefined : findVmSize(pool.size);
    if (pool !== undefined && size !== undefined) {
      if (workload === "training" && pool.migProfile !== null) {
        problems.require(
          false,
          `${path}.pool`,
          `must be a pool of whole GPUs: training takes whole nodes, and ${pool.migProfile} cuts the GPUs of this one`,
          { got: team.pool },
        );
      }
      // The share alone can be wrong, whatever the team mounts.
      else problems.attempt(path, () => planTeamQuota(teamShare(pool, size, team.gpus, workload), []));
    } else if (!declared.includes(team.pool)) {
      const near = closestNames(team.pool, declared);
      problems.require(false, `${path}.pool`, "must be the key of a GPU pool", {
        got: team.pool,
        remedy: `GPU pools: ${(near.length > 0 ? near : declared).join(", ") || "none"}`,
      });
    }
  }
}
