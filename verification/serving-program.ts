/**
 * Program for Python that writes a model without weights into a folder: the shape of a model of seven billion parameters, whose numbers
 * the server makes up, and a tokenizer of as many made-up words. A word is one token in either direction, so that a prompt has the length
 * that was asked for, and nothing is fetched from anywhere.
 */
export const modelProgram = `import json
import os
import sys

from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

folder, words = sys.argv[1], 32000
os.makedirs(folder, exist_ok=True)
ids = {"<unk>": 0, "</s>": 1, **{f"w{it}": it for it in range(2, words)}}
tokenizer = Tokenizer(models.WordLevel(ids, unk_token="<unk>"))
tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="<unk>", eos_token="</s>").save_pretrained(folder)
model = {
    "architectures": ["LlamaForCausalLM"],
    "model_type": "llama",
    "vocab_size": words,
    "hidden_size": 4096,
    "intermediate_size": 14336,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "max_position_embeddings": 4096,
    "bos_token_id": None,
    "eos_token_id": 1,
}
with open(os.path.join(folder, "config.json"), "w") as file:
    json.dump(model, file)
`;

/** Program for Python that takes the few numbers that count out of the benchmark's result, which has a line for each request. */
export const resultProgram = `import json
import sys

names = ["completed", "failed", "request_throughput", "output_throughput", "p50_ttft_ms", "p99_ttft_ms", "p50_itl_ms", "p99_itl_ms"]
with open(sys.argv[1]) as file:
    result = json.load(file)
print(json.dumps({it: result.get(it) for it in names}))
`;
