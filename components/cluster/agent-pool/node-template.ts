/**
 * Tags that tell the cluster autoscaler what a node of an empty pool will have. Without them it knows CPUs, memory and NVIDIA GPUs
 * of a size, and a pod that asks for anything else never wakes the pool. It reads them from the scale set, which AKS gives the tags
 * of the pool; a tag name cannot hold `/`, and the autoscaler reads `_` as one.
 * Source: kubernetes/autoscaler:cluster-autoscaler/cloudprovider/azure/azure_template.go,
 * function extractAllocatableResourcesFromScaleSet
 */
export function nodeTemplateTags(resources: Readonly<Record<string, number>>): Record<string, string> {
  const told = Object.entries(resources).filter(([name]) => canBeTold(name));
  const prefix = "k8s.io_cluster-autoscaler_node-template_resources_";
  return Object.fromEntries(told.map(([name, count]) => [prefix + name.replaceAll("/", "_"), String(count)]));
}

/** Whether a tag can name a resource: one with `_` in it would arrive as another. */
export function canBeTold(resource: string): boolean {
  return !resource.includes("_");
}
