import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ModelFigures, models } from "../../../../catalog/models";
import { type EngineName, engines } from "../../../../catalog/engines";
import { findVmSize, vmSizes } from "../../../../catalog/vm-sizes";
import { sizesThatHold } from "../../../../components/inference/model-service/choose-layout";
import {
  bytesForTokens,
  bytesPerToken,
  fitOf,
  fits,
  layouts,
} from "../../../../components/inference/model-service/fit";
import { servingGpu, type ServingGpu } from "../../../../components/inference/model-service/serving-gpu";

function gpuOf(size: string, engine: EngineName = "vllm"): ServingGpu {
  const row = findVmSize(size);
  const gpu = row === undefined ? { unfit: "unknown" } : servingGpu(row, null, engine);
  if ("unfit" in gpu) throw new Error(gpu.unfit);
  return gpu;
}

const one = { tensor: 1, pipeline: 1 };

describe("bytesPerToken", () => {
  it.each([
    // 2 x 4 heads x 128 x 28 layers x 2 bytes.
    ["qwen2.5-7b", one, 57_344],
    ["qwen2.5-7b", { tensor: 4, pipeline: 1 }, 14_336],
    // No fewer than one head: beyond their number they are copied.
    ["qwen2.5-7b", { tensor: 7, pipeline: 1 }, 14_336],
    ["llama-3.1-8b", one, 131_072],
    ["llama-3.3-70b", one, 327_680],
    ["llama-3.3-70b", { tensor: 8, pipeline: 2 }, 20_480],
    // 576 x 61 layers x 2 bytes, whole in each GPU.
    ["deepseek-r1", one, 70_272],
    ["deepseek-r1", { tensor: 8, pipeline: 1 }, 70_272],
    ["deepseek-r1", { tensor: 8, pipeline: 2 }, 35_712],
  ] as const)("of %s over %o is %i", (name, layout, bytes) => {
    expect(bytesPerToken(models[name], layout)).toBe(bytes);
  });
});

describe("layouts", () => {
  it.each([
    // 28 heads are no multiple of 8, so its eight GPUs are not all used, and nodes do not share it.
    ["qwen2.5-7b", "Standard_ND96isr_H100_v5", 4, "1 2 4"],
    ["llama-3.3-70b", "Standard_ND96isr_H100_v5", 3, "1 2 4 8 8x2 8x3"],
    ["llama-3.3-70b", "Standard_ND96isr_H100_v5", 1, "1 2 4 8"],
    ["llama-3.3-70b", "Standard_NC48ads_A100_v4", 1, "1 2"],
  ] as const)("of %s on %s, %i nodes together: %s", (name, size, nodes, expected) => {
    const found = layouts(models[name], { gpu: gpuOf(size), nodes });
    expect(found.map((it) => (it.pipeline === 1 ? `${it.tensor}` : `${it.tensor}x${it.pipeline}`)).join(" ")).toBe(
      expected,
    );
  });
});

