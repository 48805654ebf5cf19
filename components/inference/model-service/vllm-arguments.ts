import { engines } from "../../../catalog/engines";
import { kvTransfer } from "../../../catalog/vllm";
import type { EngineArguments } from "./server-arguments";

/** Part of a container's memory that streamed weights pass through on their way to the GPUs. */
const streamShare = 0.25;

/**
 * Arguments of `vllm serve`. Kubernetes fills in the variables of LeaderWorkerSet.
 * Source: vllm-project/vllm:vllm/engine/arg_utils.py, vllm/entrypoints/openai/cli_args.py,
 * vllm/model_executor/model_loader/runai_streamer_loader.py, docs/serving/parallelism_scaling.md (multiprocessing) and
 * vllm/entrypoints/cli/serve.py (v0.26.0); https://github.com/kubernetes-sigs/lws pkg/utils/pod (v0.9.0)
 */
export const vllmArguments: EngineArguments = (
  { source, gpu, prefill },
  { model, fit: { tensor, pipeline, contextTokens }, role, port, container, memoryGiB, drainSeconds },
) => [
  source.kind === "blob" ? `az://${container}/${source.folder}` : source.repository,
  `--served-model-name=${model}`,
  `--port=${port}`,
  `--tensor-parallel-size=${tensor}`,
  `--max-model-len=${contextTokens}`,
  `--gpu-memory-utilization=${engines[gpu.engine].memoryShare}`,
  "--enable-prefix-caching",
  // The older GPUs have no BF16, and vLLM does not start with weights of it otherwise.
  ...(gpu.capability < engines[gpu.engine].capability.bf16 ? ["--dtype=half"] : []),
  ...(source.kind === "blob" ? streaming(tensor, memoryGiB) : []),
  `--shutdown-timeout=${drainSeconds}`,
  ...(prefill === null ? [] : [`--kv-transfer-config=${JSON.stringify(kvTransfer.config)}`]),
  ...(pipeline > 1
    ? [
        `--pipeline-parallel-size=${pipeline}`,
        "--distributed-executor-backend=mp",
        "--nnodes=$(LWS_GROUP_SIZE)",
        "--node-rank=$(LWS_WORKER_INDEX)",
        "--master-addr=$(LWS_LEADER_ADDRESS)",
        ...(role === "worker" ? ["--headless"] : []),
      ]
    : []),
];

/** GPUs that share a model read a part of it each and hand it round, in place of all of it each. Each has a process with a buffer. */
function streaming(tensor: number, memoryGiB: number): string[] {
  const config = {
    memory_limit: Math.floor((memoryGiB * streamShare) / tensor) * 2 ** 30,
    ...(tensor > 1 && { distributed: true }),
  };
  return ["--load-format=runai_streamer", `--model-loader-extra-config=${JSON.stringify(config)}`];
}
