import { describe, expect, it } from "vitest";
import { models } from "../../../../catalog/models";
import { estimate } from "../../../../components/inference/model-service/estimate";
import { fitOf } from "../../../../components/inference/model-service/fit";
import type { ServingGpu } from "../../../../components/inference/model-service/serving-gpu";

const a10: ServingGpu = { memoryGB: 24, memoryGBps: 600, capability: 8.6, together: 1, engine: "vllm" };
const h100: ServingGpu = { memoryGB: 80, memoryGBps: 3350, capability: 9, together: 8, engine: "vllm" };

describe("estimate", () => {
  it.each([
    // 75,857 tokens are 37 requests of 2,048. Each step reads 15.23 GB and 37 x 2,048 x 57,344 bytes at 360 GB/s: 54 ms.
    ["qwen2.5-7b", a10, { tensor: 1, pipeline: 1 }, 3.2, [37, 680, 1.3]],
    // As many requests as vLLM works on, with keys and values in four GPUs; 12.29 USD a GPU.
    ["llama-3.3-70b", h100, { tensor: 4, pipeline: 1 }, 12.29, [213, 6000, 2.3]],
    // A mixture of experts reads all of them once enough requests are there.
    ["qwen3-30b-a3b", h100, { tensor: 1, pipeline: 1 }, 12.29, [49, 1400, 2.5]],
    // Two nodes read their weights for half of the requests each.
    ["deepseek-r1", h100, { tensor: 8, pipeline: 2 }, 12.29, [256, 4900, 11]],
  ] as const)(
    "of %s is what memory gives",
    (name, gpu, layout, usd, [requestsAtOnce, tokensPerSecond, usdPerMillionTokens]) => {
      const model = models[name];
      const fit = fitOf(model, gpu, layout);
      expect(estimate(model, gpu, fit, { gpus: fit.gpus, usdPerGpuHour: usd })).toEqual({
        requestsAtOnce,
        tokensPerSecond,
        usdPerMillionTokens,
      });
    },
  );

  it("works on as many requests as the engine does", () => {
    const model = models["qwen2.5-7b"];
    const at = (engine: ServingGpu["engine"]): number => {
      const gpu = { ...h100, engine };
      const fit = fitOf(model, gpu, { tensor: 4, pipeline: 1 });
      return estimate(model, gpu, fit, { gpus: 4, usdPerGpuHour: null }).requestsAtOnce;
    };
    // Of 80 GB vLLM takes 92 % and SGLang 80 %, which holds more requests than vLLM works on, also in Triton.
    expect([at("vllm"), at("sglang"), at("triton")]).toEqual([256, 2016, 256]);
  });

  it("has no price without one", () => {
    const model = models["qwen2.5-7b"];
    const fit = fitOf(model, a10, { tensor: 1, pipeline: 1 });
    expect(estimate(model, a10, fit, { gpus: 1, usdPerGpuHour: null }).usdPerMillionTokens).toBeNull();
  });

  it("pays for GPUs that read its prompts, too", () => {
    const model = models["qwen2.5-7b"];
    const fit = fitOf(model, a10, { tensor: 1, pipeline: 1 });
    // Twice the 1.3 that one GPU costs, before the digits are cut.
    expect(estimate(model, a10, fit, { gpus: 2, usdPerGpuHour: 3.2 }).usdPerMillionTokens).toBe(2.6);
  });
});
