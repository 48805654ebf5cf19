import type { KubernetesObject } from "../components/platform/add-on";
import type { RunPlace } from "./check";

/** Label of every object of a run. */
export const runLabel = "azure-gpu-cluster/verification";

/** Label of the pods of one check. */
export const checkLabel = "azure-gpu-cluster/verification-check";

/**
 * Label that puts a job into a queue.
 * Source: kubernetes-sigs/kueue:pkg/controller/constants/constants.go (v0.19.2, QueueLabel)
 */
const queueLabel = "kueue.x-k8s.io/queue-name";

/** Minutes that a job may wait for nodes and images, and its objects stay where whoever made them was killed. */
const longestLifeMinutes = 24 * 60;

/** What a job of a check is made from. */
export interface JobSpec {
  readonly name: string;
  readonly pods: number;
  /** Its pods find each other as `<job>-<index>.<job>`. */
  readonly talks: boolean;
  readonly pod: {
    readonly metadata: Readonly<Record<string, unknown>>;
    readonly spec: Readonly<Record<string, unknown>>;
  };
}

/** Name of the job of a check, which is also that of its service. */
export function jobName({ run }: Pick<RunPlace, "run">, name: string): string {
  return `${run}-${name}`;
}

/** Host name of a pod of a job that talks. */
export function hostOf(place: Pick<RunPlace, "run">, name: string, index: number): string {
  const job = jobName(place, name);
  return `${job}-${index}.${job}`;
}

/** Labels of an object of a check. */
export function labelsOf({ run }: Pick<RunPlace, "run">, name: string): Readonly<Record<string, string>> {
  return { [runLabel]: run, [checkLabel]: name };
}

/** The job of a check, with the service by which its pods find each other. One failed pod ends it: a second try would hide a fault. */
export function jobOf(place: RunPlace, { name, pods, talks, pod }: JobSpec): readonly KubernetesObject[] {
  const job = jobName(place, name);
  const labels = labelsOf(place, name);
  const metadata = { name: job, namespace: place.namespace, labels };
  const queue = place.queue === null ? {} : { [queueLabel]: place.queue };
  return [
    ...(talks
      ? [
          {
            apiVersion: "v1",
            kind: "Service",
            metadata,
            // Pods look each other up before any of them is ready.
            spec: { clusterIP: "None", publishNotReadyAddresses: true, selector: labels },
          },
        ]
      : []),
    {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { ...metadata, labels: { ...labels, ...queue } },
      spec: {
        completionMode: "Indexed",
        completions: pods,
        parallelism: pods,
        backoffLimit: 0,
        activeDeadlineSeconds: longestLifeMinutes * 60,
        ttlSecondsAfterFinished: 3600,
        template: {
          metadata: { ...pod.metadata, labels },
          spec: {
            restartPolicy: "Never",
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            terminationGracePeriodSeconds: 5,
            ...(talks && { subdomain: job }),
            ...pod.spec,
          },
        },
      },
    },
  ];
}
