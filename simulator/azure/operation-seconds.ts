import type { Seconds } from "../../azure/arm-row";
import { rowOf } from "../../azure/rows";
import type { Props } from "../../core/property-value";

/** For types whose row says nothing. */
const few: Seconds = { create: 5, update: 5, delete: 5 };

/** Simulated seconds that one operation takes. Never 0. */
export function operationSeconds(type: string, kind: "create" | "update" | "delete", inputs: Props): number {
  const { seconds, computes } = rowOf(type);
  const { perNode = 0, gpu = 0, ...base } = seconds ?? few;
  if (kind !== "create") return base[kind];
  const machines = computes?.machines(inputs) ?? [];
  const nodes = machines.reduce((sum, it) => sum + it.startNodes, 0);
  // A pool that starts empty waits for no machine.
  if (nodes === 0) return base.create;
  const hasGpu = machines.some((it) => it.vmSize?.gpu != null);
  return base.create + perNode * nodes + (hasGpu ? gpu : 0);
}
