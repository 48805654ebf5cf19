import { fineTune } from "./fine-tune";

/** A language model that stays as it is, with small matrices beside its own that learn. Each GPU holds all of it. */
export const fineTuneLora = fineTune({
  runs: "TRL with LoRA; the command is its options, such as `--model_name_or_path`",
  image: "PyTorch, `trl` and `peft`",
  options: ["--use_peft"],
  env: {},
});
