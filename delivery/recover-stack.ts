import { MisconfiguredError, show } from "../core/problems";
import { lastApply, type LastApply } from "./last-apply";
import { type PendingOperation, pendingOperations } from "./pending-operations";
import type { StackLock } from "./read-locks";
import { settleState } from "./settle-state";

/** A stack, as far as a recovery asks. */
export interface StuckStack {
  readonly state: () => Promise<unknown>;
  /** Who holds it; `null` where the backend does not say. Changes nothing. */
  readonly locks: () => Promise<readonly StackLock[] | null>;
  /** What the last `apply` noted beside the state, by name. */
  readonly notes: () => Promise<Readonly<Record<string, string>>>;
  /** Takes every lock away. */
  readonly cancel: () => Promise<void>;
  /** Puts another state in place of the one that lies in the backend. */
  readonly replaceState: (state: object) => Promise<void>;
  /** Asks Azure and the cluster about these resources, and takes from the state what is not there. */
  readonly refresh: (urns: readonly string[]) => Promise<void>;
  /** What a refresh would change, by kind of change. Changes nothing. */
  readonly drift: () => Promise<Readonly<Partial<Record<string, number>>>>;
}

/** What is in the way of the next update. */
export interface Recovery {
  readonly stack: string;
  readonly locks: readonly (StackLock & { readonly alive: boolean | "unknown" })[] | null;
  /** The last `apply`: `running` for one that never said how it ended. */
  readonly last: LastApply | null;
  /** Operations of which the engine never heard the end. */
  readonly pending: readonly PendingOperation[];
  /** What was pending and now is known: `true` where it is there. */
  readonly settled: readonly { readonly urn: string; readonly there: boolean }[];
  /** Whether the locks were taken away. */
  readonly cancelled: boolean;
  /** What a refresh would change; `null` while the stack is locked. */
  readonly drift: Readonly<Partial<Record<string, number>>> | null;
}

/** What somebody typed, `undefined` to look only. */
export interface RecoverWords {
  /** The name of the stack: take its locks away. */
  readonly cancel: string | undefined;
  /** The name of the stack: find out how its pending operations ended. */
  readonly settle: string | undefined;
}

/** The machine that we are on. */
export interface Machine {
  readonly host: string;
  readonly runs: (pid: number) => boolean;
}

/**
 * Says what is in the way of the next update of a stack. Takes its locks away and settles its pending operations where that was asked for by the
 * stack's name.
 * @throws MisconfiguredError for another name, where the process that holds the stack still runs on this machine, and where a stack to be
 * settled is held or an operation of it cannot be settled
 */
export async function recoverStack(
  name: string,
  stack: StuckStack,
  { cancel: word, settle }: RecoverWords,
  machine: Machine,
): Promise<Recovery> {
  const wrong = Object.entries({ "--cancel": word, "--settle": settle }).filter(
    ([, it]) => it !== undefined && it !== name,
  );
  if (wrong.length > 0)
    throw new MisconfiguredError(
      "The command",
      wrong.map(([at, it]) => ({ path: at, rule: `must be the name of the stack, ${name}`, got: show(it) })),
    );
  const found = await stack.locks();
  const locks = found?.map((it) => ({
    ...it,
    alive: it.host === machine.host ? machine.runs(it.pid) : ("unknown" as const),
  }));
  const alive = locks?.filter((it) => it.alive === true) ?? [];
  if (word !== undefined && alive.length > 0)
    throw new MisconfiguredError(
      `The stack ${name}`,
      alive.map(({ pid, user }) => ({
        path: "lock",
        rule: `must be of a process that is dead: ${pid} of ${user} runs on this machine`,
        remedy: "End it with Ctrl-C: the engine then ends what it began. To break its lock would spoil the state",
      })),
    );
  const cancelled = word !== undefined && (locks === undefined || locks.length > 0);
  if (settle !== undefined && !cancelled && locks !== undefined && locks.length > 0)
    throw new MisconfiguredError(`The stack ${name}`, [
      { path: "lock", rule: "must be free before it is settled", remedy: `Once that run is dead: --cancel ${name}` },
    ]);
  if (cancelled) await stack.cancel();
  const settled = settle === undefined ? [] : await settleStack(name, stack);
  const free = cancelled || locks?.length === 0;
  return {
    stack: name,
    locks: locks ?? null,
    last: lastApply(await stack.notes()),
    pending: pendingOperations(await stack.state()),
    settled,
    cancelled,
    drift: free ? await stack.drift() : null,
  };
}

async function settleStack(name: string, stack: StuckStack): Promise<Recovery["settled"]> {
  const state = await stack.state();
  const pending = pendingOperations(state);
  if (pending.length === 0) return [];
  const { state: next, targets, left } = settleState(state);
  // One at a time would lose the others: pulumi drops every pending operation of a state that it is given.
  if (left.length > 0)
    throw new MisconfiguredError(
      `The stack ${name}`,
      left.map(({ operation, urn }) => ({
        path: "pending",
        rule: `must be of a resource whose ID is known: ${operation} ${urn}`,
        remedy: "Settle it by hand: docs/runbooks/lost-resource.md",
      })),
    );
  await stack.replaceState(next);
  if (targets.length > 0) await stack.refresh(targets);
  const there = urnsOf(await stack.state());
  return pending.map(({ urn }) => ({ urn, there: there.has(urn) }));
}

function urnsOf(state: unknown): ReadonlySet<string> {
  const { resources = [] } = (state ?? {}) as { readonly resources?: readonly { readonly urn: string }[] };
  return new Set(resources.map(({ urn }) => urn));
}
