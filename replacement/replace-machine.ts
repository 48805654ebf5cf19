import { ClusterError } from "../verification/cluster-choice";
import type { ClusterClient } from "../verification/cluster-client";
import { azureCommands, commandText } from "./azure-commands";
import { emptyNode, type EmptyingOptions } from "./empty-node";
import { hasFailed, machineOf } from "./machine";
import type { PlannedReplacement } from "./plan-replacement";
import type { ReplacementFacts } from "./replacement-facts";
import type { ReplacementLog } from "./replacement-log";
import { type ReplacedMachine, withFailure, withMachine } from "./replacement-record";
import { AzureError, runAz } from "./run-az";

/** What a replacement works with. */
export interface ReplacementWorld extends Omit<EmptyingOptions, "onProgress"> {
  readonly facts: ReplacementFacts;
  readonly cluster: Pick<ClusterClient, "read" | "send">;
  readonly log: ReplacementLog;
  /** Is told what goes on, a line each. */
  readonly onProgress: (line: string) => void;
  /** Is told the command that a pool is owed from the moment that a machine of it is being deleted, and null once the pool has its node. */
  readonly onOwed: (command: string | null) => void;
}

/** What became of a node whose machine was to be replaced. */
export interface Replaced {
  readonly outcome: "replaced" | "held back" | "failed" | "stopped";
  /** What that means, for people. */
  readonly words: string;
}

/**
 * Replaces one machine: empties the node, looks whether it is still bad, writes the machine down, deletes it and gives its pool the node
 * back. A signal ends it before the deletion is asked for, and not after.
 */
export async function replaceMachine(world: ReplacementWorld, planned: PlannedReplacement): Promise<Replaced> {
  const { facts, cluster, log, signal } = world;
  const { machine, agentPool } = planned;
  const { name, pool } = machine;
  const note = (line: string): void => world.onProgress(`${name}: ${line}`);
  const stays = `It stays cordoned; kubectl uncordon ${name} takes that back`;
  const entry = entryOf(planned);
  try {
    const left = await emptyNode(cluster, name, { ...world, onProgress: note });
    if (signal.aborted) return { outcome: "stopped", words: `stopped before its deletion was asked for. ${stays}` };
    if (left !== null) {
      const words = `not empty after ${world.waitMinutes} minutes: ${left.join("; ")}. ${stays}`;
      return { outcome: "held back", words };
    }
    // Emptying takes minutes, and an idle node is checked again.
    const now = await cluster.read(`/api/v1/nodes/${name}`);
    if (now === undefined)
      return { outcome: "held back", words: "it went away while it was emptied: its autoscaler may have taken it" };
    if (!hasFailed(machineOf(now)))
      return { outcome: "held back", words: `its checks do not say any more that it failed. ${stays}` };
    // First of all, because the physical host is gone with the machine. And whoever else replaces one now is found out.
    await log.change(pool, (machines) => withMachine(machines, entry));
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    return { outcome: "failed", words: `${error.message}. Its machine was not deleted. ${stays}` };
  }
  const commands = azureCommands(machine, agentPool, facts);
  const scale = commands.scale === null ? null : commandText(commands.scale);
  world.onOwed(scale);
  note("its machine is being deleted");
  try {
    await runAz(commands.delete);
  } catch (error) {
    world.onOwed(null);
    if (!(error instanceof AzureError)) throw error;
    const kept = await markFailed(log, pool, name, error.message);
    // It may have gone on without az, which has lost its connection.
    const gone = scale === null ? "" : `. If the machine is gone all the same, run by hand: ${scale}`;
    return { outcome: "failed", words: `${error.message}. ${kept}${stays}${gone}` };
  }
  if (commands.scale === null)
    return { outcome: "replaced", words: "its machine is deleted; the autoscaler brings another one when pods wait" };
  note(`its machine is deleted; ${agentPool.name} goes back to ${agentPool.count ?? 0} nodes`);
  try {
    await runAz(commands.scale);
  } catch (error) {
    if (!(error instanceof AzureError)) throw error;
    const words = `its machine is deleted, and its pool has one node less: ${error.message}. Run by hand: ${scale ?? ""}`;
    return { outcome: "failed", words };
  } finally {
    world.onOwed(null);
  }
  return {
    outcome: "replaced",
    words: `its machine is deleted, and ${agentPool.name} has ${agentPool.count ?? 0} nodes again`,
  };
}

function entryOf({ machine: { name, nodePool, report } }: PlannedReplacement): ReplacedMachine {
  const { physicalHost = null, reasons = [] } = report ?? {};
  return { node: name, nodePool, physicalHost, reasons: [...reasons], at: new Date().toISOString() };
}

/** Writes down that a machine was not deleted. @returns what to say where that fails, too */
async function markFailed(log: ReplacementLog, pool: string, node: string, why: string): Promise<string> {
  try {
    await log.change(pool, (machines) => withFailure(machines, node, why));
    return "";
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    return `The record still says that it was replaced: ${error.message}. `;
  }
}
