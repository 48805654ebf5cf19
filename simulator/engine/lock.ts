import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

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
  await mkdir(dirname(path), { recursive: true });
  while (!(await take(path))) {
    const holder = await readHolder(path);
    if (holder !== undefined && (await isStale(path, holder))) await removeStale(path, holder);
    else {
      if (holder !== undefined) waiting(holder);
      await sleep(1000);
    }
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, `${process.pid} ${hostname()}`, { flag: "wx" });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

async function readHolder(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

async function isStale(path: string, holder: string): Promise<boolean> {
  const [pid = "", host] = holder.split(" ");
  if (host === hostname()) return !isRunning(Number(pid));
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > foreignLockMinutes * 60_000;
}

/** Moved aside first: of two processes that see the same stale lock only one moves it. */
async function removeStale(path: string, holder: string): Promise<void> {
  const aside = `${path}.stale-${process.pid}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw error;
  }
  // Somebody took the stale lock between our look and our move: theirs goes back.
  if ((await readFile(aside, "utf8")) !== holder) await rename(aside, path);
  else await rm(aside, { force: true });
}

/** Whether a process runs. Signal 0 only asks. */
export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

/** Whether an error of Node carries this code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
