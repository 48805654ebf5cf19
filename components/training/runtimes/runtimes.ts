import { deepspeedMpiIb } from "./deepspeed-mpi-ib";
import { federated } from "./federated";
import { fineTuneFull } from "./fine-tune-full";
import { fineTuneLora } from "./fine-tune-lora";
import { jaxIb } from "./jax-ib";
import { ncclTest } from "./nccl-test";
import { rayIb } from "./ray-ib";
import type { Runtime } from "./runtime";
import { tensorflow } from "./tensorflow";
import { torchIb } from "./torch-ib";

/** Every way to run a program on whole nodes, by the name that a job says. */
export const runtimes: Readonly<Record<string, Runtime>> = {
  "torch-ib": torchIb,
  "deepspeed-mpi-ib": deepspeedMpiIb,
  "jax-ib": jaxIb,
  "ray-ib": rayIb,
  tensorflow,
  "nccl-test": ncclTest,
  "fine-tune-lora": fineTuneLora,
  "fine-tune-full": fineTuneFull,
  federated,
};