describe("fitOf", () => {
  it.each([
    // (24 x 0.92 - 2.5 - 15.23) GB / 57,344.
    ["qwen2.5-7b", "Standard_NV36ads_A10_v5", one, 75_857, 32_768],
    ["llama-3.1-8b", "Standard_NV36ads_A10_v5", one, 26_855, 26_624],
    ["llama-3.3-70b", "Standard_ND96isr_H100_v5", { tensor: 4, pipeline: 1 }, 437_286, 131_072],
    ["deepseek-r1", "Standard_ND96isr_H200_v5", { tensor: 8, pipeline: 1 }, 585_528, 163_840],
  ] as const)("%s on %s over %o holds %i tokens, %i of one request", (name, size, layout, tokens, contextTokens) => {
    expect(fitOf(models[name], gpuOf(size), layout)).toEqual({
      ...layout,
      gpus: layout.tensor * layout.pipeline,
      tokens,
      contextTokens,
    });
  });

  const model: fc.Arbitrary<ModelFigures> = fc.record({
    weightGB: fc.double({ min: 0.1, max: 2000, noNaN: true }),
    format: fc.constant("bf16" as const),
    layers: fc.integer({ min: 1, max: 200 }),
    attentionHeads: fc.constantFrom(8, 28, 32, 64, 128),
    kept: fc.oneof(
      fc.record({ heads: fc.integer({ min: 1, max: 64 }), headSize: fc.constantFrom(64, 128) }),
      fc.record({ vectorSize: fc.integer({ min: 1, max: 2048 }) }),
    ),
    contextTokens: fc.integer({ min: 1, max: 1_000_000 }),
  });
  const gpu = fc
    .constantFrom("Standard_NV36ads_A10_v5", "Standard_ND96isr_H100_v5", "Standard_NC48ads_A100_v4")
    .chain((it) => fc.constantFrom(gpuOf(it, "vllm"), gpuOf(it, "sglang"), gpuOf(it, "triton")));

  it("never promises more than the memory of a GPU", () => {
    fc.assert(
      fc.property(model, gpu, fc.integer({ min: 1, max: 4 }), (figures, of, nodes) => {
        const { memoryShare, overheadGB } = engines[of.engine];
        for (const layout of layouts(figures, { gpu: of, nodes })) {
          const fit = fitOf(figures, of, layout);
          if (!fits(figures, fit)) continue;
          const taken = figures.weightGB / fit.gpus + overheadGB + (fit.tokens * bytesPerToken(figures, layout)) / 1e9;
          expect(taken).toBeLessThanOrEqual(of.memoryGB * memoryShare + 1e-6);
          expect(fit.contextTokens).toBeLessThanOrEqual(Math.min(fit.tokens, figures.contextTokens));
        }
      }),
    );
  });

  it("leaves each GPU no less the more of them share a model", () => {
    fc.assert(
      fc.property(model, gpu, (figures, of) => {
        const left = layouts(figures, { gpu: of, nodes: 4 }).map((it) => bytesForTokens(figures, of, it));
        expect(left).toEqual([...left].sort((a, b) => a - b));
      }),
    );
  });
});

describe("servingGpu", () => {
  it.each([
    ["Standard_NV6ads_A10_v5", null, { memoryGB: 4, memoryGBps: 100, capability: 8.6, together: 1 }],
    ["Standard_NC24ads_A100_v4", "MIG3g", { memoryGB: 40, memoryGBps: 967.5, capability: 8, together: 1 }],
    ["Standard_ND96isr_H200_v5", null, { memoryGB: 141, memoryGBps: 4800, capability: 9, together: 8 }],
    [
      "Standard_ND96isr_MI300X_v5",
      null,
      { unfit: "the image of vLLM is for GPUs of NVIDIA, and Standard_ND96isr_MI300X_v5 has none" },
    ],
    [
      "Standard_ND40rs_v2",
      null,
      { unfit: "vLLM is compiled for GPUs of compute capability 7.5 and later, and V100 SXM2 has 7.0" },
    ],
    ["Standard_D8ds_v5", null, { unfit: "Standard_D8ds_v5 has no GPU" }],
  ] as const)("of %s with %s", (name, migProfile, expected) => {
    const size = findVmSize(name);
    expect(size && servingGpu(size, migProfile, "vllm")).toEqual(
      "unfit" in expected ? expected : { ...expected, engine: "vllm" },
    );
  });

  it("of an engine says which", () => {
    const size = findVmSize("Standard_ND96isr_MI300X_v5");
    expect(size && servingGpu(size, null, "sglang")).toEqual({
      unfit: "the image of SGLang is for GPUs of NVIDIA, and Standard_ND96isr_MI300X_v5 has none",
    });
  });

  it("is known for every size of NVIDIA that the catalogue has", () => {
    const nvidia = [...vmSizes.values()].filter(({ gpu }) => gpu?.vendor === "nvidia");
    const unfit = nvidia.filter((it) => "unfit" in servingGpu(it, null, "vllm")).map(({ name }) => name);
    expect(nvidia.length).toBeGreaterThan(20);
    // Too old; and slices of which no source tells how large they are.
    expect(unfit.filter((it) => !it.includes("_xl_RTXPRO6000BSE_"))).toEqual(["Standard_ND40rs_v2"]);
    expect(unfit).toHaveLength(6);
  });
});

// The cheapest of which one node holds it.
describe("sizesThatHold", () => {
  it.each([
    ["qwen2.5-7b", "A pool of Standard_NV36ads_A10_v5 holds it on one GPU of a node"],
    ["deepseek-r1", "A pool of Standard_ND96isr_H200_v5 holds it on 8 GPUs of a node"],
  ] as const)("of %s", (name, expected) => {
    expect(sizesThatHold(models[name], "vllm")).toBe(expected);
  });
});
