import type { PlanningFigure } from "./energy";

/**
 * How often one GPU of a job, with all that it needs, interrupts the job unexpectedly: interruptions an hour. Faults of programs are not
 * among them. Azure publishes no figure.
 */
export const interruptionsPerGpuHour = {
  /** One long job of a team that watches it: 419 interruptions in 54 days on 16,384 H100. */
  usual: {
    value: 419 / (54 * 24 * 16_384),
    assumption: false,
    source: "The Llama 3 Herd of Models, arXiv 2407.21783, section 3.3.4 and table 5 (2024-07)",
  },
  /** Many jobs of a research cluster of A100, over eleven months: 6.5 failures for each 1000 days of a node with 8 GPUs. */
  frequent: {
    value: 6.5 / (1000 * 24 * 8),
    assumption: false,
    source:
      "Revisiting Reliability in Large-Scale Machine Learning Research Clusters, arXiv 2410.21680 (2024-10), cluster RSC-1",
  },
} as const satisfies Readonly<Record<string, PlanningFigure>>;

/** Seconds from an interruption until all processes run again and can load: a fault that is noticed, another node, an image. */
export const restartSeconds: PlanningFigure = {
  value: 600,
  assumption: true,
  source: "our own choice; nobody publishes it",
};

/**
 * GiB of a checkpoint where a team says nothing: a model of 70 billion parameters. AdamW in mixed precision keeps 14 bytes for each: 2 for
 * the weight in bfloat16, and 4 each for the weight, the momentum and the variance in single precision. Gradients are not saved.
 */
export const usualCheckpointGiB: PlanningFigure = {
  value: Math.round((70e9 * 14) / 2 ** 30),
  assumption: true,
  source:
    "ZeRO: Memory Optimizations Toward Training Trillion Parameter Models, arXiv 1910.02054, section 3.1, for the bytes",
};
