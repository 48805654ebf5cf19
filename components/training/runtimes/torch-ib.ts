import { defaultMaxRestarts } from "../failure-policy";
import type { Runtime } from "./runtime";
import { torchrun, torchVariables } from "./torchrun";

/** PyTorch: the program of the job, once for each GPU. */
export const torchIb: Runtime = {
  runs: "PyTorch by `torchrun`: the command once for each GPU",
  image: "PyTorch",
  ownVariables: torchVariables,
  maxRestarts: defaultMaxRestarts,
  leastNodes: 1,
  saves: false,
  form: torchrun({}),
};
