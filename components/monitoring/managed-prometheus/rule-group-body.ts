import type { PrometheusRuleGroupArgs } from "@pulumi/azure-native/alertsmanagement/prometheusRuleGroup";
import type { AlertRoute } from "../alerts/alerts-ref";
import type { GpuPoolRef } from "../../cluster/gpu-pool/gpu-pool-ref";
import { alertRows, runbookOf } from "../alert-rows";
import { alertGroups } from "./alert-rules";
import { gpuGroups } from "./gpu-rules";
import { linkGroup } from "./link-rules";
import { meteredPools } from "./metered-pool";
import { queueGroup } from "./queue-rules";
import type { RuleGroup } from "./rule-group";
import { servingGroup } from "./serving-rules";
import { volumeGroup } from "./volume-rules";

/**
 * Every group of rules that the pools of a cluster call for.
 * @param location Region whose prices count.
 */
export function ruleGroups(gpuPools: readonly GpuPoolRef[], alerts: boolean, location: string): RuleGroup[] {
  const pools = meteredPools(gpuPools, location);
  const fabric = pools.filter(({ infiniband }) => infiniband !== null);
  if (pools.length === 0) return [];
  return [
    ...gpuGroups(pools),
    queueGroup,
    servingGroup,
    volumeGroup,
    ...(fabric.length === 0 ? [] : [linkGroup(fabric)]),
    ...(alerts ? alertGroups(pools) : []),
  ];
}

/**
 * A group as Azure takes it, but for its name, its place, the tags and what it looks at.
 * @param send Where alerts go that are as severe as it says, or more; null: nowhere.
 */
export function ruleGroupBody(
  { description, every, rules }: RuleGroup,
  send: AlertRoute | null,
): Pick<PrometheusRuleGroupArgs, "description" | "enabled" | "interval" | "rules"> {
  return {
    description,
    enabled: true,
    interval: every,
    rules: rules.map((rule) => {
      if ("record" in rule) return { record: rule.record, expression: rule.expression, enabled: true };
      const row = alertRows[rule.alert];
      return {
        alert: rule.alert,
        expression: rule.expression,
        enabled: true,
        for: row.for,
        severity: row.severity,
        annotations: { description: row.says, runbook: runbookOf(row) },
        resolveConfiguration: { autoResolved: true, timeToResolve: "PT10M" },
        ...(send !== null &&
          row.severity <= send.leastSevere && { actions: [{ actionGroupId: send.actionGroupResourceId }] }),
      };
    }),
  };
}
