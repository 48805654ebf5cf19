import { interruptionsPerGpuHour, restartSeconds } from "../../catalog/failure-rates";

/** A job that saves, and where it saves to. */
export interface SavingJob {
  readonly gpus: number;
  /** Size of one checkpoint in GiB, all processes together. */
  readonly checkpointGiB: number;
  /** What the job's nodes together write in MB/s. */
  readonly writeMBps: number;
}

/** How often a job had best save, and what it loses then. */
export interface CheckpointInterval {
  /** Hours from one unexpected interruption to the next, on average. */
  readonly hoursBetweenInterruptions: number;
  readonly saveSeconds: number;
  /** Seconds of training between the end of one save and the start of the next. */
  readonly intervalSeconds: number;
  /** Part of all time that is no training: saves, work that is done twice, restarts. Where interruptions are as usual, and frequent. */
  readonly lostShare: { readonly usual: number; readonly frequent: number };
}

/** Seconds from one unexpected interruption of a job to the next, on average. */
export function secondsBetweenInterruptions(gpus: number, rate: keyof typeof interruptionsPerGpuHour): number {
  return 3600 / (gpus * interruptionsPerGpuHour[rate].value);
}

/** The best interval for a job that stands still while it saves. One that saves beside its work loses less, and may save as often. */
export function checkpointInterval({ gpus, checkpointGiB, writeMBps }: SavingJob): CheckpointInterval {
  const saveSeconds = (checkpointGiB * 2 ** 30) / (writeMBps * 1e6);
  const mean = secondsBetweenInterruptions(gpus, "usual");
  const intervalSeconds = bestInterval(saveSeconds, mean);
  const lost = (rate: keyof typeof interruptionsPerGpuHour): number =>
    // What was saved is read again, about as fast.
    lostShare(
      intervalSeconds,
      saveSeconds,
      restartSeconds.value + saveSeconds,
      secondsBetweenInterruptions(gpus, rate),
    );
  return {
    hoursBetweenInterruptions: mean / 3600,
    saveSeconds,
    intervalSeconds,
    lostShare: { usual: lost("usual"), frequent: lost("frequent") },
  };
}

/**
 * Seconds of work between two saves that lose the least. For short saves it is Young's `sqrt(2 save mean)`, less the save.
 * Sources: J. W. Young, A First Order Approximation to the Optimum Checkpoint Interval, CACM 17 (1974); J. T. Daly, A higher order
 * estimate of the optimum checkpoint interval for restart dumps, Future Generation Computer Systems 22 (2006), equation 37
 */
export function bestInterval(saveSeconds: number, meanSeconds: number): number {
  const part = saveSeconds / (2 * meanSeconds);
  if (part >= 1) return meanSeconds;
  return Math.sqrt(2 * saveSeconds * meanSeconds) * (1 + Math.sqrt(part) / 3 + part / 9) - saveSeconds;
}

/**
 * Part of all time that is no work, where interruptions come by chance: also while a job saves or starts anew.
 * Source: Daly (2006), equation 20
 */
export function lostShare(interval: number, save: number, restart: number, mean: number): number {
  return 1 - interval / (mean * Math.exp(restart / mean) * Math.expm1((interval + save) / mean));
}
