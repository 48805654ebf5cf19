import { labels } from "../../../catalog/scheduling";
import { labelsOf, pickedFrom, type ServerRole } from "./labels";
import type { ModelServicePlan, ServerPlan } from "./plan";

/** Where pods of servers should be, as parts of their spec. */
interface Placement {
  readonly affinity?: object;
  readonly topologySpreadConstraints?: readonly object[];
}

/**
 * Servers of a model are on different nodes, so that the loss of one leaves the others. On nodes with InfiniBand, which jobs take whole,
 * those of parts of nodes fill up a node together instead: each node that one of them is on alone is a node that no job gets.
 * @param of.group Whether the pod is one of a group, which takes nodes whole.
 * @param of.near Whether it reads memory of others over InfiniBand, and so has to be in their domain.
 */
export function placement(
  { name, pool }: ModelServicePlan,
  server: ServerPlan,
  role: ServerRole,
  of: Readonly<Record<"group" | "near", boolean>>,
): Placement {
  const shared = !of.group && pool.rdmaResource !== null;
  return {
    ...((of.near || shared) && {
      affinity: { podAffinity: { ...(of.near && sameDomain(name, server)), ...(shared && together) } },
    }),
    ...(!of.group && {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          // Without a word the scheduler spreads over nodes.
          topologyKey: shared ? "topology.kubernetes.io/zone" : "kubernetes.io/hostname",
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: { matchLabels: labelsOf(name, server, role) },
        },
      ],
    }),
  };
}

/** Beside other servers of the team that take parts of nodes, whatever their model. */
const together = {
  preferredDuringSchedulingIgnoredDuringExecution: [
    {
      weight: 100,
      podAffinityTerm: {
        topologyKey: "kubernetes.io/hostname",
        labelSelector: {
          matchExpressions: [
            {
              key: "app.kubernetes.io/component",
              operator: "In",
              values: ["server", "prefill"] satisfies ServerRole[],
            },
          ],
        },
      },
    },
  ],
};

/**
 * All pods of one group in one InfiniBand domain, or all that read from one another. Not by LeaderWorkerSet's own exclusive topology,
 * which would let each domain have one group and no more.
 * Source: kubernetes-sigs/lws:pkg/webhooks/pod_webhook.go (v0.9.0, SetExclusiveAffinities)
 */
function sameDomain(model: string, server: ServerPlan): object {
  const { name, prefill } = server;
  return {
    requiredDuringSchedulingIgnoredDuringExecution: [
      {
        topologyKey: labels.infinibandDomain,
        ...(prefill === null
          ? {
              labelSelector: { matchLabels: { "app.kubernetes.io/name": model, "app.kubernetes.io/instance": name } },
              matchLabelKeys: ["leaderworkerset.sigs.k8s.io/group-index"],
            }
          : { labelSelector: { matchLabels: pickedFrom(model, server) } }),
      },
    ],
  };
}
