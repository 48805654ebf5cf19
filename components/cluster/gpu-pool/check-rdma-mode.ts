import type { z } from "zod";
import { gpuDirectOf } from "../../../catalog/gpu-direct";
import { gpuStackRows } from "../../../catalog/gpu-stacks";
import type { VmSize } from "../../../catalog/vm-size";
import type { Problems } from "../../../core/problems";
import type { gpuPoolShape } from "./shape";

/** Notes a problem for a way to get adapters that size, stack or counts of a pool do not have. */
export function checkRdmaMode(
  { rdma, gpuStack, nodes, minNodes = 0 }: z.output<typeof gpuPoolShape>,
  size: VmSize,
  problems: Problems,
): void {
  if (rdma === undefined) return;
  if (size.infiniband === null) {
    problems.require(false, "rdma", `must be absent: ${size.name} has no InfiniBand`, {
      got: rdma,
      remedy: "Leave it out, or choose a size with InfiniBand (docs/sizes.md)",
    });
    return;
  }
  const stack = gpuStack ?? size.aks?.gpuStacks[0];
  if (rdma !== "dranet" || stack === undefined) return;
  const { fabric } = gpuStackRows[stack];
  problems.require(fabric.includes(rdma), "rdma", `must be one of ${fabric.join(", ")} with gpuStack ${stack}`, {
    got: rdma,
  });
  const free = size.aks?.gpuStacks.find((it) => gpuDirectOf(size, it)?.mode === "dma-buf");
  problems.require(
    gpuDirectOf(size, stack)?.mode !== "peermem",
    "rdma",
    `is not possible with gpuStack ${stack}: its GPUs reach adapters by nvidia-peermem, whose network driver only the network operator brings`,
    { got: rdma, remedy: free === undefined ? "Use sriov" : `Use sriov, or gpuStack ${free}` },
  );
  problems.require(
    nodes !== undefined || minNodes > 0,
    "minNodes",
    "must be at least 1 with rdma dranet: what pods may claim only a node that is there tells, so an empty pool never grows",
    { got: minNodes, remedy: "Use 1, or a fixed number of nodes" },
  );
}
