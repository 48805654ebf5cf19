import { defaultMaxRestarts } from "../failure-policy";
import { mpirun, mpiVariables } from "./mpirun";
import type { Runtime } from "./runtime";

/** DeepSpeed, which finds the other processes by MPI. */
export const deepspeedMpiIb: Runtime = {
  runs: "the command once for each GPU, by `mpirun`",
  image: "DeepSpeed, OpenMPI, an SSH server and root as its user",
  ownVariables: mpiVariables,
  maxRestarts: defaultMaxRestarts,
  leastNodes: 2,
  anywhere: false,
  saves: false,
  form: mpirun("deepspeed", {}, ({ command }) => command),
};
