import { expect, it } from "vitest";
import type { Value } from "../../core/property-value";
import { kubernetesVersion } from "../../preflight/kubernetes-version";
import { absent, found, silent, told } from "./answers";

const offer = (version: string, plans: readonly string[], more: Readonly<Record<string, Value>> = {}): Value => ({
  version,
  capabilities: { supportPlan: plans },
  patchVersions: { [`${version}.1`]: { upgrades: [] }, [`${version}.2`]: { upgrades: [] } },
  ...more,
});
const both = ["KubernetesOfficial", "AKSLongTermSupport"];
const offered = found({
  values: [
    offer("1.33", ["AKSLongTermSupport"]),
    offer("1.35", both),
    offer("1.36", ["KubernetesOfficial"]),
    offer("1.37", ["KubernetesOfficial"], { isPreview: true }),
  ],
});
const running = (version: string): ReturnType<typeof found> =>
  found({ id: "x", properties: { kubernetesVersion: version, currentKubernetesVersion: `${version}.9` } });

it.each<
  [
    version: string,
    supportPlan: string | null,
    clusters: readonly ReturnType<typeof found>[],
    verdict: string,
    have: string,
  ]
>([
  ["1.35", null, [absent], "ok", "offered, patches 1.35.1, 1.35.2"],
  ["1.35.2", "AKSLongTermSupport", [absent], "ok", "offered"],
  ["1.35.9", null, [absent], "missing", "not offered; patches are 1.35.1, 1.35.2"],
  ["1.35.9", null, [running("1.35")], "ok", "offered"],
  ["1.32", null, [absent], "missing", "not offered; there are 1.33, 1.35, 1.36, 1.37"],
  ["1.32", null, [running("1.32")], "warning", "no longer offered; the cluster runs it"],
  ["1.36", "AKSLongTermSupport", [absent], "missing", "offered under KubernetesOfficial alone"],
  ["1.33", "KubernetesOfficial", [absent], "missing", "offered under AKSLongTermSupport alone"],
  ["1.37", null, [absent], "warning", "a preview"],
])("%s under %s", (version, supportPlan, clusters, verdict, have) => {
  const needs = { subscriptionId: "one", location: "eastus", versions: [version], supportPlan, clusterIds: ["x"] };
  expect(told(kubernetesVersion.judge(needs, { offered, clusters }))).toEqual([[verdict, have]]);
});

it("is not known where nobody lists them", () => {
  const needs = { subscriptionId: "one", location: "eastus", versions: ["1.35"], supportPlan: null, clusterIds: [] };
  expect(told(kubernetesVersion.judge(needs, { offered: silent, clusters: [] }))).toEqual([
    ["unknown", "could not be asked: Azure failed"],
  ]);
});
