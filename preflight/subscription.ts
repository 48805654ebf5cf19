import { text } from "../core/property-tree";
import { armVersions } from "./arm-versions";
import type { Check } from "./check";
import { type Finding, missing, ok, warning } from "./line";
import type { PreflightFacts } from "./preflight-facts";
import { type Answer, get, type Question, unanswered } from "./question";

type Needs = Pick<
  PreflightFacts,
  "stack" | "subscriptionId" | "declaredSubscriptionId" | "otherwise" | "declaredTenantId" | "identity"
>;

/** The question that tells whether the subscription can be asked at all. */
export function subscriptionQuestion(subscriptionId: string): Question {
  return get(`/subscriptions/${subscriptionId}`, {
    apiVersion: armVersions.subscriptions,
    right: "Microsoft.Resources/subscriptions/read",
    has: "state",
  });
}

/** The subscription itself: there, in this tenant, enabled, free to spend, and the one that the stack file means. */
export const subscription: Check<Needs, Answer> = {
  name: "subscription",
  needs: (facts) => facts,
  ask: ({ subscriptionId }, ask) => ask(subscriptionQuestion(subscriptionId)),
  judge: (needs, answer) => [judgeState(needs, answer), ...judgeRest(needs, answer), judgeChoice(needs)],
};

function judgeState({ subscriptionId, identity }: Needs, answer: Answer): Finding {
  const need = "there and enabled";
  if (answer.kind === "absent")
    return missing(
      subscriptionId,
      need,
      `not there for ${identity.tenantId === null ? "this login" : `a login of tenant ${identity.tenantId}`}`,
      "az account list --all --output table; az login --tenant <its tenant>",
    );
  if (answer.kind !== "found") return unanswered(subscriptionId, need, answer);
  const state = text(answer.body, "state") ?? "unknown";
  const name = text(answer.body, "displayName") ?? "no name";
  const have = `${name}: ${state}`;
  if (state === "Enabled") return ok(subscriptionId, need, have);
  const reactivate =
    "Reactivate it: https://learn.microsoft.com/azure/cost-management-billing/manage/subscription-disabled";
  // What is late with its payment still works, for a while.
  return state === "PastDue"
    ? warning(subscriptionId, need, have, "Pay what is due before it is disabled")
    : missing(subscriptionId, need, have, reactivate);
}

function judgeRest({ declaredTenantId }: Needs, answer: Answer): Finding[] {
  if (answer.kind !== "found") return [];
  const limit = text(answer.body, "subscriptionPolicies.spendingLimit") ?? "Off";
  const offer = text(answer.body, "subscriptionPolicies.quotaId") ?? "unknown";
  const tenant = text(answer.body, "tenantId")?.toLowerCase() ?? null;
  const remove =
    "https://learn.microsoft.com/azure/cost-management-billing/manage/spending-limit says how to remove it";
  return [
    limit === "On"
      ? missing("spending limit", "none", `offer ${offer} stops at its credit`, remove)
      : limit === "CurrentPeriodOff"
        ? warning("spending limit", "none", "none until this billing period ends", remove)
        : ok("spending limit", "none", "none"),
    ...(declaredTenantId === null || tenant === null
      ? []
      : [
          tenant === declaredTenantId
            ? ok("tenant", declaredTenantId, tenant)
            : missing(
                "tenant",
                declaredTenantId,
                tenant,
                "Write the right one as azure-native:tenantId, or take another subscription",
              ),
        ]),
  ];
}

function judgeChoice({ stack, subscriptionId, declaredSubscriptionId, otherwise }: Needs): Finding {
  const key = "azure-native:subscriptionId";
  const set = `pulumi config set azure-native:subscriptionId ${subscriptionId} --stack ${stack}`;
  if (declaredSubscriptionId === subscriptionId) return ok(key, subscriptionId, "the same in the stack file");
  if (declaredSubscriptionId !== null)
    return missing(key, subscriptionId, `${declaredSubscriptionId} in the stack file`, set);
  const used = otherwise === null ? "the one of the login" : `${otherwise.subscriptionId}, that of ${otherwise.saidBy}`;
  const remedy = `${set}. Before the first up: it is part of the storage account's name`;
  return otherwise?.subscriptionId === subscriptionId
    ? warning(key, "set in the stack file", `not set: up would use ${used}`, remedy)
    : missing(key, subscriptionId, `not set: up would use ${used}`, remedy);
}
