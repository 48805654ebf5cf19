import { parseKubernetesVersion } from "../catalog/kubernetes-versions";
import { limits } from "../catalog/limits";
import { type VersionLock, versionLocks } from "../catalog/version-locks";
import { closestHint } from "../core/closest-names";
import { Problems } from "../core/problems";
import type { UpgradeFacts } from "./upgrade-facts";

/**
 * The lock that an environment is to come to.
 * @throws MisconfiguredError for one that does not exist, is the own one or an older one, or that others come before
 */
export function checkUpgrade(
  { environment, lock, kubernetesVersion, pools }: UpgradeFacts,
  to: string,
  today: string,
  locks: readonly VersionLock[] = versionLocks,
): VersionLock {
  const problems = new Problems();
  const names = locks.map(({ name }) => name);
  const target = locks.find(({ name }) => name === to);
  problems.require(target !== undefined, "to", "must be a lock that exists", {
    got: to,
    remedy: closestHint(to, names, `Locks: ${names.join(", ")}`),
  });
  if (target !== undefined) checkOrder(lock, target, names, problems);
  if (target !== undefined && problems.list.length === 0) {
    problems.require(target.retiredOn === null || today < target.retiredOn, "to", "must be a lock that is kept", {
      got: to,
      remedy: `It was retired on ${target.retiredOn ?? ""}`,
    });
    const [now, then] = [minorOf(kubernetesVersion), minorOf(target.kubernetes.version)];
    // A cluster that is ahead stays where it is.
    for (const { section, key, kubernetesVersion: own, held } of pools) {
      const behind = Math.max(now, then) - minorOf(own ?? kubernetesVersion);
      problems.require(
        held || behind <= limits.aksVersionSkew.value,
        `${section}.${key}.kubernetesVersion`,
        `must be at most ${limits.aksVersionSkew.value} minor versions behind ${target.kubernetes.version}, to which the lock brings the cluster`,
        { got: own ?? kubernetesVersion, remedy: "Upgrade the pool first" },
      );
    }
  }
  problems.throwIfAny(`The upgrade of '${environment}'`);
  if (target === undefined) throw new Error("The checks let a lock pass that does not exist.");
  return target;
}

/** One lock after the other, and never back: nobody has tried another way. */
function checkOrder(from: VersionLock, target: VersionLock, names: readonly string[], problems: Problems): void {
  const [now, then] = [names.indexOf(from.name), names.indexOf(target.name)];
  problems.require(then !== now, "to", "must be another lock: the environment has this one", { got: target.name });
  problems.require(then >= now, "to", `must be newer than ${from.name}, which the environment has`, {
    got: target.name,
    remedy: "Kubernetes does not go back. The plan of each upgrade says what of it can be undone, and until when",
  });
  problems.require(
    then <= now || target.after === from.name,
    "to",
    `must be the lock after ${from.name}: one is upgraded from the one before it`,
    { got: target.name, remedy: `First to ${names[now + 1] ?? ""}` },
  );
}

function minorOf(version: string): number {
  return Number(parseKubernetesVersion(version)?.minor.split(".")[1]);
}
