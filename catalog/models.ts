import { z } from "zod";

const gigabytes = z.number().positive().max(100_000);

/** What the arithmetic of serving asks of a language model. Its `config.json` and the index of its weights have all of it. */
export const modelFigures = z
  .strictObject({
    /** Size of the weights as they are published, in GB (10^9 bytes). */
    weightGB: gigabytes,
    /** The part of them that one token reads: less than all in a mixture of experts. Default: all. */
    activeWeightGB: gigabytes.exactOptional(),
    /** Numbers that the weights are made of. */
    format: z.enum(["bf16", "fp8"]).default("bf16"),
    /** Layers (`num_hidden_layers`). */
    layers: z.int().min(1).max(1000),
    /** Heads of attention (`num_attention_heads`): GPUs that share a layer divide them evenly. */
    attentionHeads: z.int().min(1).max(1024),
    /**
     * What is kept of each token in each layer: keys and values of so many heads (`num_key_value_heads`) of so many numbers (`head_dim`), or
     * one vector of so many numbers (`kv_lora_rank` and `qk_rope_head_dim` together), which each GPU that shares the layer keeps whole.
     */
    kept: z.union([
      z.strictObject({
        /** Heads of keys and values. */
        heads: z.int().min(1).max(1024),
        /** Numbers in a head. */
        headSize: z.int().min(1).max(4096),
      }),
      z.strictObject({
        /** Numbers in the vector. */
        vectorSize: z.int().min(1).max(65_536),
      }),
    ]),
    /** Most tokens of a request and its answer together (`max_position_embeddings`). */
    contextTokens: z.int().min(1).max(100_000_000),
  })
  .refine(({ attentionHeads, kept }) => !("heads" in kept) || attentionHeads % kept.heads === 0, {
    path: ["kept", "heads"],
    message: "must divide attentionHeads: so many heads of attention share one of keys and values",
  });
export type ModelFigures = z.output<typeof modelFigures>;

/** A model that a stack file can name. */
export interface ModelRow extends ModelFigures {
  /** Name on Hugging Face, and the folder of its weights in a container. */
  readonly huggingFace: string;
  /** Licence that has to be accepted there before the weights can be had, null for none. */
  readonly gatedBy: string | null;
  readonly source: string;
}

const llama31 = "Llama 3.1 Community License";

/** Where the figures of a model are from. */
function filesOf(repository: string): string {
  return `https://huggingface.co/${repository}: config.json, and total_size in model.safetensors.index.json`;
}

/** Well-known models with open weights, by the name that a stack file says. */
export const models = {
  "qwen2.5-7b": {
    huggingFace: "Qwen/Qwen2.5-7B-Instruct",
    gatedBy: null,
    weightGB: 15.23,
    format: "bf16",
    layers: 28,
    attentionHeads: 28,
    kept: { heads: 4, headSize: 128 },
    contextTokens: 32_768,
    source: filesOf("Qwen/Qwen2.5-7B-Instruct"),
  },
  "llama-3.1-8b": {
    huggingFace: "meta-llama/Llama-3.1-8B-Instruct",
    gatedBy: llama31,
    weightGB: 16.06,
    format: "bf16",
    layers: 32,
    attentionHeads: 32,
    kept: { heads: 8, headSize: 128 },
    contextTokens: 131_072,
    source: filesOf("meta-llama/Llama-3.1-8B-Instruct"),
  },
  "llama-3.3-70b": {
    huggingFace: "meta-llama/Llama-3.3-70B-Instruct",
    gatedBy: "Llama 3.3 Community License",
    weightGB: 141.11,
    format: "bf16",
    layers: 80,
    attentionHeads: 64,
    kept: { heads: 8, headSize: 128 },
    contextTokens: 131_072,
    source: filesOf("meta-llama/Llama-3.3-70B-Instruct"),
  },
  /** 30.5 billion parameters, of which a token reads 3.3. */
  "qwen3-30b-a3b": {
    huggingFace: "Qwen/Qwen3-30B-A3B-Instruct-2507",
    gatedBy: null,
    weightGB: 61.06,
    activeWeightGB: 6.6,
    format: "bf16",
    layers: 48,
    attentionHeads: 32,
    kept: { heads: 4, headSize: 128 },
    contextTokens: 262_144,
    source: `${filesOf("Qwen/Qwen3-30B-A3B-Instruct-2507")}; parameters from its README`,
  },
  /** 671 billion parameters, of which a token reads 37, and beside them a head that predicts further tokens. */
  "deepseek-r1": {
    huggingFace: "deepseek-ai/DeepSeek-R1",
    gatedBy: null,
    weightGB: 688.59,
    activeWeightGB: 37,
    format: "fp8",
    layers: 61,
    attentionHeads: 128,
    kept: { vectorSize: 576 },
    contextTokens: 163_840,
    source: `${filesOf("deepseek-ai/DeepSeek-R1")}; parameters from its README`,
  },
} as const satisfies Readonly<Record<string, ModelRow>>;

/** Name of a model in the catalogue. */
export type ModelName = keyof typeof models;
