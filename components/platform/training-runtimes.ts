import { z } from "zod";
import { clusterTrainingRuntimes } from "../training/training-runtime";
import type { GpuPoolRef } from "../cluster/gpu-pool/gpu-pool-ref";
import type { AddOn } from "./add-on";

/** There is nothing to choose. */
const settings = z.strictObject({});

/** Pools whose nodes jobs take whole: with MIG there are parts of GPUs, for which nobody trains over several nodes. */
function ofWholeNodes(pools: readonly GpuPoolRef[]): readonly GpuPoolRef[] {
  return pools.filter((it) => it.migProfile === null);
}

/**
 * Runtimes of Trainer for every GPU pool: what a TrainJob is run by names its pool, and has its nodes, adapters, variables and shared
 * memory. Their number grows with pools, not with teams or nodes. Costs nothing.
 */
export const trainingRuntimes: AddOn<typeof settings> = {
  name: "training-runtimes",
  gives:
    "runtimes for TrainJobs on whole nodes of each GPU pool: PyTorch, JAX, DeepSpeed, fine-tuning and tests of NCCL",
  verify: "kubectl get clustertrainingruntimes",
  wanted: { when: "there is a GPU pool without MIG", holds: ({ pools }) => ofWholeNodes(pools).length > 0 },
  needs: ["trainer"],
  after: [],
  namespace: null,
  release: null,
  generalCpus: 0,
  manifest: null,
  aliases: [],
  settings,
  contents: ({ facts: { pools } }) => ({
    values: {},
    crds: null,
    objects: Object.fromEntries(
      ofWholeNodes(pools)
        .flatMap(clusterTrainingRuntimes)
        .map((it) => [`training-runtimes-${it.metadata.name}`, it]),
    ),
    handsOver: null,
  }),
};
