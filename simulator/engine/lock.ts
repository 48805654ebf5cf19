import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning } from "../../core/is-running";

/** A lock of another machine (a shared home folder) counts for this long, for its process cannot be looked up. */
const foreignLockMinutes = 60;

/**
 * Holds a lock file while `work` runs; others wait. A lock whose process is gone is taken over.
 * @param waiting called about once a second while another process holds it
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  waiting: (holder: string) => void = () => undefined,
): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  for (let holder = takeLock(path); holder !== undefined; holder = takeLock(path)) {
    waiting(holder);
    await sleep(1000);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/**
 * Takes a lock file, also one whose process is gone. Whoever took it removes the file when done.
 * @returns process and machine that hold it, separated by a space; undefined when it is ours now
 */
export function takeLock(path: string): string | undefined {
  while (!tryToTake(path, `${process.pid} ${hostname()}`)) {
    const holder = readHolder(path);
    if (holder !== undefined && !isStale(path, holder)) return holder;
    if (holder !== undefined) removeStale(path, holder);
  }
  return undefined;
}

/** Makes a lock file that says who holds it. @returns whether there was none */
export function tryToTake(path: string, name: string): boolean {
  try {
    writeFileSync(path, name, { flag: "wx" });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** What a lock file says of its holder; undefined when it was let go meanwhile. */
export function readHolder(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

function isStale(path: string, holder: string): boolean {
  const [pid = "", host] = holder.split(" ");
  if (host === hostname()) return !isRunning(Number(pid));
  const { mtimeMs = Date.now() } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return Date.now() - mtimeMs > foreignLockMinutes * 60_000;
}

/** Removes a stale lock. Moved aside first: of two processes that see the same one only one moves it. */
export function removeStale(path: string, holder: string): void {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw error;
  }
  // Somebody took the stale lock between our look and our move: theirs goes back.
  if (readFileSync(aside, "utf8") !== holder) renameSync(aside, path);
  else rmSync(aside, { force: true });
}

/** Whether an error of Node carries this code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
