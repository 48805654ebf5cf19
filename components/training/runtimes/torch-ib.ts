import { defaultMaxRestarts } from "../failure-policy";
import type { Runtime } from "./runtime";
import { torchrun, torchVariables } from "./torchrun";

/** PyTorch: the program of the job, once for each GPU. */
export const torchIb: Runtime = {
  runs: "the command once for each GPU, by `torchrun`",
  image: "PyTorch",
  ownVariables: torchVariables,
  maxRestarts: defaultMaxRestarts,
  leastNodes: 1,
  anywhere: false,
  saves: false,
  form: torchrun({}),
};
