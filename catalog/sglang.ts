import type { EngineRow } from "./engine-row";
import { versions } from "./versions";

const home = "/home/sglang";

/**
 * SGLang as its image runs it, at the version of `versions.sglang`. Sources, all of sgl-project/sglang v0.5.12 below python/sglang/srt as
 * the package on PyPI has it: server_args.py (_handle_gpu_memory_settings: of every GPU it would leave a smaller part free by itself),
 * model_executor/model_runner_kv_cache_mixin.py (_resolve_max_num_reqs), entrypoints/http_server.py (health),
 * observability/metrics_collector.py (metrics), environ.py (cache), utils/runai_utils.py (Blob needs the package
 * runai-model-streamer[azure], an extra that the image is not built with); docker/Dockerfile (command, no user of its own);
 * https://pypi.org/project/flashinfer-python (capability: 7.5 and later). When it is told to stop it takes no further requests and ends
 * once those that it has are answered (managers/tokenizer_manager.py, sigterm_watchdog).
 */
export const sglang = {
  title: "SGLang",
  image: versions.sglang,
  command: ["python3", "-m", "sglang.launch_server"],
  port: 8000,
  paths: { health: "/health", metrics: "/metrics" },
  memoryShare: 0.8,
  // What CUDA and NCCL take before weights come. Activations and graphs have the part that is left free.
  overheadGB: 1,
  requestsAtOnce: 2048,
  // Any but root: the image has none, and the home is a volume.
  user: { uid: 2000, name: "sglang", home },
  cache: home,
  env: {},
  capability: { least: 7.5, bf16: 8.0, fp8: 8.9 },
  metrics: { modelLabel: "model_name", waiting: "sglang:num_queue_reqs", cacheUse: "sglang:token_usage" },
  // The picker's own would also read sglang:cache_config_info, which this version does not have.
  // Source: llm-d/llm-d-router:pkg/epp/framework/plugins/datalayer/extractor/metrics/factories.go (v0.10.0)
  picker: {
    queuedRequestsSpec: "sglang:num_queue_reqs",
    runningRequestsSpec: "sglang:num_running_reqs",
    kvUsageSpec: "sglang:token_usage",
  },
  aloneBecause: null,
  readsBlob: false,
} as const satisfies EngineRow;
