import { azureCommands } from "./azure-commands";
import type { PlannedReplacement } from "./plan-replacement";
import { type Replaced, replaceMachine, type ReplacementWorld } from "./replace-machine";
import { AzureError, runAz } from "./run-az";

/** What became of one node. */
export interface ReplacementResult extends Replaced {
  readonly node: string;
  /** Key of the GPU pool. */
  readonly pool: string;
  readonly physicalHost: string | null;
}

/**
 * Replaces machines one after the other, after Azure has answered for all their pools: who has no login learns it before a pod is asked
 * to go. What fails ends the run, because the next one would most likely fail as well.
 * @throws AzureError when Azure does not answer for a pool; then nothing was touched
 */
export async function runReplacement(
  world: ReplacementWorld,
  replace: readonly PlannedReplacement[],
): Promise<readonly ReplacementResult[]> {
  const counts = await countsOf(world, replace);
  const results: ReplacementResult[] = [];
  for (const planned of replace) {
    const { machine, agentPool } = planned;
    const failed = results.find(({ outcome }) => outcome === "failed");
    const count = counts.get(agentPool.name) ?? 0;
    const replaced: Replaced = world.signal.aborted
      ? { outcome: "stopped", words: "not begun" }
      : failed !== undefined
        ? { outcome: "held back", words: `not begun, because ${failed.node} failed` }
        : agentPool.count !== null && count > agentPool.count
          ? { outcome: "held back", words: tooMany(agentPool.name, count, agentPool.count) }
          : await replaceMachine(world, planned);
    const { name: node, pool, report } = machine;
    results.push({ node, pool, physicalHost: report?.physicalHost ?? null, ...replaced });
  }
  return results;
}

/** Nodes that each AKS node pool has now, as Azure says. */
async function countsOf(
  { facts }: ReplacementWorld,
  replace: readonly PlannedReplacement[],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { machine, agentPool } of replace) {
    if (counts.has(agentPool.name)) continue;
    const said = await runAz(azureCommands(machine, agentPool, facts).show);
    const count = Number(said);
    if (said === "" || !Number.isInteger(count))
      throw new AzureError(
        `az does not say how many nodes the pool ${agentPool.name} has, but ${JSON.stringify(said.slice(0, 100))}`,
      );
    counts.set(agentPool.name, count);
  }
  return counts;
}

/** Going back to the planned count would take nodes away, and Azure chooses which. */
function tooMany(pool: string, count: number, planned: number): string {
  return `its pool ${pool} has ${count} nodes, and the stack file says ${planned}: somebody scaled it. Bring the two together, with pulumi up or by the stack file`;
}
