import { readFileSync } from "node:fs";

/**
 * Whether a process of this machine runs. One that has ended, and that its parent has not collected yet, does not: a container whose
 * first process collects late, or never, would otherwise keep locks of the dead. Only Linux shows that without another program.
 */
export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    // Signal 0 only asks.
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process runs, too.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return !/^[ZX]/.test(stateOf(pid));
}

/** The letter that Linux gives to the state of a process; nothing elsewhere. It follows the name, which may hold anything, in parentheses. */
function stateOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1) ?? "";
  } catch {
    return "";
  }
}
