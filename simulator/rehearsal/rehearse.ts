import type { EngineEvent } from "@pulumi/pulumi/automation";
import { isLock } from "../azure/delete-rules";
import type { Fault } from "../azure/fault";
import type { OperationRecord } from "../azure/store";
import { engineMessage } from "../../core/engine-message";
import type { EngineState, RehearsedStack, Rehearsal } from "./rehearsal";
import { type Recovery, recover, type Wanted } from "./recover";
import { schedule, type Schedule, type TimedOperation } from "./schedule";
import { type Outcome, type Step, Steps } from "./steps";
import type { Workload } from "./workload";

/** What may go wrong in a rehearsal: what Azure answers, or what somebody does behind Pulumi's back. */
export type Mishap = Fault | { readonly kind: "drift" | "deletion"; readonly type: string };

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
  readonly stack: Pick<RehearsedStack, "up" | "destroy" | "refresh" | "cancel" | "state" | "importState">;
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
  /** Starts what runs in the cluster for a while, once all is made. @default nothing */
  readonly workload?: () => Promise<Workload>;
  /** Checks what was made, and names what is wrong. */
  readonly check: (outputs: Readonly<Record<string, unknown>>) => readonly string[];
}

/**
 * Lives the life of an environment: up, checks, a second up that changes nothing, destroy that leaves nothing.
 * @param first The stack that makes the cluster.
 * @param readers Stacks that read what it hands over: made after it, destroyed before it.
 */
export async function rehearse(
  rehearsal: Pick<Rehearsal, "world" | "reopened" | "whatDied">,
  first: RehearsalStack,
  readers: readonly RehearsalStack[],
  options: RehearseOptions,
): Promise<RehearsalResult> {
  const life = new Life(rehearsal, first, options);
  try {
    return await lived(life, first, readers, { keep: options.keep, reopened: rehearsal.reopened });
  } finally {
    await life.end();
  }
}

async function lived(
  life: Life,
  first: RehearsalStack,
  readers: readonly RehearsalStack[],
  { keep, reopened }: { readonly keep: boolean; readonly reopened: boolean },
): Promise<RehearsalResult> {
  const all = [first, ...readers];
  if (reopened && !(await untilOneFails(all, (it) => life.recovered(it)))) return life.result();
  const firstMade = (await life.feltFault()) && (await life.made(first));
  // The timeline is that of the first stack, as it is now.
  const result = await life.result();
  if (firstMade && (await untilOneFails(readers, (it) => life.made(it)))) {
    await life.worked();
    await life.healed();
    for (const it of all) await life.unchanged(it);
  }
  if (!keep) {
    for (const it of all.toReversed()) await life.destroyed(it);
  }
  return { ...result, steps: life.steps.done, ok: life.steps.ok };
}

/** Does it for one stack after the other. @returns whether it went well for all */
async function untilOneFails(
  stacks: readonly RehearsalStack[],
  act: (stack: RehearsalStack) => Promise<boolean>,
): Promise<boolean> {
  for (const it of stacks) if (!(await act(it))) return false;
  return true;
}

/** What happens to an environment in its life. Each tells whether it went well. */
class Life {
  public readonly steps: Steps;
  readonly #world: Rehearsal["world"];
  readonly #first: RehearsalStack;
  readonly #mishap: Mishap | undefined;
  readonly #check: RehearseOptions["check"];
  readonly #startWorkload: RehearseOptions["workload"];
  #workload: Workload | undefined;
  readonly #events: Pick<RehearseOptions, "onEvent">;
  /** How much was asked of Azure before. */
  readonly #before: number;

  public constructor(
    rehearsal: Pick<Rehearsal, "world" | "whatDied">,
    first: RehearsalStack,
    options: RehearseOptions,
  ) {
    this.steps = new Steps(rehearsal, options);
    this.#world = rehearsal.world;
    this.#first = first;
    this.#mishap = options.mishap;
    this.#check = options.check;
    this.#startWorkload = options.workload;
    this.#events = options.onEvent === undefined ? {} : { onEvent: options.onEvent };
    this.#before = this.#world.operations().length;
  }

