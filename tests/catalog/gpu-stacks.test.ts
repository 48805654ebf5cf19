import { describe, expect, it } from "vitest";
import { gpuStackRows } from "../../catalog/gpu-stacks";
import { gpuStacks } from "../../catalog/vm-size";
import { vmSizes } from "../../catalog/vm-sizes";

describe("the stacks", () => {
  it("are a row for each word, with a source", () => {
    expect(Object.keys(gpuStackRows)).toEqual(gpuStacks);
    expect(Object.values(gpuStackRows).filter(({ source }) => !/^(https:\/\/|[\w.-]+\/[\w.-]+:)/.test(source))).toEqual(
      [],
    );
  });

  it("keep the GPU operator's driver off every node that has one", () => {
    const other = gpuStacks.filter((it) => !["gpuOperator", "amdGpuOperator"].includes(gpuStackRows[it].driver));
    expect(other).toEqual(["aks-driver", "gb-dra"]);
    for (const it of other)
      expect(gpuStackRows[it].nodeLabels).toMatchObject({ "nvidia.com/gpu.deploy.driver": "false" });
  });

  it("never grow a pool from zero where nothing tells the autoscaler of its GPUs", () => {
    const blind = gpuStacks.filter((it) => gpuStackRows[it].fromZero === null);
    const wrong = [...vmSizes.values()].filter(
      ({ aks }) => aks?.autoscale === true && aks.gpuStacks.some((it) => blind.includes(it)),
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it("say how adapters read GPU memory for each size and stack that AKS runs together", () => {
    const missing = [...vmSizes.values()].flatMap(({ name, aks, gpu, infiniband }) =>
      (gpu === null || infiniband === null ? [] : (aks?.gpuStacks ?? []))
        .filter((stack) => infiniband?.gpuDirect.every((it) => it.stack !== stack))
        .map((stack) => `${name} ${stack}`),
    );
    expect(missing).toEqual([]);
  });
});
