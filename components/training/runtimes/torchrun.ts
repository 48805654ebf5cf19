import { graceSeconds, programContainer, withContainer } from "../pod-template";
import type { TrainerForm } from "./runtime";
import { torchrunEntry } from "./torchrun-entry";

/** Restarts of the processes inside running pods, which cost seconds where those of the job cost minutes. */
const restartsInPlace = 3;

/** Variables by which Trainer tells torchrun what it is part of. Source: kubeflow/trainer:pkg/constants/constants.go (v2.3.0) */
export const torchVariables = [
  "PET_NNODES",
  "PET_NPROC_PER_NODE",
  "PET_NODE_RANK",
  "PET_MASTER_ADDR",
  "PET_MASTER_PORT",
  "TORCH_ELASTIC_SHUTDOWN_TIMEOUT",
];

/**
 * Seconds that torchrun leaves its processes after SIGTERM, where it knows the variable: else they are killed after 30. A little less than
 * the pod has.
 * Source: pytorch/pytorch:torch/distributed/run.py (2.15.0, --shutdown-timeout)
 */
const shutdownTimeout = { name: "TORCH_ELASTIC_SHUTDOWN_TIMEOUT", value: `${graceSeconds - 30}` };

/** What one program for torchrun adds to it. */
export interface TorchProgram {
  /** Program that each process runs, before the arguments of the job. @default the job's own */
  readonly program?: readonly string[];
  /** Variables of every process. @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** What follows. @default the job's command */
  readonly args?: TrainerForm["args"];
}

/**
 * One process for each GPU, started by torchrun. All nodes meet at the first one, so that a node which stands in for a lost one joins,
 * and the others start their processes anew. When the first node itself is lost, the whole job starts anew. Nodes beyond those that the
 * program runs on wait at the meeting point until one is missing.
 * Sources: kubeflow/trainer:pkg/runtime/framework/plugins/torch/torch.go (v2.3.0);
 * https://docs.pytorch.org/docs/stable/elastic/run.html; pytorch/pytorch:torch/distributed/elastic/rendezvous/dynamic_rendezvous.py
 * (redundancy_list)
 */
export function torchrun({ program = [], env = {}, args = ({ command }) => command }: TorchProgram): TrainerForm {
  const variables = [shutdownTimeout, ...Object.entries(env).map(([name, value]) => ({ name, value }))];
  return {
    by: "trainer",
    framework: "torch",
    policy: () => ({ torch: {} }),
    jobs: [programContainer],
    group: (pod, pool, { spares }) => ({
      jobs: [
        {
          name: programContainer,
          pod: withContainer(pod, {
            command: [
              "python3",
              "-c",
              torchrunEntry,
              // Without a word Trainer counts all nodes.
              ...(spares === null ? [] : [`--nnodes=${spares.active}`]),
              `--nproc-per-node=${pool.gpusPerNode}`,
              "--rdzv-backend=c10d",
              "--rdzv-endpoint=$(PET_MASTER_ADDR):$(PET_MASTER_PORT)",
              `--max-restarts=${restartsInPlace}`,
              "--no-python",
              ...program,
            ],
            env: variables,
          }),
        },
      ],
    }),
    args,
    takesSpares: true,
  };
}
