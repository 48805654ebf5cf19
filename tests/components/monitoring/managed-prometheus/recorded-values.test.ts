import { beforeAll, expect, it } from "vitest";
import { findVmSize } from "../../../../catalog/vm-sizes";
import { ruleGroups } from "../../../../components/monitoring/managed-prometheus/rule-group-body";
import { describeWithPromql, type PromqlResults } from "../../../simulator/engine/with-promql";
import { sampleCluster, sampleEnd, sampleInterval, samplePools, sampleSeries } from "../sample-cluster";
import { worldGroups } from "./world-groups";

const usd = (size: string): number => findVmSize(size)?.price?.usdPerHour ?? NaN;
const [h200, a10] = [usd("Standard_ND96isr_H200_v5"), usd("Standard_NV36ads_A10_v5")];
const language = { namespace: "train-language" };
const vision = { namespace: "train-vision" };
const llm = { ...language, workload: "llm" };
const resnet = { ...vision, workload: "resnet" };

/** What each rule has written down at the end of the sample: labels beside the cluster, and the value. */
const expected: Readonly<Record<string, readonly (readonly [Readonly<Record<string, string>>, number])[]>> = {
  "node_pool:kube_node_labels:max": [
    [{ node: "a1", pool: "a10" }, 1],
    [{ node: "h1", pool: "h200" }, 1],
    [{ node: "h2", pool: "h200" }, 1],
  ],
  "node:price_usd_per_hour:max": [
    [{ node: "a1" }, a10],
    [{ node: "h1" }, h200],
    [{ node: "h2" }, h200],
  ],
  "node:gpus_allocatable:sum": [
    [{ node: "a1" }, 1],
    [{ node: "h1" }, 8],
    [{ node: "h2" }, 8],
  ],
  "namespace_pod_node:gpus_allocated:sum": [
    [{ ...language, pod: "llm-0", node: "h1" }, 8],
    [{ ...vision, pod: "resnet-0", node: "h2" }, 4],
  ],
  // Half of the node, half of its price.
  "namespace_pod_node:cost_usd_per_hour:sum": [
    [{ ...language, pod: "llm-0", node: "h1" }, h200],
    [{ ...vision, pod: "resnet-0", node: "h2" }, h200 / 2],
  ],
  "pool:gpus_unallocated:sum": [
    [{ pool: "a10" }, 1],
    [{ pool: "h200" }, 4],
  ],
  "pool_status:nodes_gpu_healthy:sum": [
    [{ pool: "a10", status: "false" }, 0],
    [{ pool: "a10", status: "true" }, 1],
    [{ pool: "h200", status: "false" }, 0],
    [{ pool: "h200", status: "true" }, 2],
  ],
  "pool_check:gpu_node_check_over_floor:min": [
    [{ pool: "h200", check: "copy" }, 1.15],
    [{ pool: "h200", check: "power" }, 1.15],
  ],
  "namespace_pod_workload:kube_pod_labels:max": [
    [{ ...llm, pod: "llm-0" }, 1],
    [{ ...resnet, pod: "resnet-0" }, 1],
  ],
  "namespace_pod:gpu_power_watts:sum": [
    [{ ...language, pod: "llm-0" }, 4800],
    [{ ...vision, pod: "resnet-0" }, 1300],
  ],
  "namespace_pod:gpus_idle:count": [[{ ...vision, pod: "resnet-0" }, 1]],
  "namespace:gpu_activity:avg": [
    [language, 0.5],
    [vision, 0.45],
  ],
  "namespace:gpu_tensor_activity:avg": [
    [language, 0.25],
    [vision, 0.25],
  ],
  "namespace:gpus_allocated:sum": [
    [language, 8],
    [vision, 4],
  ],
  "namespace_workload:gpus_allocated:sum": [
    [llm, 8],
    [resnet, 4],
  ],
  "namespace:cost_usd_per_hour:sum": [
    [language, h200],
    [vision, h200 / 2],
  ],
  "namespace_workload:cost_usd_per_hour:sum": [
    [llm, h200],
    [resnet, h200 / 2],
  ],
  "namespace:gpu_power_watts:sum": [
    [language, 4800],
    [vision, 1300],
  ],
  "namespace_workload:gpu_power_watts:sum": [
    [llm, 4800],
    [resnet, 1300],
  ],
  "namespace:gpus_idle:sum": [[vision, 1]],
  "namespace_workload:gpus_idle:sum": [[resnet, 1]],
  "namespace:gpu_hours:sum1h": [
    [language, 8],
    [vision, 4],
  ],
  "namespace_workload:gpu_hours:sum1h": [
    [llm, 8],
    [resnet, 4],
  ],
  "namespace:gpu_idle_hours:sum1h": [[vision, 1]],
  "namespace_workload:gpu_idle_hours:sum1h": [[resnet, 1]],
  "namespace:cost_usd:sum1h": [
    [language, h200],
    [vision, h200 / 2],
  ],
  "namespace_workload:cost_usd:sum1h": [
    [llm, h200],
    [resnet, h200 / 2],
  ],
  "cost_center:cost_usd:sum1h": [
    [{ cost_center: "cc-1" }, h200],
    [{ cost_center: "cc-2" }, h200 / 2],
  ],
  // 4,800 W and 1,300 W for an hour.
  "namespace:gpu_energy_kwh:increase1h": [
    [language, 4.8],
    [vision, 1.3],
  ],
  "namespace_workload:gpu_energy_kwh:increase1h": [
    [llm, 4.8],
    [resnet, 1.3],
  ],
  // Without what the replica that follows remembers.
  "cluster_queue_status:kueue_pending_workloads:sum": [
    [{ cluster_queue: "train-language", status: "active" }, 2],
    [{ cluster_queue: "train-language", status: "inadmissible" }, 1],
    [{ cluster_queue: "train-vision", status: "active" }, 0],
    [{ cluster_queue: "train-vision", status: "inadmissible" }, 0],
  ],
  "cluster_queue:kueue_admitted_active_workloads:sum": [
    [{ cluster_queue: "train-language" }, 1],
    [{ cluster_queue: "train-vision" }, 1],
  ],
  "cluster_queue:kueue_admission_wait_time_seconds:p50_6h": [
    [{ cluster_queue: "train-language" }, 90],
    [{ cluster_queue: "train-vision" }, 90],
  ],
  "cluster_queue:kueue_admission_wait_time_seconds:p95_6h": [
    [{ cluster_queue: "train-language" }, 117],
    [{ cluster_queue: "train-vision" }, 117],
  ],
  // Two that were not there an hour ago; those that failed before are not counted again.
  "namespace:jobset_failed:increase1h": [[vision, 2]],
  "route:gateway_requests:rate5m": [
    [{ route: "infer-chat/small" }, 10],
    [{ route: "train-vision/judge" }, 2],
  ],
  "route:gateway_requests_failed:ratio_rate5m": [
    [{ route: "infer-chat/small" }, 0.01],
    [{ route: "train-vision/judge" }, 0.01],
  ],
  // Half take a second, the others up to ten: 45 of 50 parts of the way from one to ten.
  "route:gateway_request_seconds:p95_5m": [
    [{ route: "infer-chat/small" }, 9.1],
    [{ route: "train-vision/judge" }, 9.1],
  ],
  "namespace_persistentvolumeclaim:volume_free:ratio": [
    [{ ...language, persistentvolumeclaim: "lustre" }, 0.4],
    [{ ...vision, persistentvolumeclaim: "lustre" }, 0.4],
    [{ ...vision, persistentvolumeclaim: "scratch" }, 0.08],
  ],
  "node:infiniband_ports_active:sum": [
    [{ node: "h1" }, 8],
    [{ node: "h2" }, 8],
  ],
  "node:infiniband_received_bytes:rate5m": [
    [{ node: "h1" }, 160e9],
    [{ node: "h2" }, 80e9],
  ],
  "node:infiniband_transmitted_bytes:rate5m": [
    [{ node: "h1" }, 160e9],
    [{ node: "h2" }, 80e9],
  ],
  "node:infiniband_symbol_errors:increase1h": [
    [{ node: "h1" }, 0],
    [{ node: "h2" }, 60],
  ],
  "node:infiniband_receive_errors:increase1h": [
    [{ node: "h1" }, 0],
    [{ node: "h2" }, 0],
  ],
  "node:infiniband_link_downed:increase1d": [
    [{ node: "h1" }, 0],
    [{ node: "h2" }, 0],
  ],
};

