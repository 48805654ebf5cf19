import type { z } from "zod";
import type { VmSize } from "../../../catalog/vm-size";
import type { Problems } from "../../../core/problems";
import type { gpuPoolShape } from "./shape";

/**
 * Notes a problem for a pool that would turn away the very pods it is for: jobs of training teams take whole nodes, and every size with
 * InfiniBand has its GPUs on two sockets or more.
 * Source: kubernetes/website:content/en/docs/tasks/administer-cluster/topology-manager.md (single-numa-node);
 * Azure/azhpc-images:topology (CPUs with numaid 0 and up, 2026-07-29)
 */
export function checkNuma({ kubeletConfig }: z.output<typeof gpuPoolShape>, size: VmSize, problems: Problems): void {
  problems.require(
    kubeletConfig?.topologyManagerPolicy !== "single-numa-node" || size.infiniband === null,
    "kubeletConfig.topologyManagerPolicy",
    `must not be single-numa-node: a job takes all GPUs of ${size.name}, which lie on more than one NUMA node, so no node would take it`,
    { got: kubeletConfig?.topologyManagerPolicy, remedy: "Use best-effort, or leave it out" },
  );
}
