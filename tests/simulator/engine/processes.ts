import { execFileSync } from "node:child_process";

/** Whether a process does anything still: one that has ended and waits to be collected does not. */
export function isAlive(pid: number): boolean {
  return processes().some((it) => it.pid === pid);
}

/** All processes whose command line contains a text. */
export function processesWith(text: string): string[] {
  return processes()
    .filter(({ command }) => command.includes(text))
    .map(({ command }) => command);
}

function processes(): { pid: number; command: string }[] {
  const lines = execFileSync("ps", ["-eo", "pid=,stat=,args="], { encoding: "utf8" }).trimEnd().split("\n");
  return lines.flatMap((line) => {
    const [, pid = "", stat = "", command = ""] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return stat.startsWith("Z") ? [] : [{ pid: Number(pid), command }];
  });
}
