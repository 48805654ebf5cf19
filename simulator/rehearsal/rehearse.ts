import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { Fault } from "../azure/fault";
import type { OperationRecord } from "../azure/store";
import type { Changes, StateResource, EngineState, RehearsedStack, Rehearsal } from "./rehearsal";
import { type Recovery, recover, type Wanted } from "./recover";
import { schedule, type Schedule, type TimedOperation } from "./schedule";

/** What may go wrong in a rehearsal: what Azure answers, or what somebody does behind Pulumi's back. */
export type Mishap = Fault | { readonly kind: "drift" | "deletion"; readonly type: string };

/** Failure of a step that somebody ended. */
export const stopped = "stopped";

/** One step of a rehearsal and how it went. */
export interface Step {
  readonly name: string;
  readonly realSeconds: number;
  readonly changes: Changes;
  /** What is wrong with it, empty when it went as it should. */
  readonly failures: readonly string[];
}

/** A whole life of a stack. */
export interface RehearsalResult {
  readonly steps: readonly Step[];
  readonly ok: boolean;
  /** Timeline of the first complete `up`, in simulated seconds. */
  readonly schedule: Schedule;
  readonly operations: readonly TimedOperation[];
}

/** A stack of an environment. */
export interface RehearsalStack {
  readonly name: string;
  readonly stack: RehearsedStack;
  /** What the stack file asks for: what Azure made of it behind the engine's back is taken over. */
  readonly planned: readonly Wanted[];
}

/** What a rehearsal is told besides the stacks. */
export interface RehearseOptions {
  readonly mishap?: Mishap;
  /** Lets no further step begin. */
  readonly signal?: AbortSignal;
  /** Leaves everything in place instead of destroying it. */
  readonly keep: boolean;
  readonly onStep?: (name: string) => void;
  readonly onEvent?: (event: EngineEvent) => void;
  /** Checks what was made, and names what is wrong. */
  readonly check: (outputs: Readonly<Record<string, unknown>>) => readonly string[];
}

/**
 * Lives the life of an environment: up, checks, a second up that changes nothing, destroy that leaves nothing.
 * @param first The stack that makes the cluster.
 * @param readers Stacks that read what it hands over: made after it, destroyed before it.
 */
