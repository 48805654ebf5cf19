import { workloadPriorityLabel } from "../../../catalog/scheduling";
import type { Props } from "../../../core/property-value";
import type { ApiType } from "../resource-types";

/** Label by which a job names its queue, and annotations by which its pods ask to be near each other. */
const queueLabel = "kueue.x-k8s.io/queue-name";
const topologyAnnotation = {
  required: "kueue.x-k8s.io/podset-required-topology",
  preferred: "kueue.x-k8s.io/podset-preferred-topology",
} as const;

/** Kinds of jobs that a gang can be, and the label by which the pods of each name it. */
const kinds = {
  Job: { apiVersion: "batch/v1", podLabel: "batch.kubernetes.io/job-name" },
  JobSet: { apiVersion: "jobset.x-k8s.io/v1alpha2", podLabel: "jobset.sigs.k8s.io/jobset-name" },
  // Its pods are those of a JobSet of its name.
  TrainJob: { apiVersion: "trainer.kubeflow.org/v1alpha1", podLabel: "jobset.sigs.k8s.io/jobset-name" },
  LeaderWorkerSet: { apiVersion: "leaderworkerset.x-k8s.io/v1", podLabel: "leaderworkerset.sigs.k8s.io/name" },
} as const;

/** A job whose pods take whole nodes and start together. */
export interface Gang {
  readonly name: string;
  readonly namespace: string;
  readonly nodes: number;
  /** What it is, and into how many equal parts it falls. A TrainJob names a TrainingRuntime of its namespace. @default a Job */
  readonly as?:
    | { readonly kind: "JobSet"; readonly jobs: number }
    | { readonly kind: "TrainJob"; readonly runtime: string }
    | { readonly kind: "LeaderWorkerSet"; readonly groups: number };
  /** What each pod takes: a whole node. */
  readonly resources: Readonly<Record<string, string>>;
  /** The queue that it waits in; null where there is none. */
  readonly queue: string | null;
  /** Class of its priority. @default the queue's own */
  readonly priority?: string;
  /** Label of nodes whose value all its pods share, and whether they rather wait than do without. */
  readonly near?: { readonly label: string; readonly how: keyof typeof topologyAnnotation };
  /** Nodes that it is confined to, and the taints that it is let past, where no queue does that. */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly Props[];
}

/** Which kind of job a gang is, and the label by which its pods name it. */
export function kindOf({ as }: Pick<Gang, "as">): ApiType & { readonly podLabel: string } {
  const kind = as?.kind ?? "Job";
  return { kind, ...kinds[kind] };
}

/** The job of a gang. Its pods do nothing, and run until it is deleted. A pod whose node is lost comes back. */
export function gangJob(gang: Gang): Props {
  const { name, namespace, queue, priority } = gang;
  const { apiVersion, kind } = kindOf(gang);
  const labels = {
    ...(queue !== null && { [queueLabel]: queue }),
    ...(priority !== undefined && { [workloadPriorityLabel]: priority }),
  };
  return { apiVersion, kind, metadata: { name, namespace, labels }, spec: specOf(gang) };
}

function specOf(gang: Gang): Props {
  const { nodes, resources, as } = gang;
  if (as === undefined) return jobSpec(gang, nodes);
  if (as.kind === "JobSet") {
    const { jobs } = as;
    return { replicatedJobs: [{ name: "workers", replicas: jobs, template: { spec: jobSpec(gang, nodes / jobs) } }] };
  }
  if (as.kind === "TrainJob") {
    return {
      runtimeRef: { kind: "TrainingRuntime", name: as.runtime },
      trainer: { numNodes: nodes, resourcesPerNode: { limits: resources, requests: resources } },
    };
  }
  const { groups } = as;
  return {
    replicas: groups,
    leaderWorkerTemplate: { size: nodes / groups, workerTemplate: podTemplate(gang, "Always") },
  };
}

function jobSpec(gang: Gang, pods: number): Props {
  return {
    completionMode: "Indexed",
    parallelism: pods,
    completions: pods,
    backoffLimit: 0,
    // The loss of a node is no failure of the job.
    podFailurePolicy: {
      rules: [{ action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] }],
    },
    template: podTemplate(gang, "Never"),
  };
}

/** Template of the pods of a gang. */
export function podTemplate(gang: Gang, restartPolicy: "Always" | "Never"): Props {
  const { near } = gang;
  return {
    metadata: { annotations: near === undefined ? {} : { [topologyAnnotation[near.how]]: near.label } },
    spec: podSpec(gang, restartPolicy),
  };
}

function podSpec({ resources, nodeSelector, tolerations }: Gang, restartPolicy: string): Props {
  return {
    restartPolicy,
    automountServiceAccountToken: false,
    ...(nodeSelector !== undefined && { nodeSelector }),
    ...(tolerations !== undefined && { tolerations }),
    securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        // Trainer looks for this name in its runtimes.
        name: "node",
        // Never pulled: the nodes are pretended.
        image: "registry.k8s.io/pause:3.10",
        resources: { limits: resources, requests: resources },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
      },
    ],
  };
}
