import { teamNamespaceName, type TeamKindName } from "../components/tenancy/kinds/team-kinds";
import type { DeclaredTeam } from "./config/teams";

/** What a team has of the GPU pool that it works on. */
export interface PoolShare {
  readonly namespace: string;
  readonly kind: TeamKindName;
  /** Key of the pool. */
  readonly pool: string;
  /** GPUs of its own, as Kubernetes counts them. */
  readonly gpus: number;
  /** GPUs beyond these that it may have while others leave theirs idle. */
  readonly borrow: number;
}

/** Shares of teams, in the order in which these are declared. */
export function poolShares(teams: readonly DeclaredTeam[]): PoolShare[] {
  return teams.map(({ kind, team, pool, gpus, borrow = 0 }) => ({
    namespace: teamNamespaceName(kind, team),
    kind,
    pool,
    gpus,
    borrow,
  }));
}
