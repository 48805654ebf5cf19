import { isAtLeast } from "../../catalog/kubernetes-versions";
import { type VersionLock, versionsOf } from "../../catalog/version-locks";
import { minorOfComponent, type VersionKey, versionRuleOf } from "../../catalog/version-set";
import { versions } from "../../catalog/versions";
import type { Problems } from "../../core/problems";
import { keysOf } from "../../core/records";
import { text } from "../../core/property-tree";
import type { AddOnPlan } from "./plan-platform";

/** What of an add-on is looked at. */
export type PlannedVersion = Pick<AddOnPlan, "key" | "release">;

/** A planned release of a chart that the set knows. */
interface Member {
  readonly key: string;
  readonly component: VersionKey;
  readonly version: string;
}

/**
 * Notes a problem for what is planned and not of the set of versions that work together: another version of a chart, a Kubernetes
 * version that a component does not run on, and two components that do not fit each other. A chart that the set does not have is its
 * owner's affair.
 */
export function checkVersions(
  addOns: readonly PlannedVersion[],
  { kubernetesVersion, lock }: { readonly kubernetesVersion: string; readonly lock: VersionLock },
  problems: Problems,
): void {
  const locked = versionsOf(lock);
  const members = addOns.flatMap(memberOf);
  for (const { key, component, version } of members) {
    const pin = locked[component].version;
    problems.require(
      version === pin,
      key,
      `must be version ${pin} of ${component}, the one of the set that works together`,
      {
        got: version,
        remedy: "Move the whole set (catalog/versions.ts), not one of it",
      },
    );
    const rule = versionRuleOf(component, version);
    const since = rule?.kubernetesSince ?? null;
    problems.require(
      since === null || isAtLeast(kubernetesVersion, since),
      key,
      `needs Kubernetes ${since ?? ""} or newer`,
      { got: kubernetesVersion, remedy: "Upgrade the cluster, or leave it out" },
    );
    for (const other of members) {
      const fitting = rule?.worksWith[other.component];
      problems.require(
        fitting === undefined || fitting.includes(minorOfComponent(other.version)),
        other.key,
        `must be ${other.component} ${fitting?.join(" or ") ?? ""}: ${component} ${version} of ${key} does not work with others`,
        { got: other.version },
      );
    }
  }
  problems.require(
    members.length === 0 || isAtLeast(lock.kubernetes.newest, kubernetesVersion),
    members[0]?.key ?? "",
    `needs Kubernetes ${lock.kubernetes.newest} or older: nobody has looked at this set of versions on a newer one`,
    { got: kubernetesVersion, remedy: "Use an older version, or renew the set" },
  );
}

function memberOf({ key, release }: PlannedVersion): Member[] {
  const chart = text(release, "chart");
  const version = text(release, "version");
  return keysOf(versions)
    .filter((component) => {
      const row = versions[component];
      return "chart" in row && row.chart === chart;
    })
    .map((component) => ({ key, component, version: version ?? "" }));
}
