import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** A running process of a rehearsal. */
export interface RehearsalProcess {
  readonly pid: number;
  /** Its command line, then its environment. */
  readonly command: string;
}

/** Every process that works in a folder: engine, providers, API server and its store. */
export function processesOf(folder: string): RehearsalProcess[] {
  const maxBuffer = 64 * 2 ** 20;
  const lines = execFileSync("ps", ["axeww", "-o", "pid=,stat=,args="], { encoding: "utf8", maxBuffer }).split("\n");
  return lines.flatMap((line) => {
    const [, pid = "", stat = "", command = ""] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    // One that has ended and waits to be collected does nothing.
    return stat.startsWith("Z") || !command.includes(folder) ? [] : [{ pid: Number(pid), command }];
  });
}

/** The engine that works in a folder now. */
export function engineOf(folder: string): number {
  const engine = processesOf(folder).find(({ command }) => command.startsWith(`${folder}/engine/bin/pulumi`));
  if (engine === undefined) throw new Error(`No engine works in ${folder}.`);
  return engine.pid;
}

/** Providers that serve an engine in a folder. */
export function providersOf(folder: string): RehearsalProcess[] {
  return processesOf(folder).filter(({ command }) => /simulator\/(azure|kubernetes)\/main\.ts/.test(command));
}

/** Waits for something that must come. Gives up before vitest would, so that it can say what did not come. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 300_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`It never came to this: ${what}`);
    await sleep(50);
  }
}
