import { teamNamespaceName } from "../components/tenancy/kinds/team-kinds";
import { checkGroup, planTeamNamespace } from "../components/tenancy/team-namespace/plan";
import type { TeamPool } from "../components/tenancy/team-namespace/quota";
import { closestNames } from "../core/closest-names";
import type { Problems } from "../core/problems";
import { type DeclaredTeam, teamSectionName } from "./config/teams";

/**
 * Checks teams against the pools that were handed over.
 * @param declared Keys of all pools, those with problems of their own included: a team on one of them is not to blame.
 */
export function checkTeams(
  teams: readonly DeclaredTeam[],
  pools: readonly TeamPool[],
  declared: readonly string[],
  problems: Problems,
): void {
  for (const { pool: key, ...shape } of teams) {
    const path = `${teamSectionName(shape.kind)}.${shape.team}`;
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
      remedy: `GPU pools: ${(near.length > 0 ? near : declared).join(", ") || "none"}`,
    });
  }
}
