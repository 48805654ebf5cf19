import { type Priority, priorities } from "../../catalog/priorities";
import type { KubernetesObjects } from "./add-on";

/**
 * The priorities of the cluster, for the scheduler as classes of pods and for queues as classes of jobs. A job names the latter with
 * the label `kueue.x-k8s.io/priority-class`, which its team may change while it waits. Those that are not for teams are classes of
 * pods alone, which the fence around teams refuses.
 */
export function kueuePriorities(): KubernetesObjects {
  return Object.fromEntries(
    priorities.flatMap((it) => [
      [`kueue-priority-${it.name}`, priorityClass(it)],
      ...(it.forTeams ? [[`kueue-workload-priority-${it.name}`, workloadPriorityClass(it)]] : []),
    ]),
  ) as KubernetesObjects;
}

function priorityClass({ name, value, meaning }: Priority): KubernetesObjects[string] {
  return {
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata: { name },
    value,
    preemptionPolicy: "Never",
    globalDefault: false,
    description: meaning,
  };
}

function workloadPriorityClass({ name, value, meaning }: Priority): KubernetesObjects[string] {
  return {
    apiVersion: "kueue.x-k8s.io/v1beta2",
    kind: "WorkloadPriorityClass",
    metadata: { name },
    value,
    description: meaning,
  };
}
