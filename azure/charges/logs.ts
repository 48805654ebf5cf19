import { hoursPerMonth } from "../../catalog/hours-per-month";
import { logAnalytics } from "../../catalog/log-analytics";
import { serviceMeters } from "../../catalog/prices/service-meters";
import { number } from "../../core/property-tree";
import type { Props } from "../arm-row";
import type { Charge } from "../charge";

const daysPerMonth = hoursPerMonth / 24;

/**
 * What a workspace costs at most, when its daily cap is used up each day and as many records are kept as its days of retention allow.
 * Azure stops a little after the cap, and bills what came in until then. Without a cap the use alone decides.
 */
export function workspaceCharges(inputs: Props): readonly Charge[] {
  const [quota, days] = [number(inputs, "workspaceCapping.dailyQuotaGb"), number(inputs, "retentionInDays")];
  if (quota <= 0 || days <= 0) return [{ meter: serviceMeters.logIngestion, use: "logGB" }];
  const beyond = Math.max(0, days - logAnalytics.retentionDays.included);
  return [
    { meter: serviceMeters.logIngestion, idle: 0, full: quota * daysPerMonth },
    ...(beyond === 0 ? [] : [{ meter: serviceMeters.logRetention, idle: 0, full: quota * beyond }]),
  ];
}
