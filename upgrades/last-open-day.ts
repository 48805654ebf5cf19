import { kubernetesVersions, parseKubernetesVersion } from "../catalog/kubernetes-versions";
import { defaultLock, type VersionLock, versionLocks } from "../catalog/version-locks";
import { writtenValue } from "../stacks/written-value";

/**
 * The day to plan a stack file on that is to be upgraded: today, or the last one on which its lock was kept and its Kubernetes supported.
 * Later a preview refuses the file as it is, and who comes late is to find the way out all the same.
 */
export function lastOpenDay(
  values: Readonly<Record<string, string>>,
  today: string,
  locks: readonly VersionLock[] = versionLocks,
): string {
  const lock = locks.find(({ name }) => name === (writtenValue(values, "environment", "versions") ?? defaultLock));
  const minor = parseKubernetesVersion(writtenValue(values, "cluster", "kubernetesVersion") ?? "")?.minor;
  const row = kubernetesVersions.find((it) => it.minor === minor);
  const ends = [
    ...(lock?.retiredOn == null ? [] : [dayBefore(lock.retiredOn)]),
    // Long-term support is longer, and a file that has it is open until then.
    ...(row === undefined || today > row.endOfLongTermSupport ? [] : [row.endOfSupport]),
  ];
  return [today, ...ends].sort()[0] ?? today;
}

function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}
