"""Trains a small language model from nothing on all GPUs of a job.

    torchrun --nproc-per-node 2 train.py --steps 50 --checkpoint-dir checkpoints

The text is sums that the program makes, so it needs no download. Put your model and your data in their place: what stays is how a job
saves, stops and goes on. Each step prints one line of JSON on standard output.

Exit codes: 0 trained to the end, 2 called wrongly, 75 stopped with a checkpoint before the end: start it again, and it goes on.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import threading
import time
from pathlib import Path

import torch
import torch.distributed as dist
import torch.distributed.checkpoint as dcp
from torch import nn
from torch.distributed.checkpoint.state_dict import get_state_dict, set_state_dict
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import MixedPrecisionPolicy, fully_shard
from torch.nn.parallel import DistributedDataParallel

STOPPED = 75  # EX_TEMPFAIL: whoever starts jobs takes it for a failure that another start heals.


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=200, help="steps in all, those before a restart included")
    parser.add_argument("--parallel", choices=["fsdp", "ddp"], default="fsdp",
                        help="fsdp: each GPU holds a part of the model; ddp: each holds all of it")
    parser.add_argument("--checkpoint-dir", type=Path, default=os.environ.get("CHECKPOINT_DIR"),
                        help="shared folder; default: the variable CHECKPOINT_DIR")
    parser.add_argument("--fast-dir", type=Path, help="folder on the node's own disks, written first and copied from there")
    parser.add_argument("--checkpoint-minutes", type=float, default=30, help="time between checkpoints")
    parser.add_argument("--batch", type=int, default=16, help="sequences for each GPU in a step")
    parser.add_argument("--context", type=int, default=64, help="tokens of a sequence")
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--rate", type=float, default=3e-3, help="learning rate")
    options = parser.parse_args()
    if options.checkpoint_dir is None:
        parser.error("--checkpoint-dir is missing, and the variable CHECKPOINT_DIR is not set")
    return options


class Block(nn.Module):
    """One layer of the model: attention to what came before, then a small network."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.before_attention, self.before_network = nn.LayerNorm(width), nn.LayerNorm(width)
        self.query_key_value, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.network = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x):
        batch, length, width = x.shape
        parts = self.query_key_value(self.before_attention(x)).chunk(3, dim=-1)
        query, key, value = (it.view(batch, length, self.heads, -1).transpose(1, 2) for it in parts)
        seen = nn.functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        x = x + self.out(seen.transpose(1, 2).reshape(batch, length, width))
        return x + self.network(self.before_network(x))


class LanguageModel(nn.Module):
    """A model of the GPT kind whose tokens are bytes."""

    def __init__(self, context, width, layers, heads):
        super().__init__()
        self.token, self.place = nn.Embedding(256, width), nn.Embedding(context, width)
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.last, self.head = nn.LayerNorm(width), nn.Linear(width, 256)

    def forward(self, tokens):
        x = self.token(tokens) + self.place(torch.arange(tokens.shape[1], device=tokens.device))
        for block in self.blocks:
            x = block(x)
        return self.head(self.last(x))


def batch_of(step, options):
    """Sums as bytes. They follow from step and process alone, so a job that goes on sees what it would have seen."""
    random = torch.Generator().manual_seed(step * dist.get_world_size() + dist.get_rank())
    rows = []
    for _ in range(options.batch):
        text = ""
        while len(text) <= options.context:
            a, b = torch.randint(100, (2,), generator=random).tolist()
            text += f"{a} + {b} = {a + b}\n"
        rows.append(list(text.encode()[: options.context + 1]))
    tokens = torch.tensor(rows)
    return tokens[:, :-1], tokens[:, 1:]


def distribute(model, device, parallel):
    """Spreads the model over all processes; on GPUs it computes in bfloat16."""
    if parallel == "ddp":
        return DistributedDataParallel(model, device_ids=[device] if device.type == "cuda" else None)
    mesh = init_device_mesh(device.type, (dist.get_world_size(),))
    policy = MixedPrecisionPolicy(param_dtype=torch.bfloat16) if device.type == "cuda" else MixedPrecisionPolicy()
    for part in [*model.blocks, model]:
        fully_shard(part, mesh=mesh, mp_policy=policy)
    return model


