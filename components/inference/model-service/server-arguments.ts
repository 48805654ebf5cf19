import { routingProxy } from "../../../catalog/llm-d-router";
import { kvTransfer, vllm } from "../../../catalog/vllm";
import type { Fit } from "./fit";
import type { ServerRole } from "./labels";
import type { ServerPlan } from "./plan";

/** Seconds that requests get to end once a server is told to stop. */
export const drainSeconds = 240;

/** Part of a container's memory that streamed weights pass through on their way to the GPUs. */
const streamShare = 0.25;

/** How a server of a role spreads its model. */
export function fitOfRole({ fit, prefill }: Pick<ServerPlan, "fit" | "prefill">, role: ServerRole): Fit {
  return role === "prefill" && prefill !== null ? prefill.fit : fit;
}

/** Port that a server listens on itself: before one that has prompts read by others is a proxy with the port that all know. */
export function serverPort({ prefill }: Pick<ServerPlan, "prefill">, role: ServerRole): number {
  return prefill !== null && role === "server" ? routingProxy.serverPort : vllm.port;
}

/**
 * Arguments of `vllm serve`.
 * Source: vllm-project/vllm:vllm/engine/arg_utils.py, vllm/entrypoints/openai/cli_args.py and
 * vllm/model_executor/model_loader/runai_streamer_loader.py (v0.26.0)
 * @param container Blob container of the team
 * @param memoryGiB Memory of the container that it runs in
 */
export function serverArguments(
  model: string,
  { source, prefill, gpu, ...server }: Pick<ServerPlan, "source" | "fit" | "gpu" | "prefill">,
  role: ServerRole,
  { container, memoryGiB }: { readonly container: string; readonly memoryGiB: number },
): readonly string[] {
  const { tensor, pipeline, contextTokens } = fitOfRole({ ...server, prefill }, role);
  return [
    source.kind === "blob" ? `az://${container}/${source.folder}` : source.repository,
    `--served-model-name=${model}`,
    `--port=${serverPort({ prefill }, role)}`,
    `--tensor-parallel-size=${tensor}`,
    `--max-model-len=${contextTokens}`,
    `--gpu-memory-utilization=${vllm.memoryShare}`,
    "--enable-prefix-caching",
    // The older GPUs have no BF16, and vLLM does not start with weights of it otherwise.
    ...(gpu.capability < vllm.capability.bf16 ? ["--dtype=half"] : []),
    ...(source.kind === "blob" ? streaming(tensor, memoryGiB) : []),
    `--shutdown-timeout=${drainSeconds}`,
    ...(prefill === null ? [] : [`--kv-transfer-config=${JSON.stringify(kvTransfer.config)}`]),
    ...(pipeline > 1 ? [`--pipeline-parallel-size=${pipeline}`, "--distributed-executor-backend=mp"] : []),
  ];
}

/** GPUs that share a model read a part of it each and hand it round, in place of all of it each. Each has a process with a buffer. */
function streaming(tensor: number, memoryGiB: number): string[] {
  const config = {
    memory_limit: Math.floor((memoryGiB * streamShare) / tensor) * 2 ** 30,
    ...(tensor > 1 && { distributed: true }),
  };
  return ["--load-format=runai_streamer", `--model-loader-extra-config=${JSON.stringify(config)}`];
}

/**
 * What tells a pod its place among those that serve one model together. Kubernetes fills in the variables of LeaderWorkerSet.
 * Source: vllm-project/vllm:docs/serving/parallelism_scaling.md (multiprocessing) and vllm/entrypoints/cli/serve.py (v0.26.0);
 * kubernetes-sigs/lws:pkg/utils/pod (v0.9.0)
 */
export function groupArguments(role: ServerRole): readonly string[] {
  return [
    "--nnodes=$(LWS_GROUP_SIZE)",
    "--node-rank=$(LWS_WORKER_INDEX)",
    "--master-addr=$(LWS_LEADER_ADDRESS)",
    ...(role === "worker" ? ["--headless"] : []),
  ];
}
