/**
 * Tags that tell the cluster autoscaler what a node of an empty pool will have. Without them it knows CPUs, memory and NVIDIA GPUs
 * of a size, and a pod that asks for anything else never wakes the pool. It reads them from the scale set, which AKS gives the tags
 * of the pool; a tag name cannot hold `/`, and the autoscaler reads `_` as one.
 * Source: kubernetes/autoscaler:cluster-autoscaler/cloudprovider/azure/azure_template.go,
 * function extractAllocatableResourcesFromScaleSet
 */
export function nodeTemplateTags(resources: Readonly<Record<string, number>>): Record<string, string> {
  const prefix = "k8s.io_cluster-autoscaler_node-template_resources_";
  return Object.fromEntries(
    Object.entries(resources).map(([name, count]) => [prefix + name.replaceAll("/", "_"), String(count)]),
  );
}
