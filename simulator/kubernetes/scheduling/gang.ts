import type { Props } from "../../../core/property-value";

/** Label by which a job names its queue, and annotations by which its pods ask to be near each other. */
const queueLabel = "kueue.x-k8s.io/queue-name";
const priorityLabel = "kueue.x-k8s.io/priority-class";
const topologyAnnotation = {
  required: "kueue.x-k8s.io/podset-required-topology",
  preferred: "kueue.x-k8s.io/podset-preferred-topology",
} as const;

/** A job whose pods take whole nodes and start together. */
export interface Gang {
  readonly name: string;
  readonly namespace: string;
  readonly nodes: number;
  /** Makes it a JobSet of so many equal Jobs. @default one Job */
  readonly jobs?: number;
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

/** The Job or JobSet of a gang. Its pods do nothing, and run until it is deleted. A pod whose node is lost comes back. */
export function gangJob(gang: Gang): Props {
  const { name, namespace, nodes, queue, priority, jobs } = gang;
  const labels = {
    ...(queue !== null && { [queueLabel]: queue }),
    ...(priority !== undefined && { [priorityLabel]: priority }),
  };
  const metadata = { name, namespace, labels };
  if (jobs === undefined) return { apiVersion: "batch/v1", kind: "Job", metadata, spec: jobSpec(gang, nodes) };
  const workers = { name: "workers", replicas: jobs, template: { spec: jobSpec(gang, nodes / jobs) } };
  return { apiVersion: "jobset.x-k8s.io/v1alpha2", kind: "JobSet", metadata, spec: { replicatedJobs: [workers] } };
}

function jobSpec(gang: Gang, pods: number): Props {
  const { near } = gang;
  return {
    completionMode: "Indexed",
    parallelism: pods,
    completions: pods,
    backoffLimit: 0,
    // The loss of a node is no failure of the job.
    podFailurePolicy: {
      rules: [{ action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] }],
    },
    template: {
      metadata: { annotations: near === undefined ? {} : { [topologyAnnotation[near.how]]: near.label } },
      spec: podSpec(gang),
    },
  };
}

function podSpec({ resources, nodeSelector, tolerations }: Gang): Props {
  return {
    restartPolicy: "Never",
    automountServiceAccountToken: false,
    ...(nodeSelector !== undefined && { nodeSelector }),
    ...(tolerations !== undefined && { tolerations }),
    securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: "worker",
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
