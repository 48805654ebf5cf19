import { describe, expect, it } from "vitest";
import { engines } from "../../catalog/engines";
import { imageOf } from "../../catalog/image-of";

describe("engines", () => {
  // Figures of vLLM v0.26.0, SGLang v0.5.12 and Triton 26.07, read a second time.
  it.each([
    [
      "vllm",
      {
        image:
          "docker.io/vllm/vllm-openai:v0.26.0@sha256:ffb2d59b1c059a5bd8d781320c9f5189de8293693b7d95da54befddaa54abf52",
        memoryShare: 0.92,
        requestsAtOnce: 256,
        metrics: {
          modelLabel: "model_name",
          waiting: "vllm:num_requests_waiting",
          cacheUse: "vllm:kv_cache_usage_perc",
        },
        readsBlob: true,
      },
    ],
    [
      "sglang",
      {
        image:
          "docker.io/lmsysorg/sglang:v0.5.12@sha256:42194170546745092e74cd5f81ad32a7c6e944c7111fe7bf13588152277ff356",
        memoryShare: 0.8,
        requestsAtOnce: 2048,
        metrics: { modelLabel: "model_name", waiting: "sglang:num_queue_reqs", cacheUse: "sglang:token_usage" },
        readsBlob: false,
      },
    ],
    [
      "triton",
      {
        image: "nvcr.io/nvidia/tritonserver:26.07-vllm-python-py3",
        memoryShare: 0.9,
        requestsAtOnce: 256,
        metrics: { modelLabel: "model", requestSeconds: "vllm:e2e_request_latency_seconds_sum" },
        readsBlob: false,
      },
    ],
  ] as const)("%s is what its sources say", (name, { image, ...expected }) => {
    expect(engines[name]).toMatchObject(expected);
    expect(imageOf(engines[name].image)).toBe(image);
  });

  it.each(Object.entries(engines))(
    "%s writes in its home, is asked at a port of its own, and is nobody's root",
    (_, row) => {
      const { cache, user, port, memoryShare, capability } = row;
      expect(cache.startsWith(user.home)).toBe(true);
      expect(user.uid).toBeGreaterThanOrEqual(1000);
      expect(port).toBeGreaterThan(1023);
      expect(memoryShare).toBeLessThan(1);
      expect(capability.least).toBeLessThanOrEqual(capability.bf16);
      expect(capability.bf16).toBeLessThanOrEqual(capability.fp8);
    },
  );

  // SGLang would leave free 1.5 MB for each token that it reads at once and 2 MB for each recorded graph, by the memory of a GPU:
  // server_args.py (_handle_gpu_memory_settings). What it is told leaves no less.
  it.each([
    [24, 2048, 24],
    [40, 4096, 32],
    [80, 8192, 512],
    [141, 8192, 512],
    [192, 16384, 512],
  ])("SGLang leaves free what it would by itself of %i GB", (gigabytes, chunk, graphs) => {
    expect(gigabytes * 1000 * (1 - engines.sglang.memoryShare)).toBeGreaterThan(chunk * 1.5 + graphs * 2);
  });
});
