import { commandText } from "../core/command-text";
import { list, number, read, text } from "../core/property-tree";
import { type Finding, missing, ok } from "./line";
import { type Answer, get, type Question, unanswered } from "./question";

/** Where usage and limit of a provider's quotas are. */
export interface UsagePlace {
  readonly subscriptionId: string;
  readonly location: string;
  /** Namespace of the provider. */
  readonly provider: string;
  readonly apiVersion: string;
}

/** One quota and what is wanted of it. */
export interface UsageNeed {
  /** Name as the usage API has it. Case does not count. */
  readonly name: string;
  /** How many at most. */
  readonly need: number;
  /** How many of those that are used are this environment's own. */
  readonly own: number;
  /** What is counted, in words; empty where the name says it. */
  readonly unit: string;
  /** What the quota API calls its kind, null where it wants none. */
  readonly resourceType: string | null;
}

/** Lists all quotas of a provider in a region with what is used. */
export function usagesQuestion({ subscriptionId, location, provider, apiVersion }: UsagePlace): Question {
  return get(`/subscriptions/${subscriptionId}/providers/${provider}/locations/${location}/usages`, {
    apiVersion,
    right: `${provider}/locations/usages/read`,
    has: "value",
  });
}

/** Whether a list of usages has a quota. */
export function hasUsage(answer: Answer, name: string): boolean {
  return usageOf(answer, name) !== undefined;
}

/** Compares what is wanted with what is free: the limit, less what others use. */
export function judgeUsage(
  place: UsagePlace,
  answer: Answer,
  { name, need, own, unit, resourceType }: UsageNeed,
): Finding {
  const counted = (count: number): string => (unit === "" ? String(count) : `${count} ${unit}`);
  const wanted = counted(need);
  if (answer.kind !== "found") return unanswered(name, wanted, answer);
  const usage = usageOf(answer, name);
  if (usage === undefined)
    return missing(
      name,
      wanted,
      `${place.location} has no such quota`,
      `Take another region, or ask for the family: ${requestText(place, { name, resourceType, limit: need })}`,
    );
  const { limit, used } = usage;
  const others = Math.max(0, used - own);
  const have = `${counted(limit)}, ${used} used${own === 0 ? "" : `, ${Math.min(own, used)} of them by this environment`}`;
  // Azure writes -1 where it counts and does not limit.
  if (limit < 0 || need + others <= limit) return ok(name, wanted, have);
  return missing(name, wanted, have, requestText(place, { name, resourceType, limit: need + others }));
}

/** One quota of a list of usages, which most providers write flat and NetApp writes as properties. */
export function usageOf(answer: Answer, name: string): { readonly limit: number; readonly used: number } | undefined {
  if (answer.kind !== "found") return undefined;
  const found = list(answer.body, "value").find((it) => text(it, "name.value")?.toLowerCase() === name.toLowerCase());
  const figure = (key: string): number => number(found, read(found, key) === undefined ? `properties.${key}` : key);
  return found === undefined ? undefined : { limit: figure("limit"), used: figure("currentValue") };
}

/** The request for a new limit. Source: https://learn.microsoft.com/cli/azure/quota (az quota update) */
function requestText(
  { subscriptionId, provider, location }: UsagePlace,
  {
    name,
    resourceType,
    limit,
  }: { readonly name: string; readonly resourceType: string | null; readonly limit: number },
): string {
  return commandText([
    ...["quota", "update", "--resource-name", name],
    ...(resourceType === null ? [] : ["--resource-type", resourceType]),
    ...["--scope", `/subscriptions/${subscriptionId}/providers/${provider}/locations/${location}`],
    ...["--limit-object", `value=${limit}`],
  ]);
}
