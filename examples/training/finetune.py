"""Fine-tunes a language model by LoRA: the model stays as it is, and small matrices beside its own learn. Each GPU holds all of it.

    torchrun --nproc-per-node 2 finetune.py --output-dir adapter                          # a small model that the program makes
    torchrun --nproc-per-node 8 finetune.py --model /data/qwen --data notes.txt           # one of Hugging Face, from a folder

What it learned ends up in the output folder in the files of the library `peft`, which servers of models read. With --model the image
needs the library `transformers`. Each step prints one line of JSON on standard output.

Exit codes: 0 tuned to the end, 2 called wrongly, 75 stopped with a checkpoint before the end: start it again, and it goes on.
"""

import argparse
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

STOPPED = 75  # EX_TEMPFAIL: whoever starts jobs takes it for a failure that another start heals.


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", help="folder of a model of Hugging Face; default: a small one that the program makes")
    parser.add_argument("--data", type=Path, help="text to learn; default: sums that the program makes")
    parser.add_argument("--output-dir", type=Path, default=os.environ.get("CHECKPOINT_DIR"),
                        help="shared folder; default: the variable CHECKPOINT_DIR")
    parser.add_argument("--targets", default="q_proj,k_proj,v_proj,o_proj,up_proj,down_proj",
                        help="names of the linear layers that get matrices")
    parser.add_argument("--rank", type=int, default=8, help="rows of each matrix")
    parser.add_argument("--alpha", type=float, default=16, help="weight of what is learned, over the rank")
    parser.add_argument("--steps", type=int, default=200, help="steps in all, those before a restart included")
    parser.add_argument("--checkpoint-minutes", type=float, default=10, help="time between checkpoints")
    parser.add_argument("--batch", type=int, default=8, help="sequences for each GPU in a step")
    parser.add_argument("--context", type=int, default=64, help="tokens of a sequence")
    parser.add_argument("--rate", type=float, default=1e-3, help="learning rate")
    options = parser.parse_args()
    if options.output_dir is None:
        parser.error("--output-dir is missing, and the variable CHECKPOINT_DIR is not set")
    return options


class Lora(nn.Module):
    """A linear layer that stays as it is, plus the product of two small matrices, which is zero at first."""

    def __init__(self, base, rank, alpha):
        super().__init__()
        self.base, self.scale = base, alpha / rank
        place = {"device": base.weight.device, "dtype": torch.float32}
        self.lora_A = nn.Parameter(torch.randn(rank, base.in_features, **place) / base.in_features**0.5)
        self.lora_B = nn.Parameter(torch.zeros(base.out_features, rank, **place))

    def forward(self, x):
        learned = nn.functional.linear(nn.functional.linear(x.float(), self.lora_A), self.lora_B)
        return self.base(x) + (self.scale * learned).to(x.dtype)


def with_lora(model, targets, rank, alpha):
    """Freezes the model and puts a Lora in the place of each target. Returns the new layers by name."""
    model.requires_grad_(False)
    found = [(name, it) for name, it in model.named_modules()
             if isinstance(it, nn.Linear) and name.split(".")[-1] in targets]
    if not found:
        raise SystemExit(f"--targets: the model has no linear layer of the names {', '.join(targets)}")
    layers = {name: Lora(linear, rank, alpha) for name, linear in found}
    for name, layer in layers.items():
        parent, _, own = name.rpartition(".")
        setattr(model.get_submodule(parent), own, layer)
    return layers


class SmallBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.q_proj, self.k_proj = nn.Linear(width, width), nn.Linear(width, width)
        self.v_proj, self.o_proj = nn.Linear(width, width), nn.Linear(width, width)
        self.up_proj, self.down_proj = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.before_attention, self.before_network = nn.LayerNorm(width), nn.LayerNorm(width)

    def forward(self, x):
        it = self.before_attention(x)
        seen = nn.functional.scaled_dot_product_attention(
            self.q_proj(it), self.k_proj(it), self.v_proj(it), is_causal=True
        )
        x = x + self.o_proj(seen)
        return x + self.down_proj(nn.functional.gelu(self.up_proj(self.before_network(x))))


class SmallModel(nn.Module):
    """A model whose tokens are bytes, to try the rest with."""

    def __init__(self, width=128, layers=2):
        super().__init__()
        self.token = nn.Embedding(256, width)
        self.blocks = nn.ModuleList(SmallBlock(width) for _ in range(layers))
        self.last, self.head = nn.LayerNorm(width), nn.Linear(width, 256)

    def forward(self, tokens):
        x = self.token(tokens)
        for block in self.blocks:
            x = block(x)
        return self.head(self.last(x))


class Pretrained(nn.Module):
    """A model of Hugging Face that returns its logits alone, as the small one does."""

    def __init__(self, folder, dtype):
        super().__init__()
        from transformers import AutoModelForCausalLM

        self.model = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype)

    def forward(self, tokens):
        return self.model(input_ids=tokens).logits


