import type { Subject } from "../policies/engine/rule";
import { Pack, requestOf, stackRequestOf } from "./pack-process";

/** How long the policy pack took, in a process of its own, in seconds. */
export interface PackTimes {
  /** Until it said where it listens: Node, the SDK of policies and all rules. */
  readonly load: number;
  /** From the first question to the last answer, as an engine asks: about each resource, then about all of them. */
  readonly first: number;
  /** The same again, in the same process. */
  readonly again: number;
}

/** Asks a new process about resources, twice. What it finds is no matter here. */
export async function benchPack(resources: readonly Subject[]): Promise<PackTimes> {
  const questions = [...resources.map(requestOf), stackRequestOf(resources)];
  const started = process.hrtime.bigint();
  const pack = await Pack.start("policies", ".");
  const load = secondsSince(started);
  const round = async (): Promise<number> => {
    const asked = process.hrtime.bigint();
    for (const it of questions) await pack.ask(it);
    return secondsSince(asked);
  };
  try {
    return { load, first: await round(), again: await round() };
  } finally {
    await pack.stop();
  }
}

function secondsSince(started: bigint): number {
  return Number(process.hrtime.bigint() - started) / 1e9;
}

/** The pack over one stack, as the table of the bench has it. */
export interface PackRow extends PackTimes {
  readonly stack: string;
  readonly resources: number;
  /** `first` over what a program takes that only loads the SDK and the provider modules: the same on a slower machine. */
  readonly timesFloor: number;
  readonly hold: string;
}

/**
 * Medians of some runs, each of them of a process of its own.
 * @param floor Seconds of the program that all processes are compared with.
 */
export function packRow(
  { stack, resources, hold }: Pick<PackRow, "stack" | "resources" | "hold">,
  runs: readonly PackTimes[],
  floor: number,
): PackRow {
  const median = (of: keyof PackTimes): number =>
    Number((runs.map((it) => it[of]).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0).toFixed(2));
  const [load, first, again] = [median("load"), median("first"), median("again")];
  return { stack, resources, load, first, again, timesFloor: Number((first / floor).toFixed(2)), hold };
}

/** A row as people read it. */
export function packLine({ stack, resources, load, first, again, timesFloor, hold }: PackRow): string {
  const cells = [
    `pack over ${stack}, ${resources} resources`.padEnd(46),
    `${first.toFixed(2).padStart(6)} s, ${again.toFixed(2)} s again, after ${load.toFixed(2)} s to load`,
    `x ${timesFloor.toFixed(2)}`,
  ];
  return `${cells.join("  ")}${hold === "" ? "" : `  hold ${hold}`}`;
}
