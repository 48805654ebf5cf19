import { gpuStackRows } from "../../catalog/gpu-stacks";
import { dranetNames } from "../../catalog/owned-parts";
import { computeDomainChannelClass, computeDomainChannels, labels } from "../../catalog/scheduling";
import type { GpuPoolRef } from "../cluster/gpu-pool/gpu-pool-ref";

/**
 * Configuration of Kueue's controller, as far as it differs from the default.
 * Source: kubernetes-sigs/kueue:apis/config/v1beta2/configuration_types.go (v0.19.2)
 */
export interface KueueConfiguration {
  readonly apiVersion: "config.kueue.x-k8s.io/v1beta2";
  readonly kind: "Configuration";
  readonly leaderElection: { readonly leaderElect: boolean };
  readonly controller: { readonly groupKindConcurrency: Readonly<Record<string, number>> };
  readonly manageJobsWithoutQueueName: boolean;
  readonly resources: {
    readonly excludeResourcePrefixes: readonly string[];
    readonly deviceClassMappings?: readonly DeviceClassMapping[];
  };
  readonly managedJobsNamespaceSelector: {
    readonly matchExpressions: readonly { readonly key: string; readonly operator: "Exists" }[];
  };
  readonly waitForPodsReady: {
    readonly timeout: string;
    readonly recoveryTimeout: string;
    readonly blockAdmission: boolean;
    readonly requeuingStrategy: {
      readonly timestamp: "Eviction" | "Creation";
      readonly backoffBaseSeconds: number;
      readonly backoffMaxSeconds: number;
      readonly backoffLimitCount: number;
    };
  };
  readonly fairSharing: {
    readonly preemptionStrategies: readonly ("LessThanOrEqualToFinalShare" | "LessThanInitialShare")[];
  };
  readonly integrations: { readonly frameworks: readonly string[] };
  readonly objectRetentionPolicies: { readonly workloads: { readonly afterFinished: string } };
}

/** What claims of some classes of devices count as in a queue. */
interface DeviceClassMapping {
  readonly name: string;
  readonly deviceClassNames: readonly string[];
}

/**
 * What Kueue calls the kinds of jobs that an add-on brings, by the add-on's key.
 * Source: kubernetes-sigs/kueue:pkg/controller/jobs (v0.19.2, FrameworkName of each kind)
 */
const frameworksOf: Readonly<Record<string, readonly string[]>> = {
  jobSet: ["jobset.x-k8s.io/jobset"],
  trainer: ["trainer.kubeflow.org/trainjob"],
  leaderWorkerSet: ["leaderworkerset.x-k8s.io/leaderworkerset"],
  mpiOperator: ["kubeflow.org/mpijob"],
  kubeRay: ["ray.io/rayjob", "ray.io/rayservice", "ray.io/raycluster"],
};

/** Keys of the add-ons whose kinds Kueue must find when it starts: it then does not learn of them. */
export const addOnsWithJobs: readonly string[] = Object.keys(frameworksOf);

/**
 * Times that a job may lose its nodes and queue anew before it waits for its owner. Kueue counts them over all of its life, and takes none
 * back for a job that ran well in between, so spot nodes use up many.
 * Source: kubernetes-sigs/kueue:pkg/controller/core/workload_controller.go (v0.19.2)
 */
const [rounds, roundsOnSpot] = [5, 100];

/**
 * Decides how Kueue runs: which kinds it holds back, in which namespaces, and when it takes the nodes back from a gang that does not
 * start.
 * @param installed Keys of all add-ons of the cluster
 */
export function kueueConfiguration(
  waitForPodsReadyMinutes: number,
  installed: ReadonlySet<string>,
  pools: readonly GpuPoolRef[],
): KueueConfiguration {
  const deviceClassMappings = claimsOf(pools);
  const timeout = `${waitForPodsReadyMinutes}m`;
  return {
    apiVersion: "config.kueue.x-k8s.io/v1beta2",
    kind: "Configuration",
    // Of several replicas one decides, and all answer webhooks.
    leaderElection: { leaderElect: true },
    // As in the chart: without these each kind is handled one object at a time.
    controller: {
      groupKindConcurrency: {
        "Job.batch": 5,
        Pod: 5,
        "Workload.kueue.x-k8s.io": 10,
        "LocalQueue.kueue.x-k8s.io": 5,
        "ClusterQueue.kueue.x-k8s.io": 5,
        "ResourceFlavor.kueue.x-k8s.io": 1,
      },
    },
    manageJobsWithoutQueueName: false,
    // Queues share devices out. What no queue has would hold a job back for ever: disk that a container's defaults ask for, or CPUs of a
    // launcher that runs on a node without GPUs. A team's quota counts these.
    resources: {
      excludeResourcePrefixes: ["cpu", "memory", "ephemeral-storage", "hugepages-"],
      ...(deviceClassMappings.length > 0 && { deviceClassMappings }),
    },
    // Namespaces with a queue. Also what the webhooks look at: without Kueue nothing else in the cluster stands still.
    managedJobsNamespaceSelector: { matchExpressions: [{ key: labels.queue, operator: "Exists" }] },
    waitForPodsReady: {
      timeout,
      // The node that stands in for a lost one pulls the same images.
      recoveryTimeout: timeout,
      // A gang that is slow to start would hold up all others.
      blockAdmission: false,
      // A job that never starts would hold its nodes for the timeout again and again: after this it waits for its owner.
      requeuingStrategy: {
        timestamp: "Eviction",
        backoffBaseSeconds: 60,
        backoffMaxSeconds: 3600,
        backoffLimitCount: pools.some(({ spot }) => spot === true) ? roundsOnSpot : rounds,
      },
    },
    fairSharing: { preemptionStrategies: ["LessThanOrEqualToFinalShare", "LessThanInitialShare"] },
    integrations: {
      frameworks: [
        "batch/job",
        ...Object.entries(frameworksOf).flatMap(([addOn, frameworks]) => (installed.has(addOn) ? frameworks : [])),
      ],
    },
    // A week to look at why a job waited. Kept for good, they fill the API server.
    objectRetentionPolicies: { workloads: { afterFinished: "168h" } },
  };
}

/**
 * Claims that jobs on these pools have. Kueue holds a job back for ever that claims devices of a class it was not told of.
 * Source: kubernetes-sigs/kueue:pkg/dra/claims.go (v0.19.2)
 */
function claimsOf(pools: readonly GpuPoolRef[]): DeviceClassMapping[] {
  const adapters = pools.find((it) => it.rdma === "dranet")?.rdmaResource ?? null;
  const domains = pools.some(({ gpuStack }) => gpuStackRows[gpuStack].computeDomain);
  return [
    ...(adapters === null ? [] : [{ name: adapters, deviceClassNames: [dranetNames.deviceClass] }]),
    ...(domains ? [{ name: computeDomainChannels, deviceClassNames: [computeDomainChannelClass] }] : []),
  ];
}
