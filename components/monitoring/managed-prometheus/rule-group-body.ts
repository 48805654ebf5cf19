import type { PrometheusRuleGroupArgs } from "@pulumi/azure-native/alertsmanagement/prometheusRuleGroup";
import type { GpuPoolRef } from "../../cluster/gpu-pool/gpu-pool-ref";
import { alertGroups } from "./alert-rules";
import { gpuGroups } from "./gpu-rules";
import { linkGroup } from "./link-rules";
import { meteredPools } from "./metered-pool";
import { queueGroup } from "./queue-rules";
import type { RuleGroup } from "./rule-group";

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
    ...(fabric.length === 0 ? [] : [linkGroup(fabric)]),
    ...(alerts ? alertGroups(pools) : []),
  ];
}

/** A group as Azure takes it, but for its name, its place, the tags and what it looks at. */
export function ruleGroupBody({
  description,
  every,
  rules,
}: RuleGroup): Pick<PrometheusRuleGroupArgs, "description" | "enabled" | "interval" | "rules"> {
  return {
    description,
    enabled: true,
    interval: every,
    rules: rules.map((rule) =>
      "record" in rule
        ? { record: rule.record, expression: rule.expression, enabled: true }
        : {
            alert: rule.alert,
            expression: rule.expression,
            enabled: true,
            for: rule.for,
            severity: rule.severity,
            annotations: { description: rule.description },
            resolveConfiguration: { autoResolved: true, timeToResolve: "PT10M" },
          },
    ),
  };
}
