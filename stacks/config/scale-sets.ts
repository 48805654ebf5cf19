import { z } from "zod";
import { limits } from "../../catalog/limits";
import { gpuScaleSetShape } from "../../components/compute/gpu-scale-set/shape";

/** Bare scale sets for Slurm, Ray or plain MPI, by name. */
export const scaleSetsSection = z.record(
  z.string().regex(limits.scaleSetName.pattern, limits.scaleSetName.rule),
  gpuScaleSetShape,
);
