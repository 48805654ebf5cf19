import type { CheckpointEstimate } from "../stacks/checkpoint-estimates";
import { checkpointAssumptions } from "./checkpoint-assumptions";
import { numberText } from "./number-text";

/** What a person reads of checkpoints: a line for each team, and what the figures take for granted. */
export function checkpointLines(estimates: readonly CheckpointEstimate[]): string[] {
  if (estimates.length === 0) return [];
  return [...estimates.map(line), ...checkpointAssumptions(estimates).map((it) => `  ${it}`)];
}

function line({
  namespace,
  gpus,
  checkpointGiB,
  assumed,
  hoursBetweenInterruptions,
  saving,
}: CheckpointEstimate): string {
  const job = `  ${namespace}: a job on ${numberText(gpus)} GPUs is interrupted every ${numberText(hoursBetweenInterruptions)} hours`;
  if (saving === null)
    return `${job}; what Blob storage takes of its checkpoints in a second nobody promises, so measure it (npm run verify)`;
  const { writeMBps, saveSeconds, intervalMinutes, lostPercent } = saving;
  return (
    `${job}; ${numberText(checkpointGiB)} GiB${assumed ? "*" : ""} are saved in ${numberText(saveSeconds)} s at ${numberText(writeMBps)} MB/s, ` +
    `best every ${numberText(intervalMinutes)} minutes: ${numberText(lostPercent.usual)} to ${numberText(lostPercent.frequent)} % of the time is lost`
  );
}
