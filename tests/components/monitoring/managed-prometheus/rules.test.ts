import { describe, expect, it } from "vitest";
import { collectedLabels, type Exporter, exporters } from "../../../../catalog/exported-metrics";
import { linkFlaps } from "../../../../catalog/link-flaps";
import { findVmSize } from "../../../../catalog/vm-sizes";
import { faultyXids } from "../../../../catalog/driver-faults";
import type { GpuPoolRef } from "../../../../components/cluster/gpu-pool/gpu-pool-ref";
import { ruleGroups } from "../../../../components/monitoring/managed-prometheus/rule-group-body";
import type { RuleGroup } from "../../../../components/monitoring/managed-prometheus/rule-group";
import { conditionType } from "../../../../components/platform/node-health/controller-config";
import { pool } from "../../platform/facts";
import { promqlFaults } from "./promql";
import { PromqlFault, seriesLabels } from "./series-labels";

const rdmaResource = "rdma/ib";
const h200: GpuPoolRef = { ...pool("h200", "Standard_ND96isr_H200_v5"), rdmaResource, autoscaled: true };
const a100: GpuPoolRef = { ...pool("a100", "Standard_ND96asr_v4"), rdmaResource };
const a10: GpuPoolRef = { ...pool("a10", "Standard_NV36ads_A10_v5"), gpuStack: "aks-driver", gpusPerNode: 1 };
const mi300x: GpuPoolRef = { ...pool("mi300x", "Standard_ND96isr_MI300X_v5"), gpuStack: "amd-operator", rdmaResource };

const pools = { h200, a10, mi300x, all: [h200, a100, a10, mi300x] };
const everything = Object.entries(pools).map(
  ([name, it]) => [name, ruleGroups(it instanceof Array ? it : [it], true, "eastus")] as const,
);
const rulesOf = (groups: readonly RuleGroup[]) => groups.flatMap(({ rules }) => rules);
const [, all] = everything.find(([name]) => name === "all") ?? ["", []];

const exported = new Map(
  Object.values<Exporter>(exporters).flatMap(({ labels, metrics }) =>
    Object.entries(metrics).map(([name, own]) => [name, [...collectedLabels, ...labels, ...own]] as const),
  ),
);

/** Labels of exported metrics, and of the rules before one. Rules are made in their order, so none reads a later one. */
function recordedLabels(groups: readonly RuleGroup[]): Map<string, readonly string[]> {
  const recorded = new Map(exported);
  for (const rule of rulesOf(groups)) {
    if ("record" in rule)
      recorded.set(
        rule.record,
        seriesLabels(rule.expression, (name) => recorded.get(name)),
      );
  }
  return recorded;
}

