import { planTeamQueue } from "../components/queues/team-queue/plan";
import type { GpuPoolRef } from "../components/cluster/gpu-pool/gpu-pool-ref";
import type { QueuesRef } from "../components/platform/queues-ref";
import { teamKinds, teamNamespaceName } from "../components/tenancy/kinds/team-kinds";
import { Problems } from "../core/problems";
import { sharesAhead } from "./shares-ahead";
import { type DeclaredTeam, partsOf, teamSectionName } from "./config/teams";

/**
 * Checks what teams say of their queues against the pools that there are.
 * @param queues What the cluster has for queues, null where jobs do not queue
 */
export function checkQueues(
  teams: readonly DeclaredTeam[],
  pools: readonly GpuPoolRef[],
  queues: QueuesRef | null,
  problems: Problems,
): void {
  const shares = sharesAhead(teams);
  for (const declared of teams) {
    const { kind, team, pool: key, borrow, lend, priorities } = declared;
    const path = `${teamSectionName(kind)}.${team}`;
    const pool = pools.find((it) => it.key === key);
    // A team without a pool has a problem of its own.
    if (pool === undefined) continue;
    problems.require(
      pool.off === undefined || teamKinds[kind].queues,
      `${path}.pool`,
      `must be a pool without off: pods of ${kind} teams do not queue, so nothing holds them back, and they would keep its nodes or lose them`,
      { got: key, remedy: "Give the team a pool of its own; a model has hours of its own by its schedule" },
    );
    problems.require(
      pool.off === undefined || queues !== null,
      `${path}.pool`,
      "must be a pool without off: jobs do not queue in this cluster, so nothing holds them back",
      { got: key, remedy: "Add kueue: {} to the section platform of the stack that makes the platform" },
    );
    if (queues !== null) {
      if (!teamKinds[kind].queues) continue;
      const { queue } = partsOf(declared);
      const own = new Problems();
      const name = teamNamespaceName(kind, team);
      own.attempt(path, () => planTeamQueue(name, queue, { pool, queues, ahead: shares.get(name) ?? 0 }));
      // What is wrong with the share the namespace has told.
      for (const it of own.list.filter((it) => !problems.list.some((told) => told.path === it.path))) problems.add(it);
      continue;
    }
    const said = [
      ["borrow", borrow === 0 ? undefined : borrow],
      ["lend", lend],
      // The classes come with the queues, for pods of other kinds of teams too.
      ["priorities", priorities],
    ] as const;
    for (const [word, value] of said) {
      problems.require(value === undefined, `${path}.${word}`, "must be left out: jobs do not queue in this cluster", {
        got: value,
        remedy: "Remove it, or add kueue: {} to the section platform of the stack that makes the platform",
      });
    }
  }
}
