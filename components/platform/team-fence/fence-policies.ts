import { annotationRules } from "./annotation-rules";
import { claimRules } from "./claim-rules";
import type { FencePolicy } from "./fence-policy";
import { memlockRules } from "./memlock-rules";
import { type PodChoices, podRules } from "./pod-rules";
import { jobRules } from "./queue-rules";
import { jobPriorityRules } from "./priority-rules";
import { secretRules } from "./secret-rules";
import { serviceRules } from "./service-rules";
import { servingRules } from "./serving-rules";

/** What a cluster decides of the fence. */
export interface FenceChoices extends PodChoices {
  /** Classes of devices that teams may claim. */
  readonly deviceClasses: readonly string[];
}

/** All policies of the fence, by what they look at. The keys are part of names in the cluster. */
export function fencePolicies(choices: FenceChoices): Readonly<Record<string, FencePolicy>> {
  return {
    pods: podRules(choices),
    services: serviceRules,
    secrets: secretRules,
    memlock: memlockRules,
    annotations: annotationRules,
    claims: claimRules(choices.deviceClasses),
    jobs: jobRules,
    priorities: jobPriorityRules(choices),
    serving: servingRules,
  };
}

/** Names of all rules that a fence can have. */
export const ruleNames: readonly string[] = Object.values(
  fencePolicies({
    priorityClasses: [],
    teamPriorities: [],
    images: { registries: ["any"], digests: true },
    queued: [],
    deviceClasses: [],
  }),
).flatMap(({ rules }) => rules.map((it) => it.name));
