import { teamNamespaceName } from "../components/tenancy/kinds/team-kinds";
import { planTeamNamespace, type TeamSurroundings } from "../components/tenancy/team-namespace/plan";
import { checkPrincipals } from "../components/tenancy/team-namespace/principals";
import { planCpuShares, type TeamCpuPool } from "../components/tenancy/team-namespace/cpu-shares";
import type { TeamPool } from "../components/tenancy/team-namespace/quota";
import { closestNames } from "../core/closest-names";
import { type Problems, showKey } from "../core/problems";
import { type DeclaredTeam, partsOf, teamSectionName } from "./config/teams";

/** What teams share, of this stack or handed over. */
export interface SharedThings {
  readonly gpuPools: readonly TeamPool[];
  readonly cpuPools: readonly TeamCpuPool[];
  /** Keys of all pools, those with problems of their own included: a team on one of them is not to blame. */
  readonly declared: { readonly gpuPools: readonly string[]; readonly cpuPools: readonly string[] };
  /** Key Vault with the secrets of teams. Absent: there is none. */
  readonly keyVault?: NonNullable<TeamSurroundings["keyVault"]>;
  /** Whether policies of the cluster know names of hosts. */
  readonly fqdnPolicies: boolean;
}

/** Checks teams against what there is for them, alone and all together. */
export function checkTeams(teams: readonly DeclaredTeam[], things: SharedThings, problems: Problems): void {
  const { gpuPools, cpuPools, declared, keyVault, fqdnPolicies } = things;
  const faulty = declared.cpuPools.filter((key) => !cpuPools.some((it) => it.key === key));
  for (const { pool: key, namespace: given } of teams.map(partsOf)) {
    const shape = { ...given, cpuShares: without(given.cpuShares, faulty) };
    const path = pathOf(shape);
    problems.require(!shape.team.includes("--"), path, "name must not have two hyphens in a row", {
      got: shape.team,
      remedy: `Azure refuses a container of that name; use ${shape.team.replace(/-+/g, "-")}`,
    });
    const pool = gpuPools.find((it) => it.key === key);
    if (pool !== undefined) {
      // The share alone can be wrong, whatever the team mounts.
      const name = teamNamespaceName(shape.kind, shape.team);
      problems.attempt(path, () =>
        planTeamNamespace(name, shape, { pool, cpuPools, fqdnPolicies, ...(keyVault && { keyVault }) }),
      );
      continue;
    }
    checkPrincipals(shape, path, problems);
    problems.attempt(path, () => planCpuShares(shape.cpuShares, cpuPools));
    if (declared.gpuPools.includes(key)) continue;
    const near = closestNames(key, declared.gpuPools);
    problems.require(false, `${path}.pool`, "must be the key of a GPU pool", {
      got: key,
      remedy: `GPU pools: ${(near.length > 0 ? near : declared.gpuPools).map(showKey).join(", ") || "none"}`,
    });
  }
  for (const { key, maxNodes, spareNodes, gpusPerNode } of gpuPools) {
    const spare = spareNodes === 0 ? "" : `, its ${spareNodes} spare nodes aside`;
    const most = (maxNodes - spareNodes) * gpusPerNode;
    const shares = teams.flatMap((it) => (it.pool === key ? [{ team: it, path: "gpus", share: it.gpus }] : []));
    checkTogether(shares, { key, most, what: `GPUs${spare}` }, problems);
  }
  for (const { key, maxNodes } of cpuPools) {
    const shares = teams.flatMap((team) => {
      const share = team.cpuShares[key];
      return share === undefined ? [] : [{ team, path: `cpuShares.${key}`, share }];
    });
    checkTogether(shares, { key, most: maxNodes, what: "nodes" }, problems);
  }
}

/** What one team has of a pool, and where that is said. */
interface Share {
  readonly team: DeclaredTeam;
  readonly path: string;
  readonly share: number;
}

/**
 * Checks the shares of all teams on a pool together: quotas above what is there let jobs in that wait for ever, and spare
 * nodes are no nodes for jobs.
 */
function checkTogether(
  shares: readonly Share[],
  { key, most, what }: { readonly key: string; readonly most: number; readonly what: string },
  problems: Problems,
): void {
  const sum = shares.reduce((total, { share }) => total + share, 0);
  const last = shares.at(-1);
  // A share that is too large by itself was told.
  if (last === undefined || sum <= most || shares.some(({ share }) => share > most)) return;
  const names = shares.slice(0, 5).map(({ team }) => team.team);
  const more = shares.length > 5 ? ` and ${shares.length - 5} more` : "";
  problems.require(
    false,
    `${pathOf(last.team)}.${last.path}`,
    `must leave all teams of pool ${key} at most ${most} ${what}`,
    {
      got: sum,
      remedy: `Lower the shares of ${names.join(", ")}${more}, or give the pool more nodes`,
    },
  );
}

function without(shares: Readonly<Record<string, number>>, keys: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(shares).filter(([key]) => !keys.includes(key)));
}

function pathOf({ kind, team }: Pick<DeclaredTeam, "kind" | "team">): string {
  return `${teamSectionName(kind)}.${team}`;
}
