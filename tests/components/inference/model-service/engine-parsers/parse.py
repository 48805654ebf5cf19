"""Shows what an engine itself makes of its arguments: `parse.py vllm|sglang`.

Each line of the input is one server as JSON, with what its container has: {"gpus": 1, "variables": {...}, "arguments": [...]}, or in place
of arguments "options", fields of vLLM's AsyncEngineArgs. For each there is a line of output, {"parsed": ...} or {"refused": "..."}. Parser,
fields, their types and checks are those of the engine's own package. Not there are GPUs and what is compiled for them, so stand-ins take the
place of what would load that and is not asked here.
"""

import argparse
import contextlib
import dataclasses
import enum
import importlib.machinery
import importlib.util
import io
import json
import os
import pathlib
import re
import sys
import types
import unittest.mock


def module(name, **members):
    """A module that is not what it is called, with what others name of it."""
    it = types.ModuleType(name)
    it.__dict__.update(members)
    sys.modules[name] = it


def vllm_reader():
    # Functions that run on GPUs.
    module("vllm._C_stable_libtorch")
    import vllm.envs as envs
    import vllm.platforms
    from vllm.platforms.cuda import CudaPlatform

    class Container(CudaPlatform):
        gpus = 0

        @classmethod
        def device_count(cls):
            return cls.gpus

    # Looked for, it would not be found.
    vllm.platforms._current_platform = Container()
    from vllm.config import LoadConfig, ParallelConfig
    from vllm.engine.arg_utils import AsyncEngineArgs
    from vllm.entrypoints.openai.cli_args import make_arg_parser, validate_parsed_serve_args
    from vllm.utils.argparse_utils import FlexibleArgumentParser

    streamer = vllm_streamer()
    connectors = vllm_connectors()
    # As `vllm serve` makes it (vllm/entrypoints/cli/main.py), but that an option has to be written out.
    parser = FlexibleArgumentParser(allow_abbrev=False)
    commands = parser.add_subparsers(required=True, dest="subparser")
    make_arg_parser(commands.add_parser("serve", allow_abbrev=False))

    def serve(arguments):
        args = parser.parse_args(["serve", *arguments])
        validate_parsed_serve_args(args)
        args.model = args.model_tag
        check(AsyncEngineArgs.from_cli_args(args))
        return vars(args)

    def fields(options):
        engine = AsyncEngineArgs(**options)
        # A dataclass takes any value. The command line, where the same fields have types, does not.
        words = [f"--{it.replace('_', '-')}" + ("" if value is True else f"={value}") for it, value in options.items()]
        args = parser.parse_args(["serve", options["model"], *[it for it in words if not it.startswith("--model=")]])
        wrong = [it for it, value in options.items() if it != "model" and getattr(args, it) != value]
        if wrong:
            raise ValueError(f"of another type than vLLM's own: {', '.join(wrong)}")
        check(engine)
        return vars(engine)

    def check(engine):
        """What vLLM checks once it has parsed, as far as it does without the files of a model."""
        envs.validate_environ(True)
        names = ["pipeline_parallel_size", "tensor_parallel_size", "distributed_executor_backend"]
        names += ["nnodes", "node_rank", "master_addr"]
        ParallelConfig(**{it: getattr(engine, it) for it in names})
        load = LoadConfig(
            load_format=engine.load_format, model_loader_extra_config=engine.model_loader_extra_config
        )
        if load.load_format == "runai_streamer":
            streamer(load)
        transfer = engine.kv_transfer_config
        if transfer is not None and transfer.kv_connector not in connectors:
            raise ValueError(f"There is no connector {transfer.kv_connector}")

    def read(given):
        Container.gpus = given["gpus"]
        with unittest.mock.patch.dict(os.environ, given["variables"]):
            return serve(given["arguments"]) if "arguments" in given else fields(given["options"])

    return read


def vllm_connectors():
    """Names that are registered in the factory of connectors. Read as text, since what it loads asks the GPU what it can."""
    own = importlib.util.find_spec("vllm").submodule_search_locations[0]
    text = pathlib.Path(own, "distributed/kv_transfer/kv_connector/factory.py").read_text(encoding="utf-8")
    return re.findall(r'KVConnectorFactory\.register_connector\(\s*"(\w+)"', text)


def vllm_streamer():
    """The loader that streams weights, with its own checks of its options. It stands beside loaders that need what is compiled."""

    class BaseModelLoader:
        def __init__(self, load_config):
            self.load_config = load_config

    package = "vllm.model_executor.model_loader"
    own = importlib.util.find_spec("vllm").submodule_search_locations[0]
    module("vllm.model_executor", __path__=[f"{own}/model_executor"])
    module(package, __path__=[f"{own}/model_executor/model_loader"])
    module(f"{package}.base_loader", BaseModelLoader=BaseModelLoader)
    loading = ["download_safetensors_index_file_from_hf", "download_weights_from_hf", "runai_safetensors_weights_iterator"]
    module(f"{package}.weight_utils", **dict.fromkeys(loading))
    from vllm.model_executor.model_loader.runai_streamer_loader import RunaiModelStreamerLoader

    return RunaiModelStreamerLoader


def sglang_reader():
    # Triton compiles for GPUs. SGLang has a stand-in of its own, for Macs. PyTorch first, since it would use it.
    import torch  # noqa: F401

    own = importlib.util.find_spec("sglang").submodule_search_locations[0]
    spec = importlib.util.spec_from_file_location("stand_in", f"{own}/_triton_stub.py")
    stand_in = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(stand_in)
    stand_in.install()
    from sglang.srt.server_args import ServerArgs

    # It reads the model from Hugging Face and asks the GPU how much memory it has.
    ServerArgs.__post_init__ = lambda self: None
    # As sglang.launch_server makes it (prepare_server_args), but that an option has to be written out.
    parser = argparse.ArgumentParser(prog="sglang serve", allow_abbrev=False)
    ServerArgs.add_cli_args(parser)
    return lambda given: vars(ServerArgs.from_cli_args(parser.parse_args(given["arguments"])))


def plain(value):
    if isinstance(value, enum.Enum):
        return value.value
    if dataclasses.is_dataclass(value):
        return vars(value)
    return str(value)


def answer(read, given):
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said):
            return {"parsed": read(given)}
    except SystemExit:
        # What was wrong comes after the usage.
        return {"refused": said.getvalue().partition("error: ")[2].strip()}
    except (AssertionError, TypeError, ValueError) as error:
        return {"refused": str(error)}


if __name__ == "__main__":
    # Engines log to the output as they load.
    output, sys.stdout = sys.stdout, sys.stderr
    read = {"vllm": vllm_reader, "sglang": sglang_reader}[sys.argv[1]]()
    for line in sys.stdin:
        print(json.dumps(answer(read, json.loads(line)), default=plain), file=output)
