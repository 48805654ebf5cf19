import type { z } from "zod";
import { checkOffHours } from "../../../catalog/check-off-hours";
import type { Problems } from "../../../core/problems";
import { canBeTold } from "../agent-pool/node-template";
import type { gpuPoolShape } from "./shape";
import type { Variant } from "./variants";

/** Notes a problem for hours that are none, for nodes that would stay all the same, and for a pool that would never come back. */
export function checkOff(
  { off, rdma, rdmaResource = "" }: z.output<typeof gpuPoolShape>,
  variants: readonly Variant[],
  problems: Problems,
): void {
  if (off === undefined) return;
  checkOffHours(off, problems);
  const stranded = rdma === "dranet" ? `rdma ${rdma}` : canBeTold(rdmaResource) ? null : rdmaResource;
  problems.require(
    stranded === null,
    "off",
    `is not possible with ${stranded ?? ""}: once empty the pool never grows again, for only nodes that are there tell what pods of it ask for`,
    { remedy: "Leave off out and keep a node by minNodes: 1, or leave this way to adapters out" },
  );
  for (const { shape, rung } of variants) {
    const { nodes, minNodes = 0 } = shape;
    const path = `${rung === null ? "" : `${rung.path}.`}${nodes === undefined ? "minNodes" : "nodes"}`;
    problems.require(
      nodes === undefined && minNodes === 0,
      path,
      "must not hold nodes in a pool with off: the autoscaler takes away what is idle, and these it may not",
      { got: nodes ?? minNodes, remedy: "Write maxNodes alone, or leave off out" },
    );
  }
}
