import { describe, expect, it } from "vitest";
import { declaredFigures } from "../../catalog/declared-figures";
import { declaredSize } from "../../catalog/declared-size";
import { hpcImages } from "../../catalog/hpc-images";
import type { VmSize } from "../../catalog/vm-size";

function row(name: string, more: object): VmSize {
  return declaredSize(name, declaredFigures.parse({ vcpus: 128, memoryGiB: 2000, quotaFamily: "f", ...more }));
}

const nvidia = { gpu: { vendor: "nvidia", count: 8 } };
const infiniband = { infiniband: { hcas: 8, gbitsPerSecondPerHca: 800 } };

describe("declaredSize", () => {
  it.each<readonly [string, object, VmSize["category"], readonly string[] | null]>([
    ["GPUs with InfiniBand", { ...nvidia, ...infiniband }, "gpu", ["gpu-operator"]],
    ["GPUs without it", nvidia, "gpu", ["gpu-operator", "aks-driver"]],
    ["a slice", { gpu: { vendor: "nvidia", fraction: 0.5 } }, "gpu", ["aks-driver"]],
    ["AMD GPUs", { gpu: { vendor: "amd", count: 8 }, ...infiniband }, "gpu", ["amd-operator"]],
    ["InfiniBand alone", infiniband, "hpc", null],
    ["neither", {}, "general", []],
  ])("says who may own the driver of %s", (_, more, category, gpuStacks) => {
    const { aks, ...rest } = row("Standard_X", more);
    expect([rest.category, aks?.gpuStacks ?? null]).toEqual([category, gpuStacks]);
    // One entry for each owner, and no run that anybody has published.
    expect(rest.infiniband?.gpuDirect.map(({ stack }) => stack) ?? gpuStacks ?? []).toEqual(gpuStacks ?? []);
    for (const { provenOn } of rest.infiniband?.gpuDirect ?? []) expect(provenOn).toEqual([]);
  });

  it("has safe values for what is left out", () => {
    expect(row("Standard_X", {})).toMatchObject({
      architecture: "x64",
      nvme: null,
      tempDiskGiB: null,
      ephemeralOsDisk: false,
      acceleratedNetworking: true,
      trustedLaunch: null,
      price: null,
      hpcImage: { because: "what is declared of it names no hpcImage", ownImage: true },
      health: null,
      nccl: null,
    });
  });

  it("takes price and image as they are declared", () => {
    const { price, hpcImage } = row("Standard_X", {
      ...nvidia,
      hpcImage: "nvidia",
      price: { usdPerHour: 98.5, asOf: "2026-09-30" },
    });
    expect(price).toMatchObject({ usdPerHour: 98.5, maxUsdPerHour: 98.5, region: null, regions: null });
    expect(hpcImage).toBe(hpcImages.nvidia);
  });
});
