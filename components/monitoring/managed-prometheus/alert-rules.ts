import { clusterAlerts } from "./cluster-alerts";
import { gpuAlerts } from "./gpu-alerts";
import { linkAlerts } from "./link-alerts";
import type { MeteredPool } from "./metered-pool";
import { budgetAlerts, queueAlerts } from "./queue-alerts";
import type { AlertRule, RuleGroup } from "./rule-group";
import { servingAlerts } from "./serving-rules";

/**
 * Alerts on all that has series: what has floors or numbers in the catalogue takes them from there, what else is decided of an alert is its
 * row. They stand in Azure Monitor, and go where the action group of the environment says.
 */
export function alertGroups(pools: readonly MeteredPool[]): RuleGroup[] {
  const fabric = pools.filter(({ infiniband }) => infiniband !== null);
  const group = (
    name: string,
    on: string,
    rules: readonly AlertRule[],
    every: RuleGroup["every"] = "PT1M",
  ): RuleGroup => ({
    name: `${name}-alerts`,
    description: `Alerts on ${on}`,
    every,
    rules,
  });
  return [
    group("gpu", "GPUs and their nodes", gpuAlerts(pools)),
    group("cluster", "nodes, what runs on them, volumes and certificates", clusterAlerts),
    group("queue", "queues and jobs", queueAlerts(pools)),
    group("serving", "requests to models", servingAlerts),
    group("budget", "what teams cost", budgetAlerts, "PT1H"),
    ...(fabric.length === 0 ? [] : [group("infiniband", "InfiniBand", linkAlerts(fabric))]),
  ];
}
