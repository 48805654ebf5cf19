import { logAnalytics } from "../catalog/log-analytics";
import { stableUuid } from "../core/names";
import { isRecord } from "../core/property-value";
import type { ArmRow, MeteredPrice, Props } from "./arm-row";

/** Days in the average month: 730 hours. */
const daysPerMonth = 730 / 24;

/**
 * What a workspace costs by the month when its daily cap is used up each day, and as many records are kept as its days of
 * retention allow. Azure stops a little after the cap, and bills what came in until then.
 */
function priceOfLogs({ location, retentionInDays, workspaceCapping }: Props): MeteredPrice | null {
  const { ingestion, retention, retentionDays } = logAnalytics;
  const quota = isRecord(workspaceCapping) ? workspaceCapping["dailyQuotaGb"] : undefined;
  if (typeof quota !== "number" || quota <= 0 || typeof retentionInDays !== "number") return null;
  const own = Object.entries(ingestion.usdPerGB).find(([region]) => region === location)?.[1];
  const beyond = Math.max(0, retentionInDays - retentionDays.included);
  const usdPerGB = own ?? ingestion.usdPerGB[ingestion.region];
  const from = [
    ...(own === undefined ? [`ingestion: price of ${ingestion.region}`] : []),
    ...(beyond > 0 && location !== retention.region ? [`retention: price of ${retention.region}`] : []),
  ];
  return {
    basis: `${quota} GB a day kept for ${retentionInDays} days`,
    usdPerMonth: Math.round(quota * daysPerMonth * usdPerGB + quota * beyond * retention.usdPerGBMonth),
    asOf: [ingestion.asOf, retention.asOf].sort()[0] ?? ingestion.asOf,
    notes: from,
  };
}

/** Types of `azure-native:operationalinsights`. */
export const operationalinsights = {
  Workspace: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: null,
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 20, update: 10, delete: 10 },
    answers: (_, id) => ({ customerId: stableUuid(id) }),
    functions: null,
    taggable: true,
    bills: { what: "logs", atMost: priceOfLogs },
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
  },
} as const satisfies Readonly<Record<string, ArmRow>>;
