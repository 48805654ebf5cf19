import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { onGpu, nodePools } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npTopologyManager: ResourceRule = {
  id: 98,
  name: "np-topology-manager",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "A GPU pool says how the kubelet pairs CPUs and GPUs.",
  why: "By default it pairs them blindly, and a process far from its GPU copies at half the speed.",
  remedy:
    "Set kubeletConfig.topologyManagerPolicy when the pool is created: best-effort, restricted or single-numa-node.",
  severity: "low",
  levels: levels.advised,
  source: "MicrosoftDocs/azure-aks-docs:articles/aks/custom-node-configuration-reference.md",
  check: (resource) =>
    nodePools(resource).flatMap((pool) =>
      onGpu(resource.inputs, `${pool}vmSize`, () =>
        expectAt(
          resource.inputs,
          `${pool}kubeletConfig.topologyManagerPolicy`,
          oneOf("best-effort", "restricted", "single-numa-node", "none"),
          "be best-effort, restricted, single-numa-node or none",
        ),
      ),
    ),
};
