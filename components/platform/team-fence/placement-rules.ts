import { memlockTaint } from "../../../catalog/scheduling";
import type { FenceRule } from "./fence-policy";
import { listOf } from "./cel";
import { podPriorityRule, type PriorityChoices } from "./priority-rules";

/** Taints without a domain that only a cluster's own pods stay with: those of system nodes and of nodes that the autoscaler empties. */
const closedTaints = ["CriticalAddonsOnly", "ToBeDeletedByClusterAutoscaler", "DeletionCandidateOfClusterAutoscaler"];

/**
 * Domains of taints that say how a node is, and not what it is for: not ready, being emptied, without its network agent, starting.
 * A pod that stays with them is on a node before its rules are, or when everybody else has to leave it.
 */
const clusterDomains = "(^|[.])(kubernetes[.]io|k8s[.]io|cilium[.]io|azure[.]com|karpenter[.]sh|azure-gpu-cluster)/";

/** The one that knows quotas of devices, and that the queue holds pods back from. Another one is not there, or takes nodes past it. */
const scheduler = "default-scheduler";

/**
 * Taints of these domains that a pod may name all the same: spot nodes, and what the API server writes into pods by itself.
 * Source: Kubernetes' admission plugins DefaultTolerationSeconds (the first two, with NoExecute) and PodTolerationRestriction, both
 * on in AKS: https://learn.microsoft.com/azure/aks/faq (admission controllers)
 */
const ownOfPods = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];
const openTaints = ["kubernetes.azure.com/scalesetpriority", "node.kubernetes.io/memory-pressure"];

/** Lists of terms that say which other pods a pod wants to be near to, or away from. */
const podTerms = ["podAffinity", "podAntiAffinity"]
  .flatMap((kind) => [
    `object.spec.?affinity.?${kind}.?requiredDuringSchedulingIgnoredDuringExecution.orValue([])`,
    `object.spec.?affinity.?${kind}.?preferredDuringSchedulingIgnoredDuringExecution.orValue([]).map(it, it.podAffinityTerm)`,
  ])
  .join(" + ");

/** Where a team's pods may run, and whom they may push away. `tolerations` and `priorities` are variables of the policy. */
export function placementRules(choices: PriorityChoices): readonly FenceRule[] {
  return [
    {
      name: "node-name",
      // Once the scheduler has chosen, the node stands there.
      expression: "request.operation != 'CREATE' || object.spec.?nodeName.orValue('') == ''",
      message: "A pod must leave its node to the scheduler: remove nodeName.",
    },
    {
      name: "scheduler",
      // Without a word the API server writes it in before it asks.
      expression: `object.spec.?schedulerName.orValue('${scheduler}') == '${scheduler}'`,
      message: `A pod must leave its place to the cluster's scheduler: remove schedulerName, or set it to ${scheduler}.`,
    },
    {
      name: "taints",
      expression:
        "variables.tolerations.all(it, it.?key.orValue('') != '' && " +
        `(it.key in ${listOf(openTaints)} || ` +
        `(it.key in ${listOf(ownOfPods)} && it.?effect.orValue('') == 'NoExecute') || ` +
        `!(it.key in ${listOf(closedTaints)} || it.key.matches('${clusterDomains}'))))`,
      message:
        "A pod must name each taint that it tolerates, and none of the cluster's own, which keep pods from system nodes and from " +
        `nodes that are not ready or are being emptied, for example ${memlockTaint.key}.`,
    },
    podPriorityRule(choices),
    {
      name: "pod-affinity",
      expression: `(${podTerms}).all(it, !has(it.namespaceSelector) && it.?namespaces.orValue([]).all(name, name == request.namespace))`,
      message:
        "An affinity to pods, or away from them, must be about pods of its own namespace: it would keep other teams off the nodes.",
    },
  ];
}
