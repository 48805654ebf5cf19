import { join } from "node:path";
import { isBuilt } from "./built-programs";
import { ensureModule } from "./engine";
import type { Progress } from "./go-build";
import { kueueModule, schedulersModule, trainerModule } from "./modules";

/**
 * What queues jobs and gives their pods to nodes, beside the engine and not a part of it: what only declares objects must not
 * wait for its build. Programs on PATH are never taken.
 */

/** Paths of the executables that make pods of jobs, place them, and pretend to run them. */
export interface Schedulers {
  readonly kubeScheduler: string;
  readonly kubeControllerManager: string;
  readonly kwok: string;
  readonly kueue: string;
  readonly jobSetManager: string;
  readonly leaderWorkerSetManager: string;
  readonly trainerManager: string;
}

/** How to get them, for messages. */
export const howToGetSchedulers =
  "Run `npm run engine` once: it builds scheduler and Kueue from source, about ten minutes on two cores.";

/**
 * The schedulers of this machine, or undefined when not all of them have been built. Builds nothing.
 * @throws EngineError when something was built that must not be run
 */
export function findSchedulers(): Schedulers | undefined {
  const [schedulers, kueue, trainer] = [schedulersModule(), kueueModule(), trainerModule()];
  if (![schedulers, kueue, trainer].every(isBuilt)) return undefined;
  return {
    kubeScheduler: join(schedulers.folder, "kube-scheduler"),
    kubeControllerManager: join(schedulers.folder, "kube-controller-manager"),
    kwok: join(kueue.folder, "kwok"),
    kueue: join(kueue.folder, "kueue"),
    jobSetManager: join(kueue.folder, "jobset-manager"),
    leaderWorkerSetManager: join(kueue.folder, "lws-manager"),
    trainerManager: join(trainer.folder, "trainer-controller-manager"),
  };
}

/**
 * The schedulers of this machine. What is missing is built, minutes the first time.
 * @throws EngineError that says what to do
 */
export async function ensureSchedulers(progress: Progress = () => undefined): Promise<Schedulers> {
  for (const it of [schedulersModule(), kueueModule(), trainerModule()]) await ensureModule(it, progress);
  const schedulers = findSchedulers();
  if (schedulers === undefined) throw new Error("The schedulers were built, but are not where they should be.");
  return schedulers;
}
