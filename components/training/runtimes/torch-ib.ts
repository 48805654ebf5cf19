import { programContainer } from "../pod-template";
import type { Runtime } from "./runtime";

/** Restarts of the processes inside running pods, which cost seconds where those of the job cost minutes. */
const restartsInPlace = 3;

/**
 * PyTorch: one process for each GPU, started by torchrun. All nodes meet at the first one, so that a node which stands in for a lost one
 * joins, and the others start their processes anew. When the first node itself is lost, the whole job starts anew.
 * Sources: kubeflow/trainer:pkg/runtime/framework/plugins/torch/torch.go (v2.3.0) for the variables;
 * https://docs.pytorch.org/docs/stable/elastic/run.html for the rendezvous
 */
export const torchIb: Runtime = {
  runs: "PyTorch: `torchrun` with one process for each GPU",
  ownVariables: ["PET_NNODES", "PET_NPROC_PER_NODE", "PET_NODE_RANK", "PET_MASTER_ADDR", "PET_MASTER_PORT"],
  form: {
    by: "trainer",
    framework: "torch",
    policy: () => ({ torch: {} }),
    jobs: (pod) => [{ name: programContainer, isTrainer: true, pod }],
    start: ({ name, nodes, pool, command }) => ({
      command: [
        "torchrun",
        // Without this word the nodes that stand ready would count as well.
        `--nnodes=${nodes}`,
        `--nproc-per-node=${pool.gpusPerNode}`,
        `--rdzv-id=${name}`,
        "--rdzv-backend=c10d",
        "--rdzv-endpoint=$(PET_MASTER_ADDR):$(PET_MASTER_PORT)",
        `--max-restarts=${restartsInPlace}`,
        "--no-python",
      ],
      args: command,
    }),
    takesSpares: true,
  },
};
