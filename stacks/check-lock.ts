import { type VersionLock, versionLocks } from "../catalog/version-locks";
import type { Problems } from "../core/problems";

/** Notes a problem for a lock that no environment may have any more. */
export function checkLock(
  { name, retiredOn }: VersionLock,
  today: string,
  problems: Problems,
  locks: readonly VersionLock[] = versionLocks,
): void {
  const open = locks.filter((it) => it.retiredOn === null || today < it.retiredOn);
  problems.require(
    retiredOn === null || today < retiredOn,
    "environment.versions",
    `must be a lock that is kept: this one was retired on ${retiredOn ?? ""}`,
    { got: name, remedy: `npm run upgrade plans the way to ${open.map((it) => it.name).join(" or ")}` },
  );
}
