import { z } from "zod";
import { MisconfiguredError, show } from "../core/problems";
import type { StackLock } from "./read-locks";

/** A stack, as far as a recovery asks. */
export interface StuckStack {
  readonly state: () => Promise<unknown>;
  /** Who holds it; `null` where the backend does not say. Changes nothing. */
  readonly locks: () => Promise<readonly StackLock[] | null>;
  /** What the last `apply` noted beside the state, by name. */
  readonly notes: () => Promise<Readonly<Record<string, string>>>;
  /** Takes every lock away. */
  readonly cancel: () => Promise<void>;
  /** What a refresh would change, by kind of change. Changes nothing. */
  readonly drift: () => Promise<Readonly<Partial<Record<string, number>>>>;
}

const pendingState = z.object({
  pending_operations: z.array(z.object({ type: z.string(), resource: z.object({ urn: z.string() }) })).default([]),
});

const appliedNote = z.object({ result: z.string(), started: z.string(), run: z.string().nullable() });

/** What is in the way of the next update. */
export interface Recovery {
  readonly stack: string;
  readonly locks: readonly (StackLock & { readonly alive: boolean | "unknown" })[] | null;
  /** The last `apply`: `running` for one that never said how it ended. */
  readonly last: {
    readonly plan: string | null;
    readonly result: string;
    readonly started: string;
    readonly run: string | null;
  } | null;
  /** Operations of which the engine never heard the end. */
  readonly pending: readonly { readonly operation: string; readonly urn: string }[];
  /** Whether the locks were taken away. */
  readonly cancelled: boolean;
  /** What a refresh would change; `null` while the stack is locked. */
  readonly drift: Readonly<Partial<Record<string, number>>> | null;
}

/** The machine that we are on. */
export interface Machine {
  readonly host: string;
  readonly runs: (pid: number) => boolean;
}

/**
 * Says what is in the way of the next update of a stack, and takes its locks away when that was asked for by the stack's name.
 * @param word What was typed for it, `undefined` to look only
 * @throws MisconfiguredError for another name, and where the process that holds the stack still runs on this machine
 */
export async function recoverStack(
  name: string,
  stack: StuckStack,
  word: string | undefined,
  machine: Machine,
): Promise<Recovery> {
  if (word !== undefined && word !== name)
    throw new MisconfiguredError("The command", [
      { path: "--cancel", rule: `must be the name of the stack, ${name}`, got: show(word) },
    ]);
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
  if (cancelled) await stack.cancel();
  const { pending_operations: operations } = pendingState.parse(await stack.state());
  const free = cancelled || locks?.length === 0;
  return {
    stack: name,
    locks: locks ?? null,
    last: lastOf(await stack.notes()),
    pending: operations.map(({ type, resource }) => ({ operation: type, urn: resource.urn })),
    cancelled,
    drift: free ? await stack.drift() : null,
  };
}

function lastOf(notes: Readonly<Record<string, string>>): Recovery["last"] {
  try {
    return { plan: notes["plan"] ?? null, ...appliedNote.parse(JSON.parse(notes["apply"] ?? "")) };
  } catch {
    // Nobody applied a plan yet, or somebody wrote the tag by hand: a look must not fail for it.
    return null;
  }
}