export async function rehearse(
  rehearsal: Rehearsal,
  first: RehearsalStack,
  readers: readonly RehearsalStack[],
  options: RehearseOptions,
): Promise<RehearsalResult> {
  const { mishap, onEvent, signal } = options;
  const { world } = rehearsal;
  const { stack } = first;
  const events = onEvent === undefined ? {} : { onEvent };
  const steps: Step[] = [];
  const isStopped = (): boolean => signal?.aborted === true;
  // The first needs no name where it is the only one that people think of.
  const named = (step: string, { name }: RehearsalStack): string => (name === first.name ? step : `${step} of ${name}`);
  const step = async (
    name: string,
    act: () => Promise<{ changes: Changes; failures?: readonly string[] }>,
  ): Promise<boolean> => {
    if (isStopped()) return false;
    options.onStep?.(name);
    const started = process.hrtime.bigint();
    const seconds = (): number => Number(process.hrtime.bigint() - started) / 1e9;
    try {
      const { changes, failures = [] } = await act();
      steps.push({ name, realSeconds: seconds(), changes, failures });
      return failures.length === 0;
    } catch (error) {
      const failures = isStopped() ? [stopped] : [...(await rehearsal.whatDied()), engineMessage(error)];
      steps.push({ name, realSeconds: seconds(), changes: {}, failures });
      return false;
    }
  };
  const finish = async (): Promise<RehearsalResult> => {
    // What kept the step from working may keep the state from being read.
    const operations = timed(world.operations(), await stack.state().catch(() => ({})), before);
    const report = schedule(operations.list, operations.waitsFor);
    return { steps, ok: steps.every((it) => it.failures.length === 0), schedule: report, operations: operations.list };
  };

  const recovered = async (one: RehearsalStack): Promise<boolean> => {
    const went = await step(named("recover", one), async () => counts(await recover(one.stack, world, one.planned)));
    // Nothing to recover is nothing to tell.
    if (went && Object.values(steps.at(-1)?.changes ?? {}).every((it) => it === 0)) steps.pop();
    return went;
  };

  const before = world.operations().length;
  if (rehearsal.reopened) {
    for (const it of [first, ...readers]) if (!(await recovered(it))) return finish();
  }
  if (mishap !== undefined && isFault(mishap)) {
    world.inject(mishap);
    await step(`up with ${mishap.kind}`, async () => failsWith(mishap, () => stack.up(events)));
    await recovered(first);
  }
  const upOf = async (one: RehearsalStack): Promise<boolean> =>
    step(named("up", one), async () => {
      const { changes, outputs } = await one.stack.up(events);
      const values = Object.fromEntries(
        Object.entries(outputs).map(([key, { value }]): [string, unknown] => [key, value]),
      );
      const secrets = Object.entries(outputs).flatMap(([key, { secret }]) =>
        secret ? [`output ${key} is a secret: a handover holds none`] : [],
      );
      const checked = one === first ? options.check(values) : [];
      return { changes, failures: [...secrets, ...unfinished(rehearsal), ...checked] };
    });
  let made = await upOf(first);
  const result = await finish();
  for (const it of readers) made = made && (await upOf(it));
  if (made && mishap !== undefined && !isFault(mishap)) {
    const target = world.resources(mishap.type)[0];
    if (target === undefined) throw new Error(`The stack has no ${mishap.type} for ${mishap.kind}.`);
    if (mishap.kind === "drift") world.drift(target.id, { tags: { changedBy: "somebody else" } });
    else world.remove(target.id);
    await step(`up after ${mishap.kind}`, async () => heals(await stack.up({ ...events, refresh: true })));
  }
  if (made) {
    for (const it of [first, ...readers]) {
      await step(named("second up", it), async () => unchanged(await it.stack.up(events)));
    }
  }
  if (!options.keep && !isStopped()) {
    for (const it of [...readers].reverse()) await destroyed(it, () => []);
    await destroyed(first, () => world.resources().map(({ id }) => `is still there: ${id}`));
  }
  return { ...result, steps, ok: steps.every((it) => it.failures.length === 0) };

  async function destroyed(one: RehearsalStack, check: () => readonly string[]): Promise<void> {
    const held = protectedResources(await one.stack.state().catch(() => ({})));
    if (held.length > 0) {
      await step(named("destroy of protected data", one), () => refused(one.stack, world, events));
      await one.stack.importState(unprotected(await one.stack.state()));
    }
    await step(named("destroy", one), async () => {
      const { changes } = await one.stack.destroy(events);
      return { changes, failures: check() };
    });
  }
}

function isFault(mishap: Mishap): mishap is Fault {
  return mishap.kind !== "drift" && mishap.kind !== "deletion";
}

function counts({ adopted, forgotten, pending }: Recovery): { changes: Changes } {
  return { changes: { adopted: adopted.length, forgotten: forgotten.length, pending: pending.length } };
}

/** A pool in state Failed exists and is no use; an engine that was refreshed since takes it for done. */
function unfinished({ world }: Rehearsal): string[] {
  return world
    .resources()
    .filter(({ provisioningState }) => provisioningState !== "Succeeded")
    .map(({ id, provisioningState }) => `is in state ${provisioningState}: ${id}`);
}

/** A rehearsed fault must be felt: an update that did not notice it proves nothing. 429 is the exception, it is retried. */
async function failsWith(
  fault: Fault,
  act: () => Promise<{ changes: Changes }>,
): Promise<{ changes: Changes; failures: readonly string[] }> {
  try {
    const { changes } = await act();
    return { changes, failures: fault.kind === "throttled" ? [] : [`the update did not notice ${fault.kind}`] };
  } catch {
    return { changes: {}, failures: [] };
  }
}

