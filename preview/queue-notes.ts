import { showKey } from "../core/problems";
import { teamSectionName } from "../stacks/config/teams";
import type { Noted } from "./notes";

/** What people should know of queues: a job that waits for what nobody lends, or for nodes that do not come, tells so to nobody. */
export function queueNotes({ environment, resources }: Pick<Noted, "environment" | "resources">): string[] {
  const { platform, layers } = environment;
  const queued = environment.teams.filter((it) => it.borrow !== undefined);
  if (platform.kueue === false && layers.includes("tenants") && queued.length > 0) {
    return [
      "platform.kueue: without it jobs of training teams do not queue: one whose pods find only some of their nodes holds those and waits",
    ];
  }
  if (!resources.some((it) => it.type.endsWith(":ClusterQueue"))) return [];
  return [...unlent(queued), ...acrossDomains(environment, queued)];
}

/** Teams that may borrow more than others of their pool lend. */
function unlent(teams: Noted["environment"]["teams"]): string[] {
  const lentOf = new Map<string, number>();
  for (const { pool, gpus, lend = gpus } of teams) lentOf.set(pool, (lentOf.get(pool) ?? 0) + lend);
  return teams.flatMap(({ kind, team, pool, borrow = 0, gpus, lend = gpus }) => {
    const lent = (lentOf.get(pool) ?? 0) - lend;
    if (borrow <= lent) return [];
    const path = `${teamSectionName(kind)}.${team}.borrow`;
    const from = `other teams of pool ${showKey(pool)} whose jobs queue`;
    return [
      lent === 0
        ? `${path}: there is nothing to borrow, no ${from} lend any`
        : `${path}: no more than ${lent} of its ${borrow} GPUs can be borrowed, ${from} lend no more`,
    ];
  });
}

/** Pools that grow, and whose new nodes may be in a domain that the job they came for is not in. */
function acrossDomains({ infra }: Noted["environment"], teams: Noted["environment"]["teams"]): string[] {
  return (infra?.gpuPools ?? [])
    .filter(({ ref }) => ref.autoscaled === true && ref.rdmaResource !== null && ref.nodePools.length > 1)
    .filter(({ key }) => teams.some((it) => it.pool === key))
    .map(
      ({ key, ref }) =>
        `gpuPools.${key}: it grows, and the autoscaler does not know that a job needs one of its ${ref.nodePools.length} InfiniBand domains: nodes for a job may come up in two, and the job waits on; give it fixed nodes or one domain`,
    );
}
