import { unjudged } from "../../engine/expect";
import { items, read } from "../../../core/property-tree";
import { isUnknown } from "../../../core/property-marks";
import { levels, type Outcome, type ResourceRule } from "../../engine/rule";
import { podHolders, podSpecs } from "./pods";
import { gpuResources } from "../../../catalog/scheduling";
import { gpusAsked, isQueued } from "./devices";

export const k8sGpuToleration: ResourceRule = {
  id: 189,
  name: "k8s-gpu-toleration",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title: "A pod that asks for GPUs tolerates the taint of GPU nodes.",
  why: "Otherwise it waits for a node for ever, and the autoscaler adds none.",
  remedy:
    "Add a toleration with the key of the GPU resource, such as nvidia.com/gpu. A queue adds it to jobs that name their queue.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "ours",
  check: (resource) =>
    podSpecs(resource)
      .filter((spec) => spec.whole && !isQueued(resource))
      .flatMap((spec): Outcome[] => {
        const { inputs } = resource;
        if (!spec.containers.some((it) => gpusAsked(inputs, it).length > 0)) return [];
        const tolerations = items(inputs, `${spec.path}.tolerations`);
        const hidden = tolerations.find(({ value }) => isUnknown(read(value, "key")));
        if (tolerations.some(({ value }) => tolerates(value))) return [];
        if (hidden !== undefined) return [unjudged(hidden.path)];
        return [
          {
            path: `${spec.path}.tolerations`,
            is: "without the taint of GPU nodes",
            must: `tolerate ${gpuResources.join(" or ")}: the pod asks for GPUs`,
          },
        ];
      }),
};

/** A toleration without a key is for every taint. */
function tolerates(toleration: unknown): boolean {
  const key = read(toleration, "key");
  return key === undefined ? read(toleration, "operator") === "Exists" : gpuResources.some((it) => it === key);
}
