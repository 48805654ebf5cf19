import { teamKinds, teamNamespaceName } from "../components/tenancy/kinds/team-kinds";
import { type DeclaredTeam, partsOf } from "./config/teams";

/**
 * GPUs of its pool that shares of teams before each team take, by namespace, in the order of the file. Teams that do not queue have none:
 * their pods take what is free.
 */
export function sharesAhead(teams: readonly DeclaredTeam[]): ReadonlyMap<string, number> {
  const taken = new Map<string, number>();
  return new Map(
    teams
      .filter(({ kind }) => teamKinds[kind].queues)
      .map((declared) => {
        const { kind, team, pool } = declared;
        const before = taken.get(pool) ?? 0;
        taken.set(pool, before + partsOf(declared).queue.gpus);
        return [teamNamespaceName(kind, team), before] as const;
      }),
  );
}