def tokens_of(options):
    """All of the text as one row of tokens."""
    text = options.data.read_text() if options.data else "".join(
        f"{a} + {b} = {a + b}\n" for a in range(100) for b in range(100)
    )
    if options.model is None:
        return torch.tensor(list(text.encode()))
    from transformers import AutoTokenizer

    return torch.tensor(AutoTokenizer.from_pretrained(options.model)(text)["input_ids"])


def batch_of(step, tokens, options):
    """Pieces of the text. They follow from step and process alone, so a job that goes on sees what it would have seen."""
    random = torch.Generator().manual_seed(step * dist.get_world_size() + dist.get_rank())
    starts = torch.randint(len(tokens) - options.context, (options.batch,), generator=random)
    rows = torch.stack([tokens[it : it + options.context + 1] for it in starts.tolist()])
    return rows[:, :-1], rows[:, 1:]


def write(folder, name, content):
    """Writes a file under its name once it is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(content, folder / f"{name}.part")
    (folder / f"{name}.part").rename(folder / name)


def write_adapter(layers, options):
    """Files by which `peft` knows an adapter. Source: huggingface/peft:docs/source/developer_guides/checkpoint.md"""
    named = {}
    for name, layer in layers.items():
        for half in ("lora_A", "lora_B"):
            named[f"base_model.model.{name.removeprefix('model.')}.{half}.weight"] = getattr(layer, half).detach().cpu()
    write(options.output_dir, "adapter_model.bin", named)
    config = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": options.model,
        "r": options.rank,
        "lora_alpha": options.alpha,
        "target_modules": sorted({it.split(".")[-1] for it in layers}),
    }
    (options.output_dir / "adapter_config.json").write_text(json.dumps(config, indent=2))


def say(**line):
    """One line of JSON from the first process."""
    if dist.get_rank() == 0:
        print(json.dumps(line), flush=True)


def main():
    options = parse()
    asked_to_stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: asked_to_stop.set())

    gpu = torch.cuda.is_available()
    device = torch.device("cuda", int(os.environ["LOCAL_RANK"])) if gpu else torch.device("cpu")
    if gpu:
        torch.cuda.set_device(device)
    dist.init_process_group("nccl" if gpu else "gloo")

    torch.manual_seed(0)
    dtype = torch.bfloat16 if gpu else torch.float32
    model = SmallModel() if options.model is None else Pretrained(options.model, dtype)
    model = model.to(device=device, dtype=dtype)
    layers = with_lora(model, options.targets.split(","), options.rank, options.alpha)
    learning = [it for it in model.parameters() if it.requires_grad]
    optimizer = torch.optim.AdamW(learning, lr=options.rate)

    first, state = 0, options.output_dir / "state.pt"
    if state.exists():
        saved = torch.load(state, map_location=device)
        for ours, theirs in zip(learning, saved["learned"], strict=True):
            ours.data.copy_(theirs)
        optimizer.load_state_dict(saved["optimizer"])
        first = saved["step"]
    # Each process has read before the first one writes again.
    dist.barrier()
    say(start=first, processes=dist.get_world_size(), device=device.type,
        learning=sum(it.numel() for it in learning), of=sum(it.numel() for it in model.parameters()))

    model = DistributedDataParallel(model, device_ids=[device] if gpu else None)
    tokens, saved_at, stopped = tokens_of(options), time.monotonic(), False
    for step in range(first + 1, options.steps + 1):
        began = time.monotonic()
        inputs, targets = (it.to(device) for it in batch_of(step, tokens, options))
        loss = nn.functional.cross_entropy(model(inputs).float().flatten(0, 1), targets.flatten())
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()

        # All processes must decide alike: one that is asked to stop stops all.
        told = torch.tensor([float(asked_to_stop.is_set()), loss.item()], device=device)
        dist.all_reduce(told)
        stopped, total = told.tolist()
        seen = options.batch * options.context * dist.get_world_size()
        say(step=step, loss=round(total / dist.get_world_size(), 4), tokensPerSecond=round(seen / (time.monotonic() - began)))
        due = time.monotonic() - saved_at >= options.checkpoint_minutes * 60
        if dist.get_rank() == 0 and (stopped or due or step == options.steps):
            learned = [it.detach().cpu() for it in learning]
            write(options.output_dir, state.name, {"step": step, "learned": learned, "optimizer": optimizer.state_dict()})
            write_adapter(layers, options)
            saved_at = time.monotonic()
            say(saved=step)
        if stopped:
            break

    dist.barrier()
    dist.destroy_process_group()
    return STOPPED if stopped and step < options.steps else 0


if __name__ == "__main__":
    sys.exit(main())
