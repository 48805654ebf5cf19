import type { EngineArguments } from "./server-arguments";
import { modelRepository } from "./triton-repository";

/**
 * Arguments of Triton's frontend with OpenAI's API. It has the tokenizer for itself, since chats become prompts in it. Without a word it
 * ends each answer after 16 tokens; with this number an answer ends where the context is full, as with the other engines.
 * Source: triton-inference-server/server:python/openai/openai_frontend/main.py (v2.71.0); vllm-project/vllm:vllm/v1/core/sched/utils.py
 * (check_stop)
 */
export const tritonArguments: EngineArguments = ({ source }, { fit: { contextTokens }, port }) => {
  if (source.kind === "blob") throw new Error("The checks let weights in Blob pass, which Triton does not read.");
  return [
    `--model-repository=${modelRepository}`,
    `--tokenizer=${source.repository}`,
    `--openai-port=${port}`,
    `--default-max-tokens=${contextTokens}`,
  ];
};