const groups = ruleGroups(samplePools, false, "eastus");
const names = groups.flatMap(({ rules }) => rules.flatMap((it) => ("record" in it ? [it.record] : [])));

it("every recording rule has values to be compared with", () => {
  expect(Object.keys(expected).sort()).toEqual([...names].sort());
});

describeWithPromql("the recording rules, by Prometheus' own engine", (ask) => {
  let results: PromqlResults | undefined;
  beforeAll(() => {
    [results] = ask([
      {
        series: sampleSeries,
        interval: sampleInterval,
        end: sampleEnd,
        groups: worldGroups(groups),
        queries: names.map((expression) => ({ expression, start: sampleEnd, end: sampleEnd, step: 60 })),
      },
    ]);
  });

  it.each(names)("%s", (name) => {
    const found = (results?.queries[names.indexOf(name)] ?? []).map(
      ({ labels: { __name__, cluster, ...own }, points }) => {
        expect([__name__, cluster]).toEqual([name, sampleCluster]);
        return [own, points[0]?.[1]] as const;
      },
    );
    const inOrder = <T extends readonly [object, unknown]>(all: readonly T[]): readonly T[] =>
      [...all].sort((a, b) => text(a[0]).localeCompare(text(b[0])));
    const wanted = inOrder(expected[name] ?? []);
    const got = inOrder(found);
    expect(got.map(([own]) => own)).toEqual(wanted.map(([own]) => own));
    wanted.forEach(([, value], at) => expect(got[at]?.[1]).toBeCloseTo(value, 6));
  });
});

/** Labels in one order. */
function text(own: object): string {
  return JSON.stringify(Object.entries(own).sort());
}
