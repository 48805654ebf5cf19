import type { Runtime } from "./runtime";
import { torchIb } from "./torch-ib";

/** Every way to run a program on whole nodes, by the name that a job says. */
export const runtimes: Readonly<Record<string, Runtime>> = {
  "torch-ib": torchIb,
};
