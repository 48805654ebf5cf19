import type { NodeState } from "./node-state";
import type { Remedies } from "./round";

type Labels = Readonly<Record<string, string>>;

/** Verdicts as Prometheus reads them. A node without a verdict has no value: it is neither well nor ill. */
export function metricsText(pools: readonly string[], nodes: readonly NodeState[], remedies: Remedies): string {
  const floors = new Map<string, readonly [Labels, number]>();
  for (const { pool, report } of nodes)
    for (const { name, bound, limit, unit } of report?.checks ?? [])
      if (bound === "at least") floors.set(`${pool} ${name}`, [{ pool, check: name, unit }, limit]);
  const of = ({ name, pool }: NodeState): Labels => ({ node: name, pool });
  return [
    ...family("gpu_node_healthy", "gauge", "1 where the last checks of the node passed, 0 where they failed.", [
      ...nodes.flatMap((node): Sample[] => {
        const verdict = node.report?.verdict;
        return verdict === "pass" || verdict === "fail" ? [[of(node), verdict === "pass" ? 1 : 0]] : [];
      }),
    ]),
    ...family("gpu_node_check_value", "gauge", "What a check of the node measured last.", [
      ...nodes.flatMap((node) =>
        (node.report?.checks ?? []).flatMap(({ name, measured, unit }): Sample[] =>
          measured === null ? [] : [[{ ...of(node), check: name, unit }, measured]],
        ),
      ),
    ]),
    ...family("gpu_node_check_floor", "gauge", "Lowest value of a healthy node of the pool.", [...floors.values()]),
    ...family(
      "gpu_nodes_closed",
      "gauge",
      "Nodes that take no new pods: not checked yet, failed, or before maintenance.",
      pools.map((pool) => [{ pool }, nodes.filter((it) => it.pool === pool && it.closed).length]),
    ),
    ...family(
      "gpu_node_remediations_total",
      "counter",
      "How often a node was closed or emptied because it failed, since the controller began.",
      Object.entries(remedies).map(([action, count]) => [{ action }, count]),
    ),
    "",
  ].join("\n");
}

type Sample = readonly [Labels, number];

/**
 * One metric and its samples.
 * Source: prometheus/docs:content/docs/instrumenting/exposition_formats.md (text format 0.0.4)
 */
function family(name: string, type: "gauge" | "counter", help: string, samples: readonly Sample[]): string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(([labels, value]) => `${name}{${labelsText(labels)}} ${value}`),
  ];
}

function labelsText(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}="${value.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n")}"`)
    .join(",");
}
