import { restartSeconds } from "../catalog/failure-rates";
import type { CheckpointEstimate } from "../stacks/checkpoint-estimates";

/** What the figures of checkpoints take for granted, a sentence each. */
export function checkpointAssumptions(estimates: readonly CheckpointEstimate[]): string[] {
  const assumed = estimates.some((it) => it.assumed && it.saving !== null);
  return [
    "Estimates, from interruptions of others' clusters: Meta's training of Llama 3 first, and a research cluster second.",
    `A restart takes ${restartSeconds.value / 60} minutes, and a job stands still while it saves: one that saves beside its work loses less.`,
    ...(assumed
      ? ["* the size of a model of 70 billion parameters with AdamW; write checkpointGiB at the team for yours"]
      : []),
  ];
}
