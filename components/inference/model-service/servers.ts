import { engines } from "../../../catalog/engines";
import { annotations } from "../../../catalog/scheduling";
import type { ServingEstimate } from "../../../catalog/serving-estimate";
import type { KubernetesObject } from "../../../core/kubernetes-object";
import { addressText } from "./address";
import { assumptions } from "./estimate";
import { labelsOf } from "./labels";
import type { ModelServicePlan, ServerPlan } from "./plan";
import type { PrefillPlan } from "./prefill";
import { rangeOf, type Scaling } from "./scaling";
import { serverPod, type ServerWires } from "./server-pod";

/** The servers of a model: a Deployment within nodes, a LeaderWorkerSet over several. */
export function serversObject(plan: ModelServicePlan, server: ServerPlan, wires: ServerWires): KubernetesObject {
  const { fit, scaling } = server;
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
  if (fit.pipeline === 1) return deployment(metadata, scaling, serverPod(plan, server, "server", wires));
  return {
    apiVersion: "leaderworkerset.x-k8s.io/v1",
    kind: "LeaderWorkerSet",
    metadata,
    spec: {
      ...replicasOf(scaling),
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

/** The servers that read prompts for those of a model. */
export function readersObject(
  plan: ModelServicePlan,
  server: ServerPlan,
  { name, scaling }: PrefillPlan,
  wires: ServerWires,
): KubernetesObject {
  const labels = labelsOf(plan.name, server, "prefill");
  const metadata = { name, namespace: plan.namespace, labels, annotations: { "pulumi.com/skipAwait": "true" } };
  return deployment(metadata, scaling, serverPod(plan, server, "prefill", wires));
}

function deployment(
  metadata: KubernetesObject["metadata"] & { readonly labels: Readonly<Record<string, string>> },
  scaling: Scaling,
  template: object,
): KubernetesObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata,
    spec: {
      ...replicasOf(scaling),
      selector: { matchLabels: metadata.labels },
      // No GPUs are held back for a second server beside each.
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
      template,
    },
  };
}

/** Where KEDA says how many, nobody else does: `up` would set it back. */
function replicasOf(scaling: Scaling): { readonly replicas?: number } {
  return scaling.kind === "fixed" ? { replicas: scaling.replicas } : {};
}

/** Lets one server at a time be sent away from its node, and a broken one always. Of a group the leader stands for all. */
export function budgetObject(
  { name: model, namespace }: ModelServicePlan,
  server: ServerPlan,
  role: "server" | "prefill",
): KubernetesObject {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: role === "server" ? server.name : `${server.name}-prefill`, namespace },
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      selector: { matchLabels: labelsOf(model, server, role) },
    },
  };
}

function estimateOf(
  { namespace, address, pool }: ModelServicePlan,
  { name, weight, fit, gpu, scaling, prefill, estimate }: ServerPlan,
): ServingEstimate {
  return {
    name,
    namespace,
    address: addressText(address),
    weight,
    pool: pool.key,
    ...(gpu.engine !== "vllm" && { engine: engines[gpu.engine].title }),
    replicas: rangeOf(scaling),
    gpusPerReplica: fit.gpus,
    nodesPerReplica: fit.pipeline,
    contextTokens: fit.contextTokens,
    tokensAtOnce: fit.tokens,
    ...(prefill !== null && { prefill: { replicas: rangeOf(prefill.scaling), gpusPerReplica: prefill.fit.gpus } }),
    ...estimate,
    assumptions,
  };
}
