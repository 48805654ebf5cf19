import { alertRows } from "../../../../components/monitoring/alert-rows";
import type { RuleGroup } from "../../../../components/monitoring/managed-prometheus/rule-group";
import type { PromqlWorld } from "../../../simulator/engine/with-promql";

/** Seconds of a duration of hours and minutes, as Azure writes it. */
export function seconds(duration: string): number {
  const [, hours, minutes] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(duration) ?? [];
  if (hours === undefined && minutes === undefined) throw new Error(`no hours and no minutes: ${duration}`);
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60;
}

/** Groups of rules as Prometheus' own engine is asked about them. */
export function worldGroups(groups: readonly RuleGroup[]): PromqlWorld["groups"] {
  return groups.map(({ every, rules }) => ({
    every: seconds(every),
    rules: rules.map((rule) =>
      "record" in rule
        ? { record: rule.record, expression: rule.expression }
        : { alert: rule.alert, expression: rule.expression, for: seconds(alertRows[rule.alert].for) },
    ),
  }));
}
