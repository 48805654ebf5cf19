import type { Outcome } from "./steps";

/** One thing that happens to a workload, as a step of a rehearsal. */
export interface WorkloadStep {
  readonly name: string;
  readonly act: () => Promise<Outcome>;
}

/** What runs in a cluster for a while in a rehearsal. */
export interface Workload {
  /** What happens to it, in order. */
  readonly steps: readonly WorkloadStep[];
  /** Leaves the cluster as it was before. */
  readonly end: () => Promise<Outcome>;
  /** Stops what still runs for it. */
  readonly close: () => Promise<void>;
}
