import { spokenName } from "../core/urn";
import type { Paint } from "../preview/render-text";
import { isOutOfReach, type Place } from "../simulator/kubernetes/reach";
import type { RehearsalResult } from "../simulator/rehearsal/rehearse";
import type { TimedOperation } from "../simulator/rehearsal/schedule";
import { type Step, stopped } from "../simulator/rehearsal/steps";

/** Operations shorter than this are left out of the timeline. Simulated seconds. */
const shortest = 60;
const width = 40;

/** What was rehearsed: an environment, and where its commands ran. */
export interface Rehearsed {
  readonly environment: string;
  readonly from: Place;
}

/**
 * What a person reads after a rehearsal: each step, the timeline of `up`, what decided how long it took, and at the end how it went
 * and what to do.
 */
export function renderRehearsal(rehearsed: Rehearsed, result: RehearsalResult, paint: Paint): string {
  const { steps, ok, operations } = result;
  return [
    `${paint("bold", rehearsed.environment)} rehearsed`,
    "",
    ...steps.flatMap((it) => stepLines(it, paint)),
    "",
    ...(operations.length === 0 ? [] : timeline(result, paint)),
    ok
      ? paint("green", "All went well. Times are assumptions about Azure, not measurements.")
      : paint("red", whatFailed(rehearsed, steps)),
    "",
  ].join("\n");
}

function whatFailed({ environment, from }: Rehearsed, steps: readonly Step[]): string {
  const failures = steps.flatMap((it) => it.failures);
  if (failures.includes(stopped)) return "Stopped.";
  if (!failures.some(isOutOfReach)) return "Something failed.";
  return [
    `The API server is private, and a ${from} does not reach it: pulumi up fails there in the same way.`,
    `From where it works:  npm run rehearse -- ${environment} --from runner`,
  ].join("\n");
}

function timeline({ schedule, operations }: RehearsalResult, paint: Paint): string[] {
  const total = schedule.makespan;
  const begin = Math.min(...operations.map((it) => it.requested));
  const long = operations
    .filter((it) => it.end - it.start >= shortest)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const widest = Math.max(0, ...long.map((it) => spokenName(it.urn).length));
  const ratio = schedule.lowerBound === 0 ? 1 : total / schedule.lowerBound;
  return [
    paint("bold", "Timeline of up, simulated"),
    ...long.map(
      (it) =>
        `  ${clock(it.start - begin)} ${bar(it, begin, total)} ${clock(it.end - begin)}  ${spokenName(it.urn).padEnd(widest)}${it.throttledWait > 0 ? `  waited ${clock(it.throttledWait)} for the throttle` : ""}`,
    ),
    `  ${operations.length - long.length} operations under a minute are left out`,
    "",
    paint("bold", "What decided the end"),
    `  ${schedule.criticalPath.map((it) => `${spokenName(it.urn)} ${clock(it.end - it.start)}`).join(" > ")}`,
    `  ${clock(total)} in all; the best that dependencies (${clock(schedule.longestPath)}) and the throttle (${clock(schedule.throttleBound)}) allow is ${clock(schedule.lowerBound)}: x ${ratio.toFixed(2)}`,
    "",
  ];
}

function stepLines({ name, realSeconds, changes, failures }: Step, paint: Paint): string[] {
  const counted = Object.entries(changes)
    .filter(([, count]) => (count ?? 0) > 0)
    .map(([kind, count]) => `${kind} ${count ?? 0}`)
    .join(", ");
  const verdict = failures.length === 0 ? paint("green", "ok") : paint("red", "failed");
  return [
    `  ${verdict} ${name}: ${counted || "nothing"} (${realSeconds.toFixed(1)} s real)`,
    ...failures.map((it) => paint("red", `     ${it.replace(/\n/g, "\n     ")}`)),
  ];
}

function bar({ start, end }: TimedOperation, begin: number, total: number): string {
  const at = (seconds: number): number => Math.round(((seconds - begin) / Math.max(1, total)) * width);
  const [from, to] = [at(start), Math.max(at(start) + 1, at(end))];
  return `${".".repeat(from)}${"#".repeat(to - from)}${".".repeat(Math.max(0, width - to))}`;
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, "0")}`;
}
