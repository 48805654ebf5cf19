import { defaultMaxRestarts } from "../failure-policy";
import type { Runtime } from "./runtime";
import { torchrun, torchVariables } from "./torchrun";

/**
 * Supervised fine-tuning of a language model with TRL, which goes on from the last checkpoint that it finds. torchtune, which Trainer has
 * a runtime for, is not developed any more (README of meta-pytorch/torchtune, 2026).
 * Source: huggingface/trl:trl/scripts/sft.py, for the names of what it takes
 */
const program = `import os

from datasets import load_dataset
from transformers.trainer_utils import get_last_checkpoint
from trl import ModelConfig, ScriptArguments, SFTConfig, SFTTrainer, TrlParser, get_peft_config

script, training, model = TrlParser((ScriptArguments, SFTConfig, ModelConfig)).parse_args_and_config()
training.model_init_kwargs = {"attn_implementation": model.attn_implementation, "dtype": model.dtype}
trainer = SFTTrainer(
    model=model.model_name_or_path,
    args=training,
    train_dataset=load_dataset(script.dataset_name, name=script.dataset_config)[script.dataset_train_split],
    peft_config=get_peft_config(model),
)
saved = get_last_checkpoint(training.output_dir) if os.path.isdir(training.output_dir) else None
trainer.train(resume_from_checkpoint=saved)
trainer.save_model()
`;

/** What one way of fine-tuning adds. */
export interface FineTuning {
  readonly runs: string;
  readonly image: string;
  readonly options: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Fine-tuning of a model. The command of the job is options of TRL: model and data set, from volumes or from Hugging Face. */
export function fineTune({ runs, image, options, env }: FineTuning): Runtime {
  return {
    runs,
    image,
    ownVariables: [...torchVariables, ...Object.keys(env)],
    maxRestarts: defaultMaxRestarts,
    leastNodes: 1,
    anywhere: false,
    saves: true,
    form: torchrun({
      program: ["python3", "-c", program, ...options],
      env,
      args: ({ command, checkpoint }) => [
        ...(checkpoint === undefined ? [] : ["--output_dir", checkpoint.path]),
        ...command,
      ],
    }),
  };
}
