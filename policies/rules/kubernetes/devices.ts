import { isGpuResource, rdmaResourceNames } from "../../../catalog/scheduling";
import { keys, read } from "../../../core/property-tree";
import type { Subject } from "../../engine/rule";

/** Keys of the GPUs that a container may take. */
export function gpusAsked(inputs: unknown, container: string): readonly string[] {
  return keys(inputs, `${container}.resources.limits`).filter(isGpuResource);
}

/** Whether a container takes an InfiniBand adapter. */
export function asksForRdma(inputs: unknown, container: string): boolean {
  return keys(inputs, `${container}.resources.limits`).some(isRdma);
}

/** Whether an extended resource is an InfiniBand adapter. */
export function isRdma(resource: string): boolean {
  return resource.startsWith("rdma/") || rdmaResourceNames.some((it) => it === resource);
}

/** Whether a queue starts the object: it adds what the nodes of its flavour ask for. */
export function isQueued({ inputs }: Subject): boolean {
  return read(inputs, 'metadata.labels["kueue.x-k8s.io/queue-name"]') !== undefined;
}
