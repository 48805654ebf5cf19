import { defaultMaxRestarts } from "../failure-policy";
import { programContainer, withContainer } from "../pod-template";
import type { Runtime } from "./runtime";

/**
 * JAX: one process for each node, which has all its GPUs. `jax.distributed.initialize()` finds the others by variables of Trainer. When
 * one of them is lost all of them end, and the job starts anew.
 * Source: kubeflow/trainer:pkg/runtime/framework/plugins/jax/jax.go (v2.3.0)
 */
export const jaxIb: Runtime = {
  runs: "the command once for each node, with what JAX needs to find the others",
  image: "JAX for GPUs",
  ownVariables: ["JAX_NUM_PROCESSES", "JAX_PROCESS_ID", "JAX_COORDINATOR_ADDRESS"],
  maxRestarts: defaultMaxRestarts,
  leastNodes: 1,
  anywhere: false,
  saves: false,
  form: {
    by: "trainer",
    framework: "jax",
    policy: () => ({ jax: {} }),
    jobs: [programContainer],
    group: (pod) => ({
      // It runs what follows as it is, whatever entry point the image has.
      jobs: [{ name: programContainer, pod: withContainer(pod, { command: ["env"] }) }],
    }),
    args: ({ command }) => command,
    takesSpares: false,
  },
};