function protectedResources({ resources = [] }: EngineState): readonly StateResource[] {
  return resources.filter((it) => it.protect === true);
}

/** What `pulumi state unprotect --all` does: the word that somebody must type before data can go. */
function unprotected(state: EngineState): EngineState {
  return { ...state, resources: (state.resources ?? []).map((it) => ({ ...it, protect: false })) };
}

/** Protection must hold whatever is asked: nothing may be gone after a destroy that was refused. */
async function refused(
  stack: RehearsedStack,
  world: Rehearsal["world"],
  events: { readonly onEvent?: (event: EngineEvent) => void },
): Promise<{ changes: Changes; failures: readonly string[] }> {
  const before = world.resources().map(({ id }) => id);
  try {
    await stack.destroy(events);
    return { changes: {}, failures: ["protected data was destroyed"] };
  } catch (error) {
    const failures = /protect|cannot be deleted/i.test(engineMessage(error)) ? [] : [engineMessage(error)];
    const gone = before.filter((id) => world.resource(id) === undefined);
    return { changes: {}, failures: [...failures, ...gone.map((id) => `is gone although data was protected: ${id}`)] };
  }
}

function unchanged({ changes }: { readonly changes: Changes }): { changes: Changes; failures: readonly string[] } {
  const moved = Object.entries(changes).filter(([kind]) => kind !== "same");
  return { changes, failures: moved.map(([kind, count]) => `${kind} ${count ?? 0}: nothing had changed`) };
}

function heals({ changes }: { readonly changes: Changes }): { changes: Changes; failures: readonly string[] } {
  const moved = Object.entries(changes).some(([kind, count]) => kind !== "same" && (count ?? 0) > 0);
  return { changes, failures: moved ? [] : ["the change behind Pulumi's back was not healed"] };
}

/** Azure's operations since a point, each with the resource that it was for and what that waited for. */
function timed(
  all: readonly OperationRecord[],
  { resources = [] }: EngineState,
  from: number,
): { list: TimedOperation[]; waitsFor: Map<string, readonly string[]> } {
  const urnOf = new Map(
    resources.flatMap(({ id, urn, type }) =>
      id === undefined || !type.startsWith("azure-native:") ? [] : [[id.toLowerCase(), urn] as const],
    ),
  );
  const providers = new Map(
    resources
      .filter((it) => it.type.startsWith("pulumi:providers:"))
      .map(({ urn, dependencies = [] }) => [urn, dependencies]),
  );
  const waitsFor = new Map(
    resources.map(({ urn, dependencies = [], provider }): [string, readonly string[]] => {
      const providerUrn = provider?.split("::").slice(0, 4).join("::") ?? "";
      return [urn, [...dependencies, ...(providers.get(providerUrn) ?? [])]];
    }),
  );
  const list = all.slice(from).flatMap(({ id, type, kind, outcome, requested, start, end, throttledWait }) => {
    const urn = urnOf.get(id.toLowerCase());
    if (urn === undefined || kind === "read" || outcome !== "succeeded") return [];
    return [{ urn, type, requested, start, end, throttledWait }];
  });
  return { list, waitsFor };
}

/** What the engine says went wrong, without its progress and its stack traces. */
export function engineMessage(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.split("\n").map((it) => it.trimEnd());
  const told = new Set(
    lines
      .map((it) => it.trim())
      .filter((it) => /^(error|panic): |^\* |^- \[mandatory\]|incorrect passphrase|locked by/.test(it)),
  );
  // The engine's last word says only that there was an error.
  for (const it of ["error: update failed", "error: preview failed"]) if (told.size > 1) told.delete(it);
  return [...told].join("\n") || lines.slice(-5).join("\n");
}
