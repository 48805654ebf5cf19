import { mountedSecret } from "../../catalog/secrets-store";
import { defaultLocalQueue, labels, queueLabels } from "../../catalog/scheduling";
import type { KubernetesObject } from "../../core/kubernetes-object";
import type { JobRequest } from "./job-request";
import type { PodParts } from "./pod-template";

/** Where a job finds its files. */
export const filesPath = "/job";

/** Labels of a job: whose it is, its queue, and how it stands there. */
export function jobLabels({
  name,
  team,
  priorityClass,
}: Pick<JobRequest, "name" | "team" | "priorityClass">): Readonly<Record<string, string>> {
  return {
    [labels.job]: name,
    [labels.tenant]: team,
    [queueLabels.queue]: defaultLocalQueue,
    ...(priorityClass !== undefined && { [queueLabels.priorityClass]: priorityClass }),
  };
}

/** What a job puts into its pods: image, variables, files, secrets, and claims of its namespace, each of which may be in two places. */
export function podParts(request: JobRequest): PodParts {
  const { name, image, env = {}, files = {}, volumes = {}, secrets = [], checkpoint, serviceAccount } = request;
  const variables = { ...(checkpoint !== undefined && { CHECKPOINT_DIR: checkpoint.path }), ...env };
  const claimed = [
    ...Object.entries(volumes),
    ...(checkpoint === undefined ? [] : [[checkpoint.claim, checkpoint.path] as const]),
  ];
  const claims = [...new Set(claimed.map(([claim]) => claim))];
  const mounted = secrets.map(mountedSecret);
  const hasFiles = Object.keys(files).length > 0;
  return {
    image,
    env: Object.entries(variables).map(([key, value]) => ({ name: key, value })),
    volumes: [
      ...(hasFiles ? [{ name: "files", configMap: { name: filesName(name) } }] : []),
      ...claims.map((claim) => ({ name: `claim-${claim}`, persistentVolumeClaim: { claimName: claim } })),
      ...mounted.map(({ volume }) => volume),
    ],
    mounts: [
      ...(hasFiles ? [{ name: "files", mountPath: filesPath, readOnly: true }] : []),
      ...claimed.map(([claim, mountPath]) => ({ name: `claim-${claim}`, mountPath })),
      ...mounted.map(({ mount }) => mount),
    ],
    serviceAccount,
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
