import { subscriptionFeatures, type SubscriptionFeature } from "../catalog/subscription-features";
import { text } from "../core/property-tree";
import { armVersions } from "./arm-versions";
import type { Check } from "./check";
import { type Finding, missing, ok, warning } from "./line";
import { plannedMachines } from "./planned-machines";
import { type Answer, get, unanswered } from "./question";

interface FeatureNeed extends SubscriptionFeature {
  readonly wanted: "registered" | "not registered";
  /** Sizes that want it so. */
  readonly sizes: readonly string[];
}

interface Needs {
  readonly subscriptionId: string;
  readonly features: readonly FeatureNeed[];
}

/** Switches of the subscription, in the state that each size asks for. One may have to be off. */
export const features: Check<Needs, readonly Answer[]> = {
  name: "features",
  needs: ({ subscriptionId, resources }) => {
    const machines = plannedMachines(resources);
    const sizesOf = (fits: (it: (typeof machines)[number]) => boolean): string[] => [
      ...new Set(machines.filter(fits).map((it) => it.size)),
    ];
    const aks = (state: string): string[] =>
      sizesOf((it) => it.as === "cluster" && it.vmSize?.infiniband?.aksFeature === state);
    const all: readonly FeatureNeed[] = [
      { ...subscriptionFeatures.encryptionAtHost, wanted: "registered", sizes: sizesOf((it) => it.encryptionAtHost) },
      { ...subscriptionFeatures.aksInfiniband, wanted: "registered", sizes: aks("registered") },
      { ...subscriptionFeatures.aksInfiniband, wanted: "not registered", sizes: aks("not-registered") },
    ];
    const wanted = all.filter((it) => it.sizes.length > 0);
    return wanted.length === 0 ? null : { subscriptionId, features: wanted };
  },
  ask: ({ subscriptionId, features: wanted }, ask) =>
    Promise.all(
      wanted.map(({ namespace, feature }) =>
        ask(
          get(
            `/subscriptions/${subscriptionId}/providers/Microsoft.Features/providers/${namespace}/features/${feature}`,
            {
              apiVersion: armVersions.features,
              right: "Microsoft.Features/providers/features/read",
              has: "properties.state",
            },
          ),
        ),
      ),
    ),
  judge: ({ features: wanted }, answers) =>
    wanted.flatMap((it, at) => {
      const answer = answers[at];
      return answer === undefined ? [] : [judgeFeature(it, answer)];
    }),
};

function judgeFeature({ namespace, feature, wanted, sizes }: FeatureNeed, answer: Answer): Finding {
  const need = `${wanted}, for ${sizes.join(", ")}`;
  const after = `then az provider register --namespace ${namespace}`;
  if (answer.kind !== "found" && answer.kind !== "absent") return unanswered(feature, need, answer);
  const state = answer.kind === "found" ? (text(answer.body, "properties.state") ?? "unknown") : "NotRegistered";
  const name = `--namespace ${namespace} --name ${feature}`;
  if (wanted === "registered") {
    if (state === "Registered") return ok(feature, need, state);
    const wait = `az feature show ${name} --query properties.state`;
    return /^(Registering|Pending)$/.test(state)
      ? missing(feature, need, state, `Wait until it is Registered: ${wait}; ${after}`)
      : missing(feature, need, state, `az feature register ${name}; wait until it is Registered: ${wait}; ${after}`);
  }
  if (/^(NotRegistered|Unregistered|NotSpecified)$/.test(state)) return ok(feature, need, state);
  return state === "Registered"
    ? missing(
        feature,
        need,
        state,
        `az feature unregister ${name}; ${after}. It is one switch for the subscription: other sizes may want it`,
      )
    : warning(feature, need, state, `Look again before up: az feature show ${name} --query properties.state`);
}
