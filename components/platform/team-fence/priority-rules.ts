import { annotations, labels, workloadPriorityLabel } from "../../../catalog/scheduling";
import { listOf } from "./cel";
import type { FencePolicy, FenceRule } from "./fence-policy";
import { queuedKinds } from "./queue-rules";

/** Classes of priority that teams may name. */
export interface PriorityChoices {
  /** Of somebody else: every team may. */
  readonly priorityClasses: readonly string[];
  /** Of the queue: a team may, unless its namespace names fewer. */
  readonly teamPriorities: readonly string[];
}

/** Classes that the namespace may name, none among them: in CEL, for a variable `priorities`. */
export function prioritiesOf({ priorityClasses, teamPriorities }: PriorityChoices): string {
  const always = ["", ...priorityClasses.filter((it) => !teamPriorities.includes(it))];
  if (teamPriorities.length === 0) return listOf(always);
  const said = `namespaceObject.metadata.?annotations[?'${annotations.priorities}']`;
  return `${listOf(always)} + ${listOf(teamPriorities)}.filter(it, !${said}.hasValue() || it in ${said}.orValue('').split(','))`;
}

/** What a refusal says of the classes that there are. */
export function allowedPriorities({ priorityClasses, teamPriorities }: PriorityChoices): string {
  const all = [...new Set([...priorityClasses, ...teamPriorities])];
  return all.length === 0
    ? "until platform.teamFence.priorityClasses names it."
    : `but ${all.join(", ")}; or until platform.teamFence.priorityClasses names it.` +
        (teamPriorities.length === 0
          ? ""
          : ` Of ${teamPriorities.join(", ")} it is only those in the namespace's annotation ${annotations.priorities}, where it has one.`);
}

/** Whom a pod may push away. `priorities` is a variable of the policy. */
export function podPriorityRule(choices: PriorityChoices): FenceRule {
  return {
    name: "priority-class",
    // A default class of the cluster stands there too by now.
    expression: "object.spec.?priorityClassName.orValue('') in variables.priorities",
    message: `A pod must have no priority class, which would push out everybody else, ${allowedPriorities(choices)}`,
  };
}

/**
 * The same for jobs that queue: by their label, and by what the queue has found out of label and pods when it writes down the place of
 * one. A job whose pods name a class takes its place by it long before there is a pod to refuse.
 * Source: kubernetes-sigs/kueue:pkg/util/priority/priority.go, apis/kueue/v1beta2/workload_types.go (v0.19.2, PriorityClassRef)
 */
export function jobPriorityRules(choices: PriorityChoices): FencePolicy {
  return {
    apis: { groups: [...queuedKinds.groups, "kueue.x-k8s.io"], versions: ["*"] },
    resources: [...queuedKinds.resources, "workloads"],
    operations: ["CREATE", "UPDATE"],
    // What was let in before a rule stays as it is.
    appliesTo:
      `request.operation == 'CREATE' || object.metadata.?labels[?'${workloadPriorityLabel}'] != ` +
      `oldObject.metadata.?labels[?'${workloadPriorityLabel}'] || object.?spec.?priorityClassRef != oldObject.?spec.?priorityClassRef`,
    namespaces: [
      { key: labels.tenant, operator: "Exists" },
      { key: labels.queue, operator: "Exists" },
    ],
    variables: {
      priorities: prioritiesOf(choices),
      // Of a job and of a set of jobs, so that their owner reads it at once; of other kinds the queue says it, in its log.
      byPods:
        "[object.?spec.?template.?spec.?priorityClassName.orValue('')] + object.?spec.?replicatedJobs.orValue([])" +
        ".map(it, it.?template.?spec.?template.?spec.?priorityClassName.orValue(''))",
    },
    rules: [
      {
        name: "job-priority",
        expression:
          `object.metadata.?labels[?'${workloadPriorityLabel}'].orValue('') in variables.priorities && ` +
          "object.?spec.?priorityClassRef.?name.orValue('') in variables.priorities && " +
          "variables.byPods.all(it, it in variables.priorities)",
        message: `A job must have no priority class, by its label ${workloadPriorityLabel} or by its pods, ${allowedPriorities(choices)}`,
      },
    ],
  };
}
