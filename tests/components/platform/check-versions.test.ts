import { describe, expect, it } from "vitest";
import { findLock, type VersionLock, versionLocks, versionsOf } from "../../../catalog/version-locks";
import { minorOfComponent, untestedPairs, type VersionKey, versionRules } from "../../../catalog/version-set";
import { versions } from "../../../catalog/versions";
import { checkVersions, type PlannedVersion } from "../../../components/platform/check-versions";
import { Problems } from "../../../core/problems";

/** A release of a chart of the set, at its own version or another. */
function release(component: VersionKey, version: string = versions[component].version): PlannedVersion {
  const row = versions[component];
  return { key: component, release: { chart: "chart" in row ? row.chart : component, version } };
}

function problemsOf(
  planned: readonly PlannedVersion[],
  kubernetesVersion = "1.36",
  lock: VersionLock = findLock("2026.10"),
): string[] {
  const problems = new Problems();
  checkVersions(planned, { kubernetesVersion, lock }, problems);
  return problems.list.map(({ path, rule, got }) => `${path}: ${rule}; got ${got ?? ""}`);
}

describe.each(versionLocks.map((lock): [string, VersionLock] => [lock.name, lock]))("lock %s", (_, lock) => {
  const locked = versionsOf(lock);
  const charts = (Object.keys(locked) as VersionKey[]).filter((it) => "chart" in locked[it]);

  it.each([lock.kubernetes.version, lock.kubernetes.newest])(
    "fits together, all of it, on Kubernetes %s",
    (version) => {
      const planned = charts.map((it) => release(it, locked[it].version));
      expect(problemsOf(planned, version, lock)).toEqual([]);
    },
  );

  it("has no rule that its own pins break", () => {
    const broken = versionRules
      .filter(({ component, of }) => of.includes(minorOfComponent(locked[component].version)))
      .flatMap(({ component, worksWith }) =>
        (Object.keys(worksWith) as VersionKey[])
          .filter((it) => worksWith[it]?.includes(minorOfComponent(locked[it].version)) !== true)
          .map((it) => `${component} ${it}`),
      );
    expect(broken).toEqual([]);
  });

  it("leaves no component without the rules that another version of it has", () => {
    const ruled = new Set(versionRules.map(({ component }) => component));
    const without = [...ruled].filter(
      (component) =>
        !versionRules.some(
          (it) => it.component === component && it.of.includes(minorOfComponent(locked[component].version)),
        ),
    );
    expect(without).toEqual([]);
  });

  it("takes no chart of another lock", () => {
    const others = versionLocks.filter((it) => it.name !== lock.name).map((it) => versionsOf(it));
    const foreign = others.flatMap((other) =>
      charts.filter((it) => other[it].version !== locked[it].version).map((it) => release(it, other[it].version)),
    );
    expect(foreign.length).toBeGreaterThan(0);
    for (const it of foreign) expect(problemsOf([it], lock.kubernetes.version, lock).join()).toMatch(/must be version/);
  });
});

describe("the set of versions", () => {
  it("calls no pair untested that its own pins make the tested one", () => {
    const tested = untestedPairs.filter(({ other, testedWith }) =>
      versions[other].version.replace(/^v/, "").startsWith(`${testedWith}.`),
    );
    expect(tested).toEqual([]);
  });

  it("names a source for each rule", () => {
    expect(
      [...versionRules, ...untestedPairs].filter(({ source }) => !/^(https:\/\/|[\w.-]+\/[\w.-]+[: ])/.test(source)),
    ).toEqual([]);
  });
});

describe("checkVersions", () => {
  it("leaves a chart of the user's own alone", () => {
    expect(
      problemsOf([
        { key: "own", release: { chart: "own", version: "0.0.1" } },
        { key: "none", release: null },
      ]),
    ).toEqual([]);
  });

  it("fails on another version of a chart, and names what it does not fit", () => {
    expect(problemsOf([release("kueue"), release("leaderWorkerSet", "0.10.0")])).toEqual([
      'leaderWorkerSet: must be leaderWorkerSet 0.9: kueue 0.19.2 of kueue does not work with others; got "0.10.0"',
      'leaderWorkerSet: must be version 0.9.0 of leaderWorkerSet, the one of the set that works together; got "0.10.0"',
    ]);
  });

  it.each([
    [[release("networkOperator")], "1.31.4", 'networkOperator: needs Kubernetes 1.32 or newer; got "1.31.4"'],
    [[release("nvidiaDraDriver")], "1.33", 'nvidiaDraDriver: needs Kubernetes 1.34 or newer; got "1.33"'],
    [
      [release("jobSet")],
      "1.38",
      'jobSet: needs Kubernetes 1.37 or older: nobody has looked at this set of versions on a newer one; got "1.38"',
    ],
  ])("fails on a Kubernetes version that a component does not run on: %#", (planned, version, problem) => {
    expect(problemsOf(planned, version)).toEqual([problem]);
  });
});
