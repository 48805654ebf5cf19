/**
 * vLLM as its image runs it, at the version of `versions.vllm`. Sources, all of vllm-project/vllm v0.26.0: vllm/config/cache.py
 * (memoryShare), vllm/engine/arg_utils.py (requestsAtOnce), vllm/v1/metrics/loggers.py (metrics), docker/Dockerfile (user, home, and the
 * architectures that it is compiled for), CMakeLists.txt and vllm/platforms/cuda.py (FP8)
 */
export const vllm = {
  /** Port of its API, its health and its metrics. */
  port: 8000,
  /** Part of the memory of a GPU that it takes. */
  memoryShare: 0.92,
  /** Requests that one server works on at the same time, on the smaller GPUs; the rest waits. */
  requestsAtOnce: 256,
  /** A user that is not root: its home and what it writes there belong to it. */
  user: { uid: 2000, name: "vllm", home: "/home/vllm" },
  /** The oldest GPUs that the image is compiled for, that compute with BF16, and that compute with FP8. */
  capability: { least: 7.5, bf16: 8.0, fp8: 8.9 },
  /** What decides whether there are enough servers. */
  metrics: { waiting: "vllm:num_requests_waiting", cacheUse: "vllm:kv_cache_usage_perc" },
} as const;

/**
 * What it takes of a GPU beside weights and the tokens that it keeps: activations, buffers of NCCL, recorded graphs. An assumption, in GB:
 * its own log tells the figure of a model once it runs.
 */
export const vllmOverheadGB = 2.5;
