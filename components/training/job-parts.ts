import { defaultLocalQueue, labels, queueLabels } from "../../catalog/scheduling";
import type { KubernetesObject } from "../../core/kubernetes-object";
import type { JobRequest } from "./job-request";

/** Where a job finds its files. */
export const filesPath = "/job";

/** Volumes of a job's pods, and where its program finds them. */
export interface JobVolumes {
  readonly volumes: readonly object[];
  readonly mounts: readonly object[];
}

/** Labels of a job: its queue, and how it stands there. */
export function jobLabels({ name, priorityClass }: JobRequest): Readonly<Record<string, string>> {
  return {
    [labels.job]: name,
    [queueLabels.queue]: defaultLocalQueue,
    ...(priorityClass !== undefined && { [queueLabels.priorityClass]: priorityClass }),
  };
}

/** Variables of a job's program, beside those that its runtime sets. */
export function jobVariables({ env = {}, checkpoint }: JobRequest): Readonly<Record<string, string>> {
  return { ...(checkpoint !== undefined && { CHECKPOINT_DIR: checkpoint.path }), ...env };
}

/** Volumes of a job: its files, and claims of its namespace. One claim may be mounted in two places. */
export function jobVolumes({ name, files = {}, volumes = {}, checkpoint }: JobRequest): JobVolumes {
  const claimed = [
    ...Object.entries(volumes),
    ...(checkpoint === undefined ? [] : [[checkpoint.claim, checkpoint.path] as const]),
  ];
  const claims = [...new Set(claimed.map(([claim]) => claim))];
  const hasFiles = Object.keys(files).length > 0;
  return {
    volumes: [
      ...(hasFiles ? [{ name: "files", configMap: { name: filesName(name) } }] : []),
      ...claims.map((claim) => ({ name: `claim-${claim}`, persistentVolumeClaim: { claimName: claim } })),
    ],
    mounts: [
      ...(hasFiles ? [{ name: "files", mountPath: filesPath, readOnly: true }] : []),
      ...claimed.map(([claim, mountPath]) => ({ name: `claim-${claim}`, mountPath })),
    ],
  };
}

/** The ConfigMap with the files of a job, none for a job without files. */
export function jobFiles({ name, namespace, files = {} }: JobRequest): readonly KubernetesObject[] {
  if (Object.keys(files).length === 0) return [];
  return [
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: filesName(name), namespace, labels: { [labels.job]: name } },
      data: files,
    },
  ];
}

function filesName(job: string): string {
  return `${job}-files`;
}
