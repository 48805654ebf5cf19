import { teamNamespaceName } from "../components/tenancy/kinds/team-kinds";
import { checkGroup, planTeamNamespace } from "../components/tenancy/team-namespace/plan";
import type { TeamPool } from "../components/tenancy/team-namespace/quota";
import { closestNames } from "../core/closest-names";
import { type Problems, showKey } from "../core/problems";
import { type DeclaredTeam, teamSectionName } from "./config/teams";

/** A pool, and how many of its nodes are held back for repairs, where that is known. */
export type SharedPool = TeamPool & { readonly spareNodes?: number };

/**
 * Checks teams against the pools that were handed over.
 * @param declared Keys of all pools, those with problems of their own included: a team on one of them is not to blame.
 */
export function checkTeams(
  teams: readonly DeclaredTeam[],
  pools: readonly SharedPool[],
  declared: readonly string[],
  problems: Problems,
): void {
  for (const { pool: key, ...shape } of teams) {
    const path = pathOf(shape);
    problems.require(!shape.team.includes("--"), path, "name must not have two hyphens in a row", {
      got: shape.team,
      remedy: `Azure refuses a container of that name; use ${shape.team.replace(/-+/g, "-")}`,
    });
    const pool = pools.find((it) => it.key === key);
    if (pool !== undefined) {
      // The share alone can be wrong, whatever the team mounts.
      problems.attempt(path, () => planTeamNamespace(teamNamespaceName(shape.kind, shape.team), shape, { pool }));
      continue;
    }
    checkGroup(shape.groupObjectId, `${path}.groupObjectId`, problems);
    if (declared.includes(key)) continue;
    const near = closestNames(key, declared);
    problems.require(false, `${path}.pool`, "must be the key of a GPU pool", {
      got: key,
      remedy: `GPU pools: ${(near.length > 0 ? near : declared).map(showKey).join(", ") || "none"}`,
    });
  }
  for (const pool of pools) checkTogether(teams, pool, problems);
}

/**
 * Checks the shares of all teams on a pool together: quotas above what is there let jobs in that wait for ever, and spare
 * nodes are no nodes for jobs.
 */
function checkTogether(teams: readonly DeclaredTeam[], pool: SharedPool, problems: Problems): void {
  const { maxNodes, spareNodes = 0, gpusPerNode, key } = pool;
  const most = (maxNodes - spareNodes) * gpusPerNode;
  const sharing = teams.filter((it) => it.pool === key);
  const sum = sharing.reduce((total, { gpus }) => total + gpus, 0);
  const last = sharing.at(-1);
  // A share that is too large by itself was told.
  if (last === undefined || sum <= most || sharing.some(({ gpus }) => gpus > maxNodes * gpusPerNode)) return;
  const spare = spareNodes === 0 ? "" : `, its ${spareNodes} spare nodes aside`;
  problems.require(false, `${pathOf(last)}.gpus`, `must leave all teams of pool ${key} at most ${most} GPUs${spare}`, {
    got: sum,
    remedy: `Lower the shares of ${sharing
      .slice(0, 5)
      .map(({ team }) => team)
      .join(", ")}${sharing.length > 5 ? ` and ${sharing.length - 5} more` : ""}, or give the pool more nodes`,
  });
}

function pathOf({ kind, team }: Pick<DeclaredTeam, "kind" | "team">): string {
  return `${teamSectionName(kind)}.${team}`;
}
