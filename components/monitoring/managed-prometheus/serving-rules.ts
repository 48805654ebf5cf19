import { alertRows } from "../alert-rows";
import { records } from "./records";
import type { AlertRule, RuleGroup } from "./rule-group";

const rate = (selector: string): string => `rate(agentgateway_requests_total${selector}[5m])`;

/** Requests to models, by the route of each. */
export const servingGroup: RuleGroup = {
  name: "serving",
  description: "Models: requests, how many fail and how long they take",
  every: "PT1M",
  rules: [
    { record: records.requests, expression: `sum by (cluster, route) (${rate("")})` },
    {
      record: records.failedRequests,
      // A route without a failure has no series of failures: its share is zero.
      expression:
        `(sum by (cluster, route) (${rate('{status=~"5.."}')}) or on (cluster, route) ${records.requests} * 0) ` +
        `/ on (cluster, route) (${records.requests} > 0)`,
    },
    {
      record: records.requestSeconds,
      expression:
        "histogram_quantile(0.95, sum by (cluster, route, le) (rate(agentgateway_request_duration_seconds_bucket[5m])))",
    },
  ],
};

/** Alerts on requests to models. */
export const servingAlerts: readonly AlertRule[] = [
  { alert: "ModelFails", expression: `${records.failedRequests} > ${alertRows.ModelFails.threshold}` },
  { alert: "ModelSlow", expression: `${records.requestSeconds} > ${alertRows.ModelSlow.threshold}` },
];
