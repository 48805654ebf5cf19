import type { z } from "zod";
import { checkOffHours } from "../../../catalog/check-off-hours";
import type { Problems } from "../../../core/problems";
import type { offShape } from "./off-shape";
import type { Variant } from "./variants";

/** Notes a problem for hours that are none, and for nodes that would stay all the same. */
export function checkOff(off: z.output<typeof offShape>, variants: readonly Variant[], problems: Problems): void {
  checkOffHours(off, problems);
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
