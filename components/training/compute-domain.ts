import { gpuStackRows } from "../../catalog/gpu-stacks";
import { labels } from "../../catalog/scheduling";
import type { KubernetesObject } from "../../core/kubernetes-object";
import type { JobPool, JobRequest } from "./job-request";

/** Whether the nodes of a pool's jobs share NVLink, each job in a ComputeDomain of its own. */
export function inComputeDomain({ gpuStack }: Pick<JobPool, "gpuStack">): boolean {
  return gpuStackRows[gpuStack].computeDomain;
}

/** Name of the ComputeDomain of a job, and of the template of claims that its controller makes. */
export function computeDomainName({ name }: Pick<JobRequest, "name">): string {
  return `${name}-domain`;
}

/**
 * What gives the nodes of a job a way into one another's GPU memory over NVLink; none for a job that needs none. Two copies of its CRD
 * are about: one requires the number of nodes, the other calls it deprecated, and 0 suits both.
 * Source: kubernetes-sigs/dra-driver-nvidia-gpu:api/nvidia.com/resource/v1beta1/computedomain.go (v0.4.1)
 */
export function computeDomain(request: JobRequest): readonly KubernetesObject[] {
  if (!inComputeDomain(request.pool)) return [];
  const name = computeDomainName(request);
  return [
    {
      apiVersion: "resource.nvidia.com/v1beta1",
      kind: "ComputeDomain",
      metadata: { name, namespace: request.namespace, labels: { [labels.job]: request.name } },
      spec: { numNodes: 0, channel: { resourceClaimTemplate: { name }, allocationMode: "Single" } },
    },
  ];
}
