import type { EngineRow } from "./engine-row";
import { versions } from "./versions";

const home = "/home/triton-server";

/**
 * NVIDIA Triton Inference Server with its vLLM backend, behind its own frontend with OpenAI's API, as the image of `versions.triton` runs
 * them. Its TensorRT-LLM backend is no way from weights to a server that is watched: the C++ one needs an engine that is compiled for each
 * model and GPU, and the one that reads weights (NVIDIA/TensorRT-LLM:triton_backend/all_models/llmapi, 2026) reports no metric and names its
 * inputs as the frontend does not.
 *
 * Sources: triton-inference-server/server v2.71.0, python/openai/openai_frontend/main.py (command, port, what it does when it is told to
 * stop), frontend/fastapi/routers/observability.py (health, metrics), build.py (user, where the frontend lies); triton-inference-server/
 * vllm_backend:src/utils/metrics.py (2026-01-09: metrics and their labels) and src/model.py (what vLLM is given);
 * https://docs.nvidia.com/deeplearning/triton-inference-server/release-notes/rel-26-02.html (capability: 7.5 and later), and `vllm.ts`
 */
export const triton = {
  title: "Triton",
  image: versions.triton,
  command: ["python3", "/opt/tritonserver/python/openai/openai_frontend/main.py"],
  port: 8000,
  paths: { health: "/health/ready", metrics: "/metrics" },
  // Less than vLLM alone takes: Triton is a second process with a context and a pool of its own on each GPU.
  memoryShare: 0.9,
  // As vLLM's.
  overheadGB: 2.5,
  requestsAtOnce: 256,
  // That of the image, which does not make its home: a volume is.
  user: { uid: 1000, name: "triton-server", home },
  cache: home,
  env: { VLLM_NO_USAGE_STATS: "1" },
  capability: { least: 7.5, bf16: 8.0, fp8: 8.9 },
  // Neither what waits nor how full the cache is: triton-inference-server/vllm_backend#92 would add both. Triton's own metrics do not help:
  // its backend takes each request at once, so none is ever pending, and their durations are wrong (triton-inference-server/server#8463).
  metrics: { modelLabel: "model", requestSeconds: "vllm:e2e_request_latency_seconds_sum" },
  picker: "own count",
  aloneBecause: "no source tells how its vLLM backend would reach a second one",
  readsBlob: false,
} as const satisfies EngineRow;
