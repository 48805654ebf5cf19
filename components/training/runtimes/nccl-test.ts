import { mpirun, mpiVariables } from "./mpirun";
import type { Runtime } from "./runtime";

/** A program of nccl-tests or rccl-tests. Its log says which way the traffic takes: `NET/IB` and `GDRDMA`. */
export const ncclTest: Runtime = {
  runs: "the command once for each GPU, by `mpirun`; its log says which way the traffic takes",
  image: "nccl-tests, OpenMPI, an SSH server and root as its user",
  ownVariables: [...mpiVariables, "NCCL_DEBUG", "NCCL_DEBUG_SUBSYS"],
  // A second try would hide a fault.
  maxRestarts: 0,
  leastNodes: 2,
  anywhere: false,
  saves: false,
  form: mpirun("mpi", { NCCL_DEBUG: "INFO", NCCL_DEBUG_SUBSYS: "INIT,NET" }, ({ command }) => command),
};
