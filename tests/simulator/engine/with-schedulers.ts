import { describe } from "vitest";
import type { Engine } from "../../../simulator/engine/engine";
import { findSchedulers, howToGetSchedulers, type Schedulers } from "../../../simulator/engine/schedulers";
import { describeWithHelm } from "./with-helm";

/** What runs the jobs of a cluster, and what installs that. */
export interface Programs {
  readonly engine: Engine;
  readonly helm: string;
  readonly schedulers: Schedulers;
}

/**
 * Tests that need the engine, Helm, a scheduler and Kueue. On a machine without one of them they are counted as skipped, and say how
 * to get it.
 */
export function describeWithSchedulers(name: string, tests: (programs: Programs) => void): void {
  const schedulers = findSchedulers();
  if (schedulers !== undefined) {
    describeWithHelm(name, (programs) => tests({ ...programs, schedulers }));
    return;
  }
  process.stderr.write(`Skipped: ${name}. It needs a scheduler and Kueue. ${howToGetSchedulers}\n`);
  describe.skip(`${name} (needs a scheduler and Kueue: npm run engine)`, () => tests(none));
}

const none: Programs = {
  engine: { pulumi: "", kubeApiserver: "", etcd: "" },
  helm: "",
  schedulers: {
    kubeScheduler: "",
    kubeControllerManager: "",
    kwok: "",
    kueue: "",
    jobSetManager: "",
    leaderWorkerSetManager: "",
    trainerManager: "",
  },
};
