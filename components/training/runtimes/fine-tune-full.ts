import { fineTune } from "./fine-tune";

/**
 * A language model whose weights all learn. They, their gradients and the state of the optimizer are spread over all GPUs of the job.
 * Source of the variables: huggingface/accelerate:src/accelerate/utils/dataclasses.py (FullyShardedDataParallelPlugin), which
 * `accelerate launch` sets too
 */
export const fineTuneFull = fineTune({
  runs: "TRL with all weights, spread over all GPUs by FSDP; the command is its options",
  image: "PyTorch and `trl`",
  options: [],
  env: {
    ACCELERATE_USE_FSDP: "true",
    FSDP_VERSION: "2",
    FSDP_AUTO_WRAP_POLICY: "TRANSFORMER_BASED_WRAP",
    FSDP_RESHARD_AFTER_FORWARD: "true",
    // Each process writes its own part: nobody gathers the whole model in one memory.
    FSDP_STATE_DICT_TYPE: "SHARDED_STATE_DICT",
  },
});
