import { commandText } from "../core/command-text";
import { ClusterError } from "../verification/cluster-choice";
import type { ClusterClient } from "../verification/cluster-client";
import { azureCommands } from "./azure-commands";
import { cordonNode } from "./cordon-node";
import { emptyNode, type EmptyingOptions } from "./empty-node";
import { hasFailed, type Machine, machineOf } from "./machine";
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
 * back. A signal ends it before the machine is written down, and not after.
 */
export async function replaceMachine(world: ReplacementWorld, planned: PlannedReplacement): Promise<Replaced> {
  return (await makeReady(world, planned)) ?? (await exchange(world, planned));
}

/** Does all that comes before the deletion. @returns why there is to be none, null where all is ready for it */
async function makeReady(world: ReplacementWorld, { machine }: PlannedReplacement): Promise<Replaced | null> {
  const { cluster, log, signal, waitMinutes } = world;
  const { name, pool } = machine;
  const onProgress = (line: string): void => world.onProgress(`${name}: ${line}`);
  let cordoned = "";
  try {
    await cordonNode(cluster, name);
    cordoned = `. ${staysCordoned(name)}`;
    onProgress("takes no new pods");
    const left = await emptyNode(cluster, name, { waitMinutes, signal, onProgress });
    if (left !== null && !signal.aborted)
      return { outcome: "held back", words: `not empty after ${waitMinutes} minutes: ${left.join("; ")}${cordoned}` };
    // Emptying takes minutes, and an idle node is checked again.
    const found = await cluster.read(`/api/v1/nodes/${name}`);
    if (found === undefined)
      return { outcome: "held back", words: "it went away while it was emptied: its autoscaler may have taken it" };
    const now = machineOf(found);
    if (!hasFailed(now))
      return { outcome: "held back", words: `its checks do not say any more that it failed${cordoned}` };
    if (signal.aborted) return { outcome: "stopped", words: `stopped before its deletion was asked for${cordoned}` };
    // Before the deletion, because the physical host is gone with the machine. And whoever else replaces one now is found out.
    await log.change(pool, (machines) => withMachine(machines, entryOf(now)));
    return null;
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    return { outcome: "failed", words: `${error.message}. Its machine was not deleted${cordoned}` };
  }
}

/** Deletes the machine and gives its pool the node back. */
async function exchange(world: ReplacementWorld, { machine, agentPool }: PlannedReplacement): Promise<Replaced> {
  const { name, pool } = machine;
  const commands = azureCommands(machine, agentPool, world.facts);
  const byHand = commands.scale === null ? null : commandText(commands.scale);
  world.onOwed(byHand);
  try {
    world.onProgress(`${name}: its machine is being deleted`);
    const refused = await attempt(commands.delete);
    if (refused !== null) {
      const kept = await markFailed(world.log, pool, name, refused);
      // It may have gone on without az, which has lost its connection.
      const gone = byHand === null ? "" : `. If the machine is gone all the same, run by hand: ${byHand}`;
      return { outcome: "failed", words: `${refused}. ${kept}${staysCordoned(name)}${gone}` };
    }
    if (commands.scale === null)
      return { outcome: "replaced", words: "its machine is deleted; the autoscaler brings another one when pods wait" };
    const goal = `${agentPool.count ?? 0} nodes`;
    world.onProgress(`${name}: its machine is deleted; ${agentPool.name} goes back to ${goal}`);
    const short = await attempt(commands.scale);
    return short === null
      ? { outcome: "replaced", words: `its machine is deleted, and ${agentPool.name} has ${goal} again` }
      : {
          outcome: "failed",
          words: `its machine is deleted, and its pool has one node less: ${short}. Run by hand: ${byHand ?? ""}`,
        };
  } finally {
    world.onOwed(null);
  }
}

/** Runs `az`. @returns why it did not do it, null where it did */
async function attempt(args: readonly string[]): Promise<string | null> {
  try {
    await runAz(args);
    return null;
  } catch (error) {
    if (error instanceof AzureError) return error.message;
    throw error;
  }
}

function staysCordoned(node: string): string {
  return `It stays cordoned; kubectl uncordon ${node} takes that back`;
}

function entryOf({ name, nodePool, report }: Machine): ReplacedMachine {
  const { physicalHost = null, reasons = [] } = report ?? {};
  return { node: name, nodePool, physicalHost, reasons, at: new Date().toISOString() };
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