class Checkpoints:
    """Folders `step-<number>`. One gets its name when it is whole, so what a lost node leaves behind is never taken for one."""

    kept = 2

    def __init__(self, model, optimizer, options):
        self.model, self.optimizer = model, optimizer
        self.shared, self.fast = options.checkpoint_dir, options.fast_dir
        # Saving goes on beside training, so it talks on lines of its own.
        self.group = dist.new_group(backend="gloo")
        self.thread = self.failure = None

    def state(self, step):
        model, optimizer = get_state_dict(self.model, self.optimizer)
        return {"model": model, "optimizer": optimizer, "step": step}

    def resume(self):
        """Loads the newest whole checkpoint. Returns its step, 0 without one."""
        newest = [0]
        if dist.get_rank() == 0:
            whole = [int(it.name.removeprefix("step-")) for it in self.shared.glob("step-*") if it.suffix == ""]
            newest = [max(whole, default=0)]
        dist.broadcast_object_list(newest, group=self.group)
        if newest[0] > 0:
            state = self.state(0)
            dcp.load(state, checkpoint_id=self.shared / f"step-{newest[0]:08}", process_group=self.group)
            set_state_dict(
                self.model, self.optimizer, model_state_dict=state["model"], optim_state_dict=state["optimizer"]
            )
        return newest[0]

    @property
    def busy(self):
        return self.thread is not None and self.thread.is_alive()

    def start(self, step):
        """Copies the state to main memory and writes it out while training goes on."""
        self.wait()
        name, began = f"step-{step:08}", time.monotonic()
        first = self.shared / f"{name}.part" if self.fast is None else self.fast / name
        saving = dcp.async_save(self.state(step), checkpoint_id=first, process_group=self.group)
        self.thread = threading.Thread(target=self.finish, args=(saving, first, name, step, began))
        self.thread.start()

    def wait(self):
        """Ends when the last checkpoint is whole."""
        if self.thread is not None:
            self.thread.join()
        if self.failure is not None:
            raise self.failure

    def finish(self, saving, first, name, step, began):
        try:
            saving.result()
            part = self.shared / f"{name}.part"
            if self.fast is not None:
                # A node's own disks hold what its own processes wrote.
                if int(os.environ["LOCAL_RANK"]) == 0:
                    shutil.copytree(first, part, dirs_exist_ok=True)
                dist.barrier(group=self.group)
            if dist.get_rank() == 0:
                shutil.rmtree(self.shared / name, ignore_errors=True)
                part.rename(self.shared / name)
                for old in sorted(it for it in self.shared.glob("step-*") if it.suffix == "")[: -self.kept]:
                    shutil.rmtree(old)
                say(saved=step, seconds=round(time.monotonic() - began, 2))
            if self.fast is not None and int(os.environ["LOCAL_RANK"]) == 0:
                shutil.rmtree(first)
        except Exception as failure:  # Told by whoever waits: an exception ends its own thread alone.
            self.failure = failure


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
    dist.init_process_group("cpu:gloo,cuda:nccl" if gpu else "gloo")

    torch.manual_seed(0)
    model = LanguageModel(options.context, options.width, options.layers, options.heads).to(device)
    model = distribute(model, device, options.parallel)
    optimizer = torch.optim.AdamW(model.parameters(), lr=options.rate)
    checkpoints = Checkpoints(model, optimizer, options)
    first = checkpoints.resume()
    say(start=first, processes=dist.get_world_size(), device=device.type, parallel=options.parallel)

    saved, saved_at, stopped = first, time.monotonic(), False
    for step in range(first + 1, options.steps + 1):
        began = time.monotonic()
        inputs, targets = (it.to(device) for it in batch_of(step, options))
        with torch.autocast(device.type, torch.bfloat16, enabled=gpu and options.parallel == "ddp"):
            logits = model(inputs)
        loss = nn.functional.cross_entropy(logits.float().flatten(0, 1), targets.flatten())
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()

        # All processes must decide alike: one that is asked to stop stops all, and the clock of the first says when to save.
        due = dist.get_rank() == 0 and time.monotonic() - saved_at >= options.checkpoint_minutes * 60
        due = due and not checkpoints.busy
        told = torch.tensor([float(asked_to_stop.is_set()), float(due), loss.item()], device=device)
        dist.all_reduce(told)
        stopped, save, total = told.tolist()
        tokens = options.batch * options.context * dist.get_world_size()
        say(step=step, loss=round(total / dist.get_world_size(), 4), tokensPerSecond=round(tokens / (time.monotonic() - began)))
        if stopped or save or step == options.steps:
            checkpoints.start(step)
            saved, saved_at = step, time.monotonic()
        if stopped:
            break

    checkpoints.wait()
    dist.barrier()
    dist.destroy_process_group()
    return STOPPED if stopped and saved < options.steps else 0


if __name__ == "__main__":
    sys.exit(main())