  /** The steps so far, and the timeline of what they asked of Azure. */
  public async result(): Promise<RehearsalResult> {
    // What kept a step from working may keep the state from being read.
    const state = await this.#first.stack.state().catch(() => ({}));
    const { list, waitsFor } = timed(this.#world.operations(), state, this.#before);
    return { steps: this.steps.done, ok: this.steps.ok, schedule: schedule(list, waitsFor), operations: list };
  }

  public async recovered(one: RehearsalStack): Promise<boolean> {
    const went = await this.#step("recover", one, async () =>
      counts(await recover(one.stack, this.#world, one.planned)),
    );
    // Nothing to recover is nothing to tell.
    if (went && Object.values(this.steps.done.at(-1)?.changes ?? {}).every((it) => it === 0)) this.steps.forgetLast();
    return went;
  }

  /** Lets the fault hit an update, if there is one, and takes over what that leaves. */
  public async feltFault(): Promise<boolean> {
    const fault = this.#mishap;
    if (fault === undefined || !isFault(fault)) return true;
    const felt = await this.#step(`up with ${fault.kind}`, this.#first, () => this.#upWith(fault));
    return felt && (await this.recovered(this.#first));
  }

  public made(one: RehearsalStack): Promise<boolean> {
    return this.#step("up", one, async () => {
      const { changes, outputs } = await one.stack.up(this.#events);
      const values = Object.fromEntries(
        Object.entries(outputs).map(([key, { value }]): [string, unknown] => [key, value]),
      );
      const secrets = Object.entries(outputs).flatMap(([key, { secret }]) =>
        secret ? [`output ${key} is a secret: a handover holds none`] : [],
      );
      const checked = one === this.#first ? this.#check(values) : [];
      return { changes, failures: [...secrets, ...unfinished(this.#world), ...checked] };
    });
  }

  /** Runs the workload, if there is one, and takes it away again however it went. */
  public async worked(): Promise<void> {
    const start = this.#startWorkload;
    if (start === undefined) return;
    const began = await this.steps.run("workload", async () => {
      this.#workload = await start();
      return { changes: {} };
    });
    // That it began is nothing to tell.
    if (began) this.steps.forgetLast();
    const workload = this.#workload;
    if (workload === undefined) return;
    for (const { name, act } of workload.steps) if (!(await this.steps.run(name, act))) break;
    await this.steps.run("workload ends", () => workload.end());
  }

  /** Stops what still runs for the workload. */
  public async end(): Promise<void> {
    await this.#workload?.close();
  }

  /** Changes something behind Pulumi's back, if that is the mishap, and lets an update heal it. */
  public async healed(): Promise<boolean> {
    const mishap = this.#mishap;
    if (mishap === undefined || isFault(mishap)) return true;
    return this.#step(`up after ${mishap.kind}`, this.#first, async () => {
      const target = this.#world.resources(mishap.type)[0];
      if (target === undefined) throw new Error(`Azure holds no ${mishap.type}, although up made one.`);
      if (mishap.kind === "drift") this.#world.drift(target.id, { tags: { changedBy: "somebody else" } });
      else this.#world.remove(target.id);
      return heals(await this.#first.stack.up({ ...this.#events, refresh: true }));
    });
  }

  public unchanged(one: RehearsalStack): Promise<boolean> {
    return this.#step("second up", one, async () => unchanged(await one.stack.up(this.#events)));
  }

  public async destroyed(one: RehearsalStack): Promise<boolean> {
    const held = !this.steps.stopped && isProtected(await one.stack.state().catch(() => ({})));
    if (held) await this.#step("destroy of protected data", one, () => this.#refused(one));
    return this.#step("destroy", one, async () => {
      if (held) await one.stack.importState(unprotected(await one.stack.state()));
      // Azure refuses a destroy beside a lock. Who means it takes `deleteLock` away with an up before.
      for (const { id, type } of this.#world.resources()) if (isLock(type)) this.#world.remove(id);
      const { changes } = await one.stack.destroy(this.#events);
      const left = one === this.#first ? this.#world.resources() : [];
      return { changes, failures: left.map(({ id }) => `is still there: ${id}`) };
    });
  }

  /** A rehearsed fault must be felt: an update that did not notice it proves nothing. A 429 alone is retried. */
  async #upWith(fault: Fault): Promise<Outcome> {
    this.#world.inject(fault);
    // One that has not hit must not hit a later update.
    const hasHit = (): boolean => !this.#world.withdraw(fault);
    try {
      const { changes } = await this.#first.stack.up(this.#events);
      if (!hasHit()) {
        return { changes, failures: [`${fault.kind} hit nothing: this update made no ${fault.type ?? "resource"}`] };
      }
      return { changes, failures: fault.kind === "throttled" ? [] : [`the update did not notice ${fault.kind}`] };
    } catch (error) {
      // Anything else that fails the update is no answer to the fault.
      if (!hasHit() || fault.kind === "throttled" || this.steps.stopped) throw error;
      return { changes: {} };
    }
  }

  /** Protection must hold whatever is asked: nothing may be gone after a destroy that was refused. */
  async #refused(one: RehearsalStack): Promise<Outcome> {
    const before = this.#world.resources().map(({ id }) => id);
    try {
      await one.stack.destroy(this.#events);
      return { changes: {}, failures: ["protected data was destroyed"] };
    } catch (error) {
      if (this.steps.stopped) throw error;
      const failures = /protect|cannot be deleted/i.test(engineMessage(error)) ? [] : [engineMessage(error)];
      const gone = before.filter((id) => this.#world.resource(id) === undefined);
      return {
        changes: {},
        failures: [...failures, ...gone.map((id) => `is gone although data was protected: ${id}`)],
      };
    }
  }

  #step(step: string, { name }: RehearsalStack, act: () => Promise<Outcome>): Promise<boolean> {
    // The first stack needs no name: it is the only one that people think of.
    return this.steps.run(name === this.#first.name ? step : `${step} of ${name}`, act);
  }
}

function isFault(mishap: Mishap): mishap is Fault {
  return mishap.kind !== "drift" && mishap.kind !== "deletion";
}

function counts({ adopted, forgotten, pending }: Recovery): Outcome {
  return { changes: { adopted: adopted.length, forgotten: forgotten.length, pending: pending.length } };
}

/** A pool in state Failed exists and is no use; an engine that was refreshed since takes it for done. */
function unfinished(world: Rehearsal["world"]): string[] {
  return world
    .resources()
    .filter(({ provisioningState }) => provisioningState !== "Succeeded")
    .map(({ id, provisioningState }) => `is in state ${provisioningState}: ${id}`);
}

function isProtected({ resources = [] }: EngineState): boolean {
  return resources.some((it) => it.protect === true);
}

/** What `pulumi state unprotect --all` does: the word that somebody must type before data can go. */
function unprotected(state: EngineState): EngineState {
  return { ...state, resources: (state.resources ?? []).map((it) => ({ ...it, protect: false })) };
}

function unchanged({ changes }: Outcome): Outcome {
  const moved = Object.entries(changes).filter(([kind]) => kind !== "same");
  return { changes, failures: moved.map(([kind, count]) => `${kind} ${count ?? 0}: nothing had changed`) };
}

function heals({ changes }: Outcome): Outcome {
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
      // A provider is named by its URN and its ID. Its name may hold what is between them, its ID does not.
      const providerUrn = provider?.slice(0, provider.lastIndexOf("::")) ?? "";
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
