import type { EngineRow } from "./engine-row";
import { versions } from "./versions";

/**
 * vLLM as its image runs it, at the version of `versions.vllm`. Sources, all of vllm-project/vllm v0.26.0: vllm/config/cache.py
 * (memoryShare), vllm/engine/arg_utils.py (requestsAtOnce), vllm/v1/metrics/loggers.py (metrics), docker/Dockerfile (user, home, and the
 * architectures that it is compiled for), CMakeLists.txt and vllm/platforms/cuda.py (FP8)
 */
export const vllm = {
  title: "vLLM",
  image: versions.vllm,
  command: null,
  port: 8000,
  paths: { health: "/health", metrics: "/metrics" },
  memoryShare: 0.92,
  // Activations, buffers of NCCL, recorded graphs.
  overheadGB: 2.5,
  // On the smaller GPUs.
  requestsAtOnce: 256,
  // Its home and what it writes there belong to it.
  user: { uid: 2000, name: "vllm", home: "/home/vllm" },
  cache: "/home/vllm/.cache",
  env: { VLLM_NO_USAGE_STATS: "1" },
  capability: { least: 7.5, bf16: 8.0, fp8: 8.9 },
  metrics: {
    modelLabel: "model_name",
    waiting: "vllm:num_requests_waiting",
    cacheUse: "vllm:kv_cache_usage_perc",
  },
  picker: "known metrics",
  aloneBecause: null,
  readsBlob: true,
} as const satisfies EngineRow;

/**
 * How a server of vLLM that only reads prompts gives what it keeps of them to one that writes the answers: NIXL reads it out of the GPUs of
 * the other, by UCX, over InfiniBand where pods have adapters and else over TCP. Both sides of it say where the other one may ask what
 * lies where. It knows no model whose layers are spread over nodes. A server that writes may read from fewer GPUs than its own, and from
 * more only where each GPU keeps a whole vector of each token.
 * Sources: vllm-project/vllm:vllm/envs.py, vllm/config/kv_transfer.py and
 * vllm/distributed/kv_transfer/kv_connector/v1/nixl/base_worker.py (v0.26.0, _validate_remote_agent_handshake);
 * https://docs.vllm.ai/en/stable/features/nixl_connector_usage/ (roles, UCX); https://github.com/vllm-project/vllm/issues/52913 (no
 * pipelines)
 */
export const kvTransfer = {
  /**
   * NIXL tells no role from another, so both sides say the same. `recompute`: what cannot be had of a server that has just gone is read
   * anew, and no request fails for it.
   */
  config: { kv_connector: "NixlConnector", kv_role: "kv_both", kv_load_failure_policy: "recompute" },
  port: 5600,
  variables: { host: "VLLM_NIXL_SIDE_CHANNEL_HOST", port: "VLLM_NIXL_SIDE_CHANNEL_PORT" },
  /** Which ways UCX may take: what jobs say of it leaves out the memory of GPUs. */
  ucx: { UCX_TLS: "all", UCX_NET_DEVICES: "all" },
} as const;