describe.each(everything)("the rules of %s", (_, groups) => {
  it("are right in syntax and types", () => {
    const wrong = rulesOf(groups).flatMap(({ expression }) =>
      promqlFaults(expression).map((it) => `${it}: ${expression}`),
    );
    expect(wrong).toEqual([]);
  });

  it("read only metrics and labels that an exporter or an earlier rule has, and match one series by one", () => {
    const recorded = recordedLabels(groups);
    const labels = rulesOf(groups).map(({ expression }) => seriesLabels(expression, (name) => recorded.get(name)));
    // The agents write the name of the cluster into every sample: a rule that loses it mixes clusters, and Azure does not find its result.
    expect(labels.filter((it) => !it.includes("cluster"))).toEqual([]);
  });

  it("are called by the labels that their results have", () => {
    const recorded = recordedLabels(groups);
    const levels = rulesOf(groups).flatMap((rule) => ("record" in rule ? [rule.record.split(":")] : []));
    expect(levels.map((it) => it.length)).toEqual(levels.map(() => 3));
    expect(levels.map(([level]) => level)).toEqual(
      levels.map((it) => (recorded.get(it.join(":")) ?? []).filter((label) => label !== "cluster").join("_")),
    );
  });

  it("fit into groups as Azure takes them, each name once", () => {
    // The largest group of Microsoft's own template. Source: Azure/prometheus-collector:AddonBicepTemplate/FullAzureMonitorMetricsProfile.bicep
    expect(groups.filter(({ rules }) => rules.length > 19)).toEqual([]);
    const names = [
      ...groups.map(({ name }) => name),
      ...rulesOf(groups).map((it) => ("record" in it ? it.record : it.alert)),
    ];
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});

describe("what the rules are checked with", () => {
  const labelsIn = (expression: string) => seriesLabels(expression, (name) => exported.get(name));
  it.each([
    ["sum by (node (DCGM_FI_DEV_POWER_USAGE)", ["syntax at 13"]],
    ["rate(kube_node_labels)", ['expected type matrix in call to function "rate", got vector']],
    ["sum by (node) (DCGM_FI_DEV_POWER_USAGE)", []],
  ])("finds in %s what is wrong with it", (expression, expected) => {
    expect(promqlFaults(expression).slice(0, 1)).toEqual(expected);
  });

  it.each([
    ["sum by (cluster) (DCGM_FI_DEV_POWER_USAGES)", "no metric DCGM_FI_DEV_POWER_USAGES"],
    ["sum by (team) (DCGM_FI_DEV_POWER_USAGE)", "no label team"],
    ['DCGM_FI_DEV_POWER_USAGE{team="a"}', "no label team"],
    ["kube_pod_labels * on (node) kube_node_labels", "no label node"],
    ["kube_pod_labels * on (cluster) group_left (pool) kube_node_labels", "no label pool"],
    ["sum by (cluster, node) (kube_node_labels) * on (cluster, node) kube_node_labels", "several series may match"],
    ['label_replace(kube_node_labels, "pool", "$1", "pod", "(.+)")', "no label pod"],
    ["histogram_quantile(0.5, sum by (cluster) (kueue_admission_wait_time_seconds_bucket))", "no label le"],
  ])("refuses %s: %s", (expression, fault) => {
    expect(() => labelsIn(expression)).toThrow(PromqlFault);
    expect(() => labelsIn(expression)).toThrow(fault);
  });
});

describe("the recording rules", () => {
  const expressionOf = (groups: readonly RuleGroup[], name: string) =>
    rulesOf(groups).find((it) => ("record" in it ? it.record : it.alert) === name)?.expression;

  it("need every metric that is taken in, which bills, and no other", () => {
    const text = rulesOf(all)
      .map(({ expression }) => expression)
      .join("\n");
    expect([...exported.keys()].filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  });

  it("take prices of nodes from the catalogue", () => {
    const price = (key: keyof typeof pools, size: string) =>
      `max by (cluster, node) (node_pool:kube_node_labels:max{pool="${key}"}) * ${findVmSize(size)?.price?.usdPerHour ?? ""}`;
    expect(expressionOf(ruleGroups([h200, a10], true, "eastus"), "node:price_usd_per_hour:max")).toBe(
      `${price("h200", h200.size)} or ${price("a10", a10.size)}`,
    );
  });

  it("turn what each vendor counts energy in into kWh", () => {
    const energy = (expression: string) =>
      `sum by (cluster, namespace) (sum by (cluster, namespace, pod) (${expression}))`;
    const nvidia = 'increase(DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{pod!=""}[1h]) / 3.6e9';
    const amd = 'increase(gpu_energy_consumed{pod!=""}[1h]) / 3.6e12';
    const found = everything.map(([name, groups]) => [
      name,
      expressionOf(groups, "namespace:gpu_energy_kwh:increase1h"),
    ]);
    expect(Object.fromEntries(found)).toEqual({
      h200: energy(nvidia),
      a10: energy(nvidia),
      mi300x: energy(amd),
      all: energy(`${nvidia} or ${amd}`),
    });
  });

  it("leave links out where there are none", () => {
    const onLinks = everything.map(([name, groups]) => [
      name,
      groups.map((it) => it.name).filter((it) => it.startsWith("infiniband")),
    ]);
    const both = ["infiniband", "infiniband-alerts"];
    expect(Object.fromEntries(onLinks)).toEqual({ h200: both, a10: [], mi300x: both, all: both });
  });

  it("are none without GPU pools", () => {
    expect(ruleGroups([], true, "eastus")).toEqual([]);
  });
});

describe("the alert rules", () => {
  it("take numbers of errors, counts of devices and floors from the catalogue", () => {
    const alerts = Object.fromEntries(
      rulesOf(all).flatMap((it) => ("alert" in it ? [[it.alert, it.expression] as const] : [])),
    );
    expect(alerts["GpuFault"]).toContain(`xid=~"${faultyXids.join("|")}"`);
    expect(alerts["InfinibandLinkFlaps"]).toBe(`node:infiniband_link_downed:increase1d > ${linkFlaps + 0.5}`);
    expect(alerts["GpuMissing"]).toContain(
      'node:gpus_allocatable:sum < 8 and on (cluster, node) node_pool:kube_node_labels:max{pool="h200"}',
    );
    expect(alerts["InfinibandPortDown"]).toContain(
      'node:infiniband_ports_active:sum < 8 and on (cluster, node) node_pool:kube_node_labels:max{pool="h200"}',
    );
  });

  it("read the condition of a node that the controller of the checks writes", () => {
    const reading = rulesOf(all).filter(({ expression }) => expression.includes(`{condition="${conditionType}"`));
    expect(reading.map((it) => ("record" in it ? it.record : it.alert))).toEqual([
      "pool_status:nodes_gpu_healthy:sum",
      "GpuNodeUnhealthy",
    ]);
  });

  it("are left out on demand", () => {
    expect(rulesOf(ruleGroups(pools.all, false, "eastus")).filter((it) => "alert" in it)).toEqual([]);
  });
});
