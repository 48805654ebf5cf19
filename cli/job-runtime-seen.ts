import { textOf } from "../verification/api-answer";

/**
 * Who judges a TrainJob by its runtime, and what they say while they have not seen it: both read runtimes from a cache, which learns of a
 * new one a moment after the API server has it.
 * Sources: kubeflow/trainer:pkg/runtime/core/trainingruntime.go and clustertrainingruntime.go (v2.3.0, ValidateObjects);
 * kubernetes-sigs/kueue:pkg/controller/jobs/trainjob/trainjob_controller.go and trainjob_webhook.go (v0.19.2, getChildJobSet)
 */
const unseen: readonly { readonly who: string; readonly says: RegExp }[] = [
  { who: "Trainer", says: /specified \w+ must be created before the TrainJob is created/ },
  { who: "Kueue", says: /"vtrainjob\.kb\.io" denied the request: runtime '[^']*' not found/ },
];

/** A cache is behind by parts of a second. Of a runtime that is not there at all the same is said, for ever. */
const patienceMs = 15_000;
const pauseMs = 250;

/** How the wait for a runtime is told and ended. */
export interface RuntimeWait {
  /** Is told who has not seen the runtime yet, once for each. */
  readonly note: (line: string) => void;
  /** Ends the wait, which then ends with the last refusal. */
  readonly signal?: AbortSignal;
}

/**
 * Makes a job, and tries again for a quarter of a minute while it is refused only because its runtime has not been seen yet.
 * @throws what `make` throws: any other refusal at once, and this one after the wait
 */
export async function onceRuntimeIsSeen<T>(make: () => Promise<T>, { note, signal }: RuntimeWait): Promise<T> {
  const deadline = Date.now() + patienceMs;
  const told = new Set<string>();
  for (;;) {
    try {
      return await make();
    } catch (error) {
      const who = unseen.find(({ says }) => says.test(textOf(error)))?.who;
      if (who === undefined || Date.now() >= deadline) throw error;
      if (!told.has(who)) note(`waits: ${who} has not seen its runtime yet`);
      told.add(who);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      if (signal?.aborted === true) throw error;
    }
  }
}
