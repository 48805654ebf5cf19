import { expect, it } from "vitest";
import { versions } from "../../catalog/versions";
import type { PlannedResource } from "../../core/planned-resource";
import { findLock } from "../../catalog/version-locks";
import { versionNotes } from "../../preview/version-notes";

/** A planned resource with the chart of a release. */
function planned(chart: string, type = "kubernetes:helm.sh/v3:Release"): PlannedResource {
  return {
    urn: `urn:pulumi:dev::azure-gpu-cluster::${type}::${chart}`,
    type,
    name: chart,
    custom: true,
    parent: "",
    id: "",
    inputs: { chart },
    outputs: {},
    dependencies: [],
    propertyDependencies: {},
    provider: "",
    options: {},
  };
}

const environment = { lock: findLock("2026.10") };
const { kServeController, leaderWorkerSet, certManager, kueue } = versions;
const noteOnLeaderWorkerSet =
  "platform.kServeController: v0.20.0 is tested with leaderWorkerSet 0.8, and runs with 0.9.0 here: 0.9 changed none of the fields that " +
  "KServe writes. Try your own models before you rely on it";

it("tells of each pair that is installed and that nobody tests", () => {
  const resources = [kServeController, leaderWorkerSet, certManager].map(({ chart }) => planned(chart));
  expect(versionNotes({ environment, resources })).toEqual([
    noteOnLeaderWorkerSet,
    "platform.kServeController: v0.20.0 is tested with certManager 1.17, and runs with v1.21.1 here: KServe asks it for one Issuer and one " +
      "Certificate of the stable API. Try your own models before you rely on it",
  ]);
});

it("knows a chart in a mirror", () => {
  const resources = [
    planned("oci://mirror.azurecr.io/kserve/kserve-llmisvc-resources"),
    planned("oci://m.io/copies/lws"),
  ];
  expect(versionNotes({ environment, resources })).toEqual([noteOnLeaderWorkerSet]);
});

it("is silent where only one of a pair is installed", () => {
  expect(
    versionNotes({ environment, resources: [leaderWorkerSet, certManager, kueue].map(({ chart }) => planned(chart)) }),
  ).toEqual([]);
  expect(versionNotes({ environment, resources: [planned(kServeController.chart)] })).toEqual([]);
  const other = planned(leaderWorkerSet.chart, "kubernetes:core/v1:ConfigMap");
  expect(versionNotes({ environment, resources: [planned(kServeController.chart), other] })).toEqual([]);
});

it("says the versions of the environment's own lock", () => {
  const resources = [kServeController, certManager].map(({ chart }) => planned(chart));
  expect(versionNotes({ environment: { lock: findLock("2026.12") }, resources })).toEqual([
    expect.stringContaining("runs with v1.21.2 here"),
  ]);
});
