import { annotations } from "../../../catalog/scheduling";
import type { ServingEstimate } from "../../../catalog/serving-estimate";
import type { KubernetesObject } from "../../../core/kubernetes-object";
import { addressText } from "./address";
import { assumptions } from "./estimate";
import { labelsOf } from "./labels";
import type { ModelServicePlan, ServerPlan } from "./plan";

import { serverPod, type ServerWires } from "./server-pod";

/** The servers of a model: a Deployment within nodes, a LeaderWorkerSet over several. */
export function serversObject(plan: ModelServicePlan, server: ServerPlan, wires: ServerWires): KubernetesObject {
  const { fit, scaling } = server;
  // Where KEDA says how many, nobody else does: `up` would set it back.
  const replicas = scaling.kind === "fixed" ? { replicas: scaling.replicas } : {};
  const metadata = {
    name: server.name,
    namespace: plan.namespace,
    labels: labelsOf(plan.name, server, "server"),
    annotations: {
      // It may wait for nodes, for weights that somebody uploads, and then for half an hour. `up` does not wait with it.
      "pulumi.com/skipAwait": "true",
      [annotations.servingEstimate]: JSON.stringify(estimateOf(plan, server)),
      ...(plan.servers[0] === server && plan.notes.length > 0 && { [annotations.notes]: plan.notes.join("\n") }),
    },
  };
  if (fit.pipeline === 1) {
    return {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata,
      spec: {
        ...replicas,
        selector: { matchLabels: labelsOf(plan.name, server, "server") },
        // No GPUs are held back for a second server beside each.
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
        template: serverPod(plan, server, "server", wires),
      },
    };
  }
  return {
    apiVersion: "leaderworkerset.x-k8s.io/v1",
    kind: "LeaderWorkerSet",
    metadata,
    spec: {
      ...replicas,
      leaderWorkerTemplate: {
        size: fit.pipeline,
        // Without one of them the others hold a part of a model that nobody can ask.
        restartPolicy: "RecreateGroupOnPodRestart",
        leaderTemplate: serverPod(plan, server, "server", wires),
        workerTemplate: serverPod(plan, server, "worker", wires),
      },
      rolloutStrategy: {
        type: "RollingUpdate",
        rollingUpdateConfiguration: { maxSurge: 0, maxUnavailable: 1 },
      },
      startupPolicy: "LeaderCreated",
    },
  };
}

/** Lets one server at a time be sent away from its node, and a broken one always. Of a group the leader stands for all. */
export function budgetObject({ name: model, namespace }: ModelServicePlan, server: ServerPlan): KubernetesObject {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: server.name, namespace },
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      selector: { matchLabels: labelsOf(model, server, "server") },
    },
  };
}

function estimateOf(
  { namespace, address, pool }: ModelServicePlan,
  { name, weight, fit, scaling, estimate }: ServerPlan,
): ServingEstimate {
  const [least, most] =
    scaling.kind === "fixed" ? [scaling.replicas, scaling.replicas] : [scaling.minReplicas, scaling.maxReplicas];
  return {
    name,
    namespace,
    address: addressText(address),
    weight,
    pool: pool.key,
    replicas: [least, most],
    gpusPerReplica: fit.gpus,
    nodesPerReplica: fit.pipeline,
    contextTokens: fit.contextTokens,
    tokensAtOnce: fit.tokens,
    ...estimate,
    assumptions,
  };
}
