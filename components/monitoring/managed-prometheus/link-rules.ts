import type { MeteredPool } from "./metered-pool";
import { oneOf, onNode, records } from "./records";
import type { RuleGroup } from "./rule-group";

/** The node exporter says the node as the instance. */
function byNode(vector: string): string {
  return `sum by (cluster, node) (label_replace(${vector}, "node", "$1", "instance", "(.+)"))`;
}

/** InfiniBand of the nodes of these pools, all of which have it. */
export function linkGroup(pools: readonly MeteredPool[]): RuleGroup {
  // Beside its adapters a node may show the one of its Ethernet, which is slower.
  const active = pools.map(({ key, infiniband }) => {
    const fast = `node_infiniband_rate_bytes_per_second >= bool ${infiniband?.bytesPerSecond ?? 0}`;
    const ports = byNode(`(node_infiniband_state_id == bool 4) * (${fast})`);
    return `(${ports} and ${onNode} ${records.nodePool}{pool="${key}"})`;
  });
  const counters = [
    ["received_bytes:rate5m", "rate(node_infiniband_port_data_received_bytes_total[5m])"],
    ["transmitted_bytes:rate5m", "rate(node_infiniband_port_data_transmitted_bytes_total[5m])"],
    ["symbol_errors:increase1h", "increase(node_infiniband_symbol_error_total[1h])"],
    ["receive_errors:increase1h", "increase(node_infiniband_port_errors_received_total[1h])"],
    ["link_downed:increase1d", "increase(node_infiniband_link_downed_total[1d])"],
  ] as const;
  return {
    name: "infiniband",
    description: "InfiniBand of each node: ports that work, throughput, errors",
    every: "PT1M",
    rules: [
      {
        record: records.portsActive,
        // A node whose adapters are all gone shows none: it counts as zero.
        expression: `${active.join(" or ")} or ${onNode} max by (cluster, node) (${records.nodePool}{pool=~"${oneOf(pools)}"}) * 0`,
      },
      ...counters.map(([metric, vector]) => ({ record: `node:infiniband_${metric}`, expression: byNode(vector) })),
    ],
  };
}
