import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { Fault } from "../azure/fault";
import type { OperationRecord } from "../azure/store";
import type { Changes, EngineState, RehearsedStack, Rehearsal } from "./rehearsal";
import { schedule, type Schedule, type TimedOperation } from "./schedule";

/** What may go wrong in a rehearsal: what Azure answers, or what somebody does behind Pulumi's back. */
export type Mishap = Fault | { readonly kind: "drift" | "deletion"; readonly type: string };

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

/** What a rehearsal is told besides the stack. */
export interface RehearseOptions {
  readonly mishap?: Mishap;
  /** Leaves everything in place instead of destroying it. */
  readonly keep: boolean;
  readonly onStep?: (name: string) => void;
  readonly onEvent?: (event: EngineEvent) => void;
  /** Checks what was made, and names what is wrong. */
  readonly check: (outputs: Readonly<Record<string, unknown>>) => readonly string[];
}

/** Lives the life of a stack: up, checks, a second up that changes nothing, destroy that leaves nothing. */
export async function rehearse(
  rehearsal: Rehearsal,
  stack: RehearsedStack,
  options: RehearseOptions,
): Promise<RehearsalResult> {
  const { mishap, onEvent } = options;
  const { world } = rehearsal;
  const events = onEvent === undefined ? {} : { onEvent };
  const steps: Step[] = [];
  const step = async (
    name: string,
    act: () => Promise<{ changes: Changes; failures?: readonly string[] }>,
  ): Promise<boolean> => {
    options.onStep?.(name);
    const started = process.hrtime.bigint();
    const seconds = (): number => Number(process.hrtime.bigint() - started) / 1e9;
    try {
      const { changes, failures = [] } = await act();
      steps.push({ name, realSeconds: seconds(), changes, failures });
      return failures.length === 0;
    } catch (error) {
      steps.push({ name, realSeconds: seconds(), changes: {}, failures: [engineMessage(error)] });
      return false;
    }
  };
  const finish = async (): Promise<RehearsalResult> => {
    const operations = timed(world.operations(), await stack.state(), before);
    const report = schedule(operations.list, operations.waitsFor);
    return { steps, ok: steps.every((it) => it.failures.length === 0), schedule: report, operations: operations.list };
  };

  const before = world.operations().length;
  if (mishap !== undefined && isFault(mishap)) {
    world.inject(mishap);
    await step(`up with ${mishap.kind}`, async () => failsWith(mishap, () => stack.up(events)));
    await stack.cancel().catch(() => undefined);
  }
  const made = await step("up", async () => {
    const { changes, outputs } = await stack.up({ ...events, refresh: mishap !== undefined });
    const values = Object.fromEntries(
      Object.entries(outputs).map(([key, { value }]): [string, unknown] => [key, value]),
    );
    const secrets = Object.entries(outputs).flatMap(([key, { secret }]) =>
      secret ? [`output ${key} is a secret: a handover holds none`] : [],
    );
    return { changes, failures: [...secrets, ...options.check(values)] };
  });
  const result = await finish();
  if (made && mishap !== undefined && !isFault(mishap)) {
    const target = world.resources(mishap.type)[0];
    if (target === undefined) throw new Error(`The stack has no ${mishap.type} for ${mishap.kind}.`);
    if (mishap.kind === "drift") world.drift(target.id, { tags: { changedBy: "somebody else" } });
    else world.remove(target.id);
    await step(`up after ${mishap.kind}`, async () => heals(await stack.up({ ...events, refresh: true })));
  }
  if (made) await step("second up", async () => unchanged(await stack.up(events)));
  if (!options.keep) {
    await step("destroy", async () => {
      const { changes } = await stack.destroy(events);
      return { changes, failures: world.resources().map(({ id }) => `is still there: ${id}`) };
    });
  }
  return { ...result, steps, ok: steps.every((it) => it.failures.length === 0) };
}

function isFault(mishap: Mishap): mishap is Fault {
  return mishap.kind !== "drift" && mishap.kind !== "deletion";
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
  const told = lines.filter((it) => /error:|panic:|incorrect passphrase|locked by/.test(it)).map((it) => it.trim());
  return [...new Set(told)].join("\n") || lines.slice(-5).join("\n");
}
