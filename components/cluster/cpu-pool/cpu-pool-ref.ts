import { z } from "zod";
import { declaredFigures } from "../../../catalog/declared-figures";

/** A pool without GPUs as add-ons know it: all of it is plain, because it decides what exists. */
export const cpuPoolRef = z.object({
  /** Key in the stack file; nodes carry it as the label `azure-gpu-cluster/pool`. */
  key: z.string(),
  /** Azure VM size of the nodes. */
  size: z.string(),
  /** Figures of that size, where the catalogue does not have it. */
  figures: declaredFigures.exactOptional(),
  /** What images must be built for. */
  architecture: z.enum(["x64", "arm64"]),
  /** Most nodes. */
  maxNodes: z.int(),
});
export type CpuPoolRef = Readonly<z.output<typeof cpuPoolRef>>;
