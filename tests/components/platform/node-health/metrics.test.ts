import { expect, it } from "vitest";
import { type Exporter, exporters } from "../../../../catalog/exported-metrics";
import { metricsText } from "../../../../components/platform/node-health/controller/metrics";
import { type NodeState, nodeState } from "../../../../components/platform/node-health/controller/node-state";

function node(
  name: string,
  pool: string,
  verdict: string | null,
  closed: boolean,
  checks: readonly object[] = [],
): NodeState {
  const report = { verdict, bootId: "x", at: 1, reasons: [], checks };
  return nodeState(
    {
      metadata: {
        name,
        labels: { "azure-gpu-cluster/pool": pool },
        ...(verdict !== null && { annotations: { "azure-gpu-cluster/gpu-health-report": JSON.stringify(report) } }),
      },
      spec: { taints: closed ? [{ key: "startup-taint.cluster-autoscaler.kubernetes.io/gpu-health" }] : [] },
    },
    "GpuHealthy",
  );
}
const reduce = (measured: number | null): object => ({
  name: "AllReduce",
  measured,
  bound: "at least",
  limit: 460,
  unit: "GB/s",
});
const errors = { name: "Xid", measured: 2, bound: "at most", limit: 0, unit: 'errors of "the" driver' };

it("tells Prometheus of verdicts, values, floors, closed nodes and what was done", () => {
  const nodes = [
    node("a", "h100", "pass", false, [reduce(482.5)]),
    node("b", "h100", "fail", true, [reduce(391), errors]),
    node("c", "h100", "no-evidence", true, [reduce(null)]),
    node("d", "h100", null, true),
  ];
  expect(metricsText(["h100", "a100"], nodes, { close: 2, drain: 0 })).toBe(`\
# HELP gpu_node_healthy 1 where the last checks of the node passed, 0 where they failed.
# TYPE gpu_node_healthy gauge
gpu_node_healthy{node="a",pool="h100"} 1
gpu_node_healthy{node="b",pool="h100"} 0
# HELP gpu_node_check_value What a check of the node measured last.
# TYPE gpu_node_check_value gauge
gpu_node_check_value{node="a",pool="h100",check="AllReduce",unit="GB/s"} 482.5
gpu_node_check_value{node="b",pool="h100",check="AllReduce",unit="GB/s"} 391
gpu_node_check_value{node="b",pool="h100",check="Xid",unit="errors of \\"the\\" driver"} 2
# HELP gpu_node_check_floor Lowest value of a healthy node of the pool.
# TYPE gpu_node_check_floor gauge
gpu_node_check_floor{pool="h100",check="AllReduce",unit="GB/s"} 460
# HELP gpu_nodes_closed Nodes that take no new pods: not checked yet, failed, or before maintenance.
# TYPE gpu_nodes_closed gauge
gpu_nodes_closed{pool="h100"} 3
gpu_nodes_closed{pool="a100"} 0
# HELP gpu_node_remediations_total How often a node was closed or emptied because it failed, since the controller began.
# TYPE gpu_node_remediations_total counter
gpu_node_remediations_total{action="close"} 2
gpu_node_remediations_total{action="drain"} 0
`);
});

it("says what the rules of managed Prometheus read, with the labels that they know", () => {
  const told = metricsText(["h100"], [node("a", "h100", "pass", false, [reduce(482.5)])], { close: 0, drain: 0 });
  const { labels, metrics }: Exporter = exporters.nodeHealth;
  for (const [name, own] of Object.entries(metrics)) {
    const [, said = ""] = new RegExp(`^${name}\\{(.*)\\}`, "m").exec(told) ?? [];
    const names = [...said.matchAll(/(\w+)="/g)].map(([, label = ""]) => label);
    expect([name, ...names].length).toBeGreaterThan(1);
    expect(names.filter((it) => ![...labels, ...own].includes(it))).toEqual([]);
    expect(own.filter((it) => !names.includes(it))).toEqual([]);
  }
});
