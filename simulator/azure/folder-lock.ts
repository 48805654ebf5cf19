import { rmSync, statSync } from "node:fs";
import { isRunning } from "../../core/is-running";
import { readHolder, removeStale, tryToTake } from "../engine/lock";

/** The lock is held for as long as a few small files are read and written: the rest is for a machine that is busy or asleep. */
const patienceMilliseconds = 60_000;

/**
 * Takes a lock file, and waits while another process holds it. A lock whose process is gone is taken over. Without
 * `await`, unlike `engine/lock.ts`: simulated time stands still only for work that runs to its end at once.
 * @returns lets the lock go
 * @throws Error when a process that runs does not let it go
 */
export function lockFolder(path: string): () => void {
  const giveUp = Date.now() + patienceMilliseconds;
  while (!tryToTake(path, String(process.pid))) {
    const holder = readHolder(path);
    // Let go between our try and our look.
    if (holder === undefined) continue;
    if (isStale(path, holder)) removeStale(path, holder);
    else if (Date.now() > giveUp) {
      const seconds = patienceMilliseconds / 1000;
      throw new Error(`Process ${holder} holds ${path} for more than ${seconds} s. Delete it if no rehearsal runs.`);
    } else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
  }
  return () => rmSync(path, { force: true });
}

function isStale(path: string, holder: string): boolean {
  if (holder !== "") return !isRunning(Number(holder));
  // Without a name: its process is about to write it, or died before it could.
  const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
  return Date.now() - mtimeMs > patienceMilliseconds;
}
