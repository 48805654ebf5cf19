import { all, type Input, type Output } from "@pulumi/pulumi";
import { managedPrometheus } from "../../../catalog/managed-prometheus";
import { engines } from "../../../catalog/engines";
import { kedaApiGroup } from "../../../catalog/keda";
import type { KubernetesObject } from "../../../core/kubernetes-object";
import { serversOf } from "./labels";
import type { ModelServicePlan } from "./plan";
import type { Scaling } from "./scaling";

/** What scaling by load is told that only Azure knows. */
export interface ScalerWires {
  /** Address that the metrics answer queries at. */
  readonly queryEndpoint: Input<string>;
  /** Client ID of the identity that KEDA reads them as. */
  readonly identityClientId: Input<string>;
  /** Name of the cluster: other clusters may send metrics of the same names to the same place. */
  readonly clusterName: Input<string>;
}

/**
 * Above what there are too few servers, for each of them: requests that wait, the part of its room for tokens that is taken, and the part
 * of the requests that it is expected to work on at once.
 */
const targets = { waiting: 4, cacheUse: 0.8, atOnce: 0.8 } as const;

/** Seconds over which a rate is taken: four samples. */
const rateSeconds = 4 * managedPrometheus.scrapeSeconds;

/** Seconds for which fewer servers must have been enough before one goes: a new one takes that long to start. */
const calmSeconds = 1200;

const metadataOf = ({ name, namespace }: ModelServicePlan): KubernetesObject["metadata"] => ({ name, namespace });

/** Has the metrics of the servers fetched, where the environment keeps metrics: those that scaling goes by, and no others. */
export function monitorObject(plan: ModelServicePlan): KubernetesObject | null {
  if (plan.metrics === "none") return null;
  const { paths } = engines[plan.servers[0].gpu.engine];
  const names = signalsOf(plan).map(({ metric }) => metric);
  return {
    apiVersion: managedPrometheus.monitors,
    kind: "PodMonitor",
    metadata: metadataOf(plan),
    spec: {
      ...managedPrometheus.labelLimits,
      selector: { matchLabels: serversOf(plan.name) },
      podMetricsEndpoints: [
        {
          port: "http",
          path: paths.metrics,
          interval: `${managedPrometheus.scrapeSeconds}s`,
          metricRelabelings: [{ action: "keep", sourceLabels: ["__name__"], regex: names.join("|") }],
        },
      ],
    },
  };
}

/**
 * KEDA's orders for the servers of a model; none where their number is fixed.
 * Source: kedacore/keda:apis/keda/v1alpha1 (v2.19.0); https://learn.microsoft.com/azure/azure-monitor/containers/integrate-keda
 */
export function scalerObjects(
  plan: ModelServicePlan,
  wires: ScalerWires | null,
): Readonly<Record<string, KubernetesObject>> {
  const [{ name, scaling, fit, prefill }] = plan.servers;
  const target =
    fit.pipeline === 1
      ? { apiVersion: "apps/v1", kind: "Deployment", name }
      : { apiVersion: "leaderworkerset.x-k8s.io/v1", kind: "LeaderWorkerSet", name };
  const readers = prefill === null ? null : { apiVersion: "apps/v1", kind: "Deployment", name: prefill.name };
  return {
    ...scalerOf(plan, "", target, scaling, wires),
    ...(prefill !== null && readers !== null && scalerOf(plan, "prefill-", readers, prefill.scaling, wires)),
  };
}

function scalerOf(
  plan: ModelServicePlan,
  role: "" | "prefill-",
  target: { readonly apiVersion: string; readonly kind: string; readonly name: string },
  scaling: Scaling,
  wires: ScalerWires | null,
): Readonly<Record<string, KubernetesObject>> {
  if (scaling.kind === "fixed") return {};
  const { minReplicas, maxReplicas, byLoad, schedule } = scaling;
  if (byLoad && wires === null) throw new Error(`Nothing says where the metrics of ${plan.name} are.`);
  const metadata = { name: target.name, namespace: plan.namespace };
  const load = byLoad && wires !== null ? wires : null;
  const triggers = [
    ...(load === null ? [] : loadTriggers(plan, load)),
    ...(schedule === null
      ? []
      : [
          {
            type: "cron",
            metadata: {
              timezone: schedule.timezone,
              start: schedule.start,
              end: schedule.end,
              desiredReplicas: String(schedule.replicas),
            },
          },
        ]),
  ];
  return {
    ...(load !== null && {
      [`${role}scaler-login`]: {
        apiVersion: `${kedaApiGroup}/v1alpha1`,
        kind: "TriggerAuthentication",
        metadata,
        spec: { podIdentity: { provider: "azure-workload", identityId: load.identityClientId } },
      },
    }),
    [`${role}scaler`]: {
      apiVersion: `${kedaApiGroup}/v1alpha1`,
      kind: "ScaledObject",
      metadata,
      spec: {
        scaleTargetRef: target,
        minReplicaCount: minReplicas,
        maxReplicaCount: maxReplicas,
        cooldownPeriod: calmSeconds,
        // While nobody can be asked, no server goes.
        ...(load !== null && {
          fallback: { failureThreshold: 5, replicas: Math.max(1, minReplicas), behavior: "currentReplicasIfHigher" },
        }),
        advanced: {
          horizontalPodAutoscalerConfig: {
            behavior: {
              scaleDown: {
                stabilizationWindowSeconds: calmSeconds,
                policies: [{ type: "Pods", value: 1, periodSeconds: 300 }],
              },
            },
          },
        },
        triggers,
      },
    },
  };
}

/** A metric of servers, what is asked of the series of all of them, and above what of it for each there are too few. */
interface Signal {
  readonly metric: string;
  readonly of: (series: string) => string;
  readonly threshold: number;
}

/** What servers are scaled by. What requests took in a second is how many there are at once, on average (Little's law). */
function signalsOf({ servers }: ModelServicePlan): readonly Signal[] {
  const [{ gpu, estimate }] = servers;
  const { metrics } = engines[gpu.engine];
  const sum = (series: string): string => `sum(${series})`;
  if ("requestSeconds" in metrics) {
    const rate = (series: string): string => `sum(rate(${series}[${rateSeconds}s]))`;
    const threshold = Math.max(1, Math.floor(targets.atOnce * estimate.requestsAtOnce));
    return [{ metric: metrics.requestSeconds, of: rate, threshold }];
  }
  return [
    { metric: metrics.waiting, of: sum, threshold: targets.waiting },
    { metric: metrics.cacheUse, of: sum, threshold: targets.cacheUse },
  ];
}

function loadTriggers(plan: ModelServicePlan, { queryEndpoint, clusterName }: ScalerWires): object[] {
  const { name, namespace, servers } = plan;
  const { modelLabel } = engines[servers[0].gpu.engine].metrics;
  const query = ({ metric, of }: Signal): Output<string> =>
    all([clusterName]).apply(([cluster]) =>
      of(`${metric}{cluster="${cluster}", namespace="${namespace}", ${modelLabel}="${name}"}`),
    );
  // KEDA divides the sum by the servers that there are.
  return signalsOf(plan).map((signal) => ({
    type: "prometheus",
    metricType: "AverageValue",
    metadata: { serverAddress: queryEndpoint, query: query(signal), threshold: String(signal.threshold) },
    authenticationRef: { name },
  }));
}
