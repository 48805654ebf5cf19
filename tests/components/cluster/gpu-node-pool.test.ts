import { describe, expect, it } from "vitest";
import { GpuNodePool, type GpuNodePoolArgs } from "../../../components/cluster/gpu-node-pool";
import { planGpuNodePool } from "../../../components/cluster/plan-gpu-node-pool";
import { idOf, only, recorded, refused, tree } from "../../recorded";

const type = "azure-native:containerservice:AgentPool";
const wiring = {
  cluster: { resourceGroupName: "rg-other", name: "imported" },
  subnetResourceId: idOf("Microsoft.Network/virtualNetworks/vnet/subnets/snet-nodes"),
  kubernetesVersion: "1.36",
  tags: { owner: "ml-platform" },
};
const h100: GpuNodePoolArgs = { ...wiring, size: "Standard_ND96isr_H100_v5", minNodes: 1, maxNodes: 4, spareNodes: 1 };
const a10: GpuNodePoolArgs = { ...wiring, size: "Standard_NV36ads_A10_v5", nodes: 2 };

describe("GpuNodePool", () => {
  it("is one pool in any cluster, with what was planned and nothing else", async () => {
    const names: string[] = [];
    const plan = await recorded(() => new GpuNodePool("h100d1", h100).poolName.apply((it) => names.push(it)));
    expect(tree(plan)).toEqual(["GpuNodePool h100d1", "AgentPool h100d1 < GpuNodePool h100d1"]);
    const pool = only(plan, type);
    expect(pool.inputs).toEqual({
      ...planGpuNodePool("h100d1", h100).agentPool,
      resourceGroupName: "rg-other",
      resourceName: "imported",
      vnetSubnetID: wiring.subnetResourceId,
      orchestratorVersion: "1.36",
      tags: { owner: "ml-platform", ibDomain: "h100d1", spareNodes: "1" },
    });
    expect(names).toEqual(["h100d1"]);
  });

  it("leaves the count to the autoscaler", async () => {
    const plan = await recorded(() => new GpuNodePool("h100d1", h100));
    expect(only(plan, type).options.ignoreChanges).toEqual(["count"]);
  });

  it("keeps the count of a fixed pool, and names no InfiniBand domain where there is none", async () => {
    const plan = await recorded(() => new GpuNodePool("a10", a10));
    const { inputs, options } = only(plan, type);
    expect(options.ignoreChanges).toBeUndefined();
    expect(inputs["tags"]).toEqual({ owner: "ml-platform", spareNodes: "0" });
    expect(inputs["count"]).toBe(2);
    expect(Object.keys(inputs).filter((it) => /^(minCount|maxCount)$/.test(it))).toEqual([]);
  });

  it("makes way for its successor before it is replaced, since the name is the same and quota for two is rare", async () => {
    const plan = await recorded(() => new GpuNodePool("a10", a10));
    expect(only(plan, type).options).toMatchObject({
      deleteBeforeReplace: true,
      replaceOnChanges: expect.arrayContaining([
        "osDiskSizeGB",
        "gpuProfile",
        "availabilityZones",
        "scaleSetPriority",
      ]) as string[],
      customTimeouts: { create: "90m", update: "120m", delete: "60m" },
    });
  });

  it("fails before anything is registered", async () => {
    expect(await refused(() => new GpuNodePool("a10", { ...a10, osDiskGiB: 1 }))).toEqual({
      problems: ["osDiskGiB: must be a whole number from 128 to 2048; got 1"],
      made: [],
    });
  });
});
