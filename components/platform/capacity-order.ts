import { stringify } from "yaml";
import { z } from "zod";
import type { GpuPoolRef } from "../cluster/gpu-pool/gpu-pool-ref";
import type { AddOn } from "./add-on";

/**
 * The order in which the autoscaler makes nodes of a pool with several ways to get them: one ConfigMap, which AKS's autoscaler reads while
 * the cluster has the expander `priority`. While Azure refuses nodes of one it leaves that alone for some minutes and takes the next.
 * Without the ConfigMap it would make no nodes of any pool, so nothing comes before it. Costs nothing.
 * Source: kubernetes/autoscaler:cluster-autoscaler/expander/priority/priority.go
 */
export const capacityOrder: AddOn = {
  name: "capacity-order",
  gives: "the order in which the autoscaler makes nodes of a pool with several ways to get them",
  verify:
    "kubectl --namespace kube-system get configmap cluster-autoscaler-priority-expander --output yaml; " +
    "kubectl --namespace kube-system get configmap cluster-autoscaler-status --output yaml",
  wanted: { when: "a GPU pool has `capacity`", holds: ({ pools }) => pools.some((it) => it.rungs !== undefined) },
  needs: [],
  after: [],
  namespace: null,
  release: null,
  generalCpus: 0,
  manifest: null,
  aliases: [],
  settings: z.strictObject({}),
  contents: ({ facts: { pools } }) => ({
    values: {},
    crds: null,
    objects: {
      "capacity-order": {
        apiVersion: "v1",
        kind: "ConfigMap",
        // Both names are the autoscaler's.
        // Source: kubernetes/autoscaler:cluster-autoscaler/expander/priority/priority.go
        metadata: { name: "cluster-autoscaler-priority-expander", namespace: "kube-system" },
        data: { priorities: stringify(prioritiesOf(pools)) },
      },
    },
    handsOver: null,
  }),
};

/** Patterns of scale sets by priority: the highest goes first. All that is no rung has the lowest. */
function prioritiesOf(pools: readonly GpuPoolRef[]): Map<number, string[]> {
  const table = new Map<number, string[]>([[1, [".*"]]]);
  for (const { nodePools, rungs } of pools) {
    if (rungs === undefined) continue;
    nodePools.forEach((name, at) => {
      const priority = 10 * (rungs.length - at);
      // AKS calls the scale set of a pool so. Source: Azure/AKS#1931 (the autoscaler knows scale sets, and no pools)
      table.set(priority, [...(table.get(priority) ?? []), `^aks-${name}-[0-9]+-vmss$`]);
    });
  }
  // A map, since a number that is a key of an object is written as a text, which the autoscaler refuses.
  return new Map([...table].sort(([a], [b]) => a - b));
}
