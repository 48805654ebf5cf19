import type { AgentPoolPlan } from "../../../../components/cluster/agent-pool/plan";
import { list, record } from "../../../../core/property-tree";
import type { VmSize } from "../../../../catalog/vm-size";

/** A node that the cluster autoscaler reckons with before there is one. */
export interface ImaginedNode {
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
  readonly allocatable: Readonly<Record<string, number>>;
}

const resourceTag = "k8s.io_cluster-autoscaler_node-template_resources_";

/**
 * What the cluster autoscaler makes of an empty pool: the size gives CPUs, memory and GPUs, which it takes for NVIDIA's whoever made
 * them; AKS tells it labels and taints of the pool; tags of the scale set name what else a node has. It reckons that pods may have all
 * of that, and that every node is an x64 one.
 * Source: kubernetes/autoscaler:cluster-autoscaler/cloudprovider/azure/azure_template.go (0d4679d, 2026), functions buildNodeFromTemplate,
 * processVMSSTemplate, buildGenericLabels, extractAllocatableResourcesFromScaleSet, constructTaintFromString
 */
export function imaginedNode(size: VmSize, { body, tags }: AgentPoolPlan): ImaginedNode {
  const told = Object.entries(tags).flatMap(([tag, value]) => {
    const [, name = ""] = tag.split(resourceTag);
    return name === "" ? [] : [[name.replaceAll("_", "/").replaceAll("~2", "/"), Number(value)] as const];
  });
  return {
    labels: {
      ...texts(record(body, "nodeLabels")),
      "kubernetes.io/arch": "amd64",
      "kubernetes.io/os": "linux",
      "node.kubernetes.io/instance-type": size.name,
    },
    taints: list(body, "nodeTaints").flatMap((taint) => {
      const parts = String(taint).split("=");
      const [value = "", effect = ""] = (parts[1] ?? "").split(":");
      const read = parts.length === 2 && ["NoSchedule", "NoExecute", "PreferNoSchedule"].includes(effect);
      return read ? [{ key: parts[0] ?? "", value, effect }] : [];
    }),
    allocatable: {
      pods: 110,
      cpu: size.vcpus,
      memory: size.memoryGiB * 2 ** 30,
      "nvidia.com/gpu": size.gpu?.count ?? 0,
      ...Object.fromEntries(told),
    },
  };
}

function texts(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}
