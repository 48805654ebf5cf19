import { defaultMaxRestarts } from "../failure-policy";
import { jobSet, podHost } from "../job-set";
import { programContainer, withContainer } from "../pod-template";
import type { Runtime } from "./runtime";

/** Name of TensorFlow's processes, and of the job with their pods. */
const worker = "worker";

/** Port on which TensorFlow's processes talk. */
const port = 2222;

/**
 * TensorFlow: one process for each node, for `MultiWorkerMirroredStrategy`. They find each other by `TF_CONFIG`, with the number of each
 * pod in it.
 * Source: https://www.tensorflow.org/guide/distributed_training (setting up the TF_CONFIG environment variable)
 */
export const tensorflow: Runtime = {
  runs: "the command once for each node, with `TF_CONFIG`",
  image: "TensorFlow for GPUs",
  ownVariables: ["TF_CONFIG", "TASK_INDEX"],
  maxRestarts: defaultMaxRestarts,
  leastNodes: 1,
  anywhere: false,
  saves: false,
  form: {
    by: "jobSet",
    object: (request, pod, maxRestarts) => {
      const { name, nodes, command } = request;
      const workers = Array.from({ length: nodes }, (_, index) => `${podHost(name, worker, index)}:${port}`);
      const task = `{"type":"worker","index":$(TASK_INDEX)}`;
      const index = { fieldPath: "metadata.annotations['batch.kubernetes.io/job-completion-index']" };
      const env = [
        { name: "TASK_INDEX", valueFrom: { fieldRef: index } },
        { name: "TF_CONFIG", value: `{"cluster":{"worker":${JSON.stringify(workers)}},"task":${task}}` },
      ];
      const program = withContainer(pod, { name: programContainer, command, env });
      return jobSet(request, { jobs: [{ name: worker, pods: nodes, pod: program }] }, maxRestarts);
    },
  },
};
