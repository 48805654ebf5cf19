import { describe, expect, it } from "vitest";
import { GpuPool, type GpuPoolArgs } from "../../../../components/cluster/gpu-pool/gpu-pool";
import { planGpuPool } from "../../../../components/cluster/gpu-pool/plan";
import { allOf, idOf, only, place, problemsOf, recorded, refused, scope, tree } from "../../../recorded";

const type = "azure-native:containerservice:AgentPool";
const cluster = { resourceGroupName: "rg-other", name: "imported", kubernetesVersion: "1.36" };
const subnetResourceId = idOf("Microsoft.Network/virtualNetworks/vnet/subnets/snet-nodes");
const wiring = { scope, cluster, subnetResourceId };
const h100Shape = { size: "Standard_ND96isr_H100_v5", domains: 2, minNodes: 1, maxNodes: 4, spareNodes: 1 };
const h100: GpuPoolArgs = { ...wiring, ...h100Shape };
const a10: GpuPoolArgs = { ...wiring, size: "Standard_NV36ads_A10_v5", nodes: 2 };

describe("GpuPool", () => {
  it("is one AKS pool for each domain in any cluster, with what was planned and nothing else", async () => {
    const names: string[] = [];
    const plan = await recorded(() => {
      for (const name of new GpuPool("h100", h100).nodePoolNames) name.apply((it) => names.push(it));
    });
    expect(tree(plan)).toEqual(["GpuPool h100", "AgentPool h100d1 < GpuPool h100", "AgentPool h100d2 < GpuPool h100"]);
    const { agentPools } = planGpuPool("h100", h100Shape, place);
    expect(allOf(plan, type).map((it) => it.inputs)).toEqual(
      agentPools.map(({ body, tags }) => ({
        ...body,
        resourceGroupName: "rg-other",
        resourceName: "imported",
        vnetSubnetID: subnetResourceId,
        orchestratorVersion: "1.36",
        tags: { owner: "ml-platform", ...tags },
      })),
    );
    expect(names).toEqual(["h100d1", "h100d2"]);
  });

  it("is told by a plan what it is told by a shape", async () => {
    const plan = planGpuPool("h100", h100Shape, place);
    const byPlan = await recorded(() => new GpuPool("h100", { ...wiring, plan }));
    expect(byPlan.resources).toEqual((await recorded(() => new GpuPool("h100", h100))).resources);
  });

  it("leaves the count to the autoscaler", async () => {
    const plan = await recorded(() => new GpuPool("h100", { ...h100, domains: 1 }));
    expect(only(plan, type).options.ignoreChanges).toEqual(["count"]);
  });

  it("keeps the count of a fixed pool, and names no InfiniBand domain where there is none", async () => {
    const plan = await recorded(() => new GpuPool("a10", a10));
    const { inputs, options } = only(plan, type);
    expect(options.ignoreChanges).toBeUndefined();
    expect(inputs["tags"]).toEqual({ owner: "ml-platform", spareNodes: "0" });
    expect(inputs["count"]).toBe(2);
    expect(Object.keys(inputs).filter((it) => /^(minCount|maxCount)$/.test(it))).toEqual([]);
  });

  it("makes way for its successor before it is replaced, since the name is the same and quota for two is rare", async () => {
    const plan = await recorded(() => new GpuPool("a10", a10));
    expect(only(plan, type).options).toMatchObject({
      deleteBeforeReplace: true,
      replaceOnChanges: expect.arrayContaining([
        "osDiskSizeGB",
        "gpuProfile",
        "availabilityZones",
        "scaleSetPriority",
      ]) as string[],
      customTimeouts: { create: "90m", update: "480m", delete: "60m" },
    });
  });
});

describe("GpuPool fails before anything is registered", () => {
  it("for a shape that no pool can have", async () => {
    expect(await refused(() => new GpuPool("a10", { ...a10, osDiskGiB: 1 }))).toEqual({
      problems: ["osDiskGiB: must be a whole number from 128 to 2048; got 1. Use 128"],
      made: [],
    });
  });

  it("for an argument that it does not know", async () => {
    const args = { ...a10, osDiskGb: 512 } as GpuPoolArgs;
    expect(await refused(() => new GpuPool("a10", args))).toEqual({
      problems: ["osDiskGb: is not a known key; unknown keys are never ignored. Did you mean osDiskGiB?"],
      made: [],
    });
  });

  it("for what does not go together with the pools that its cluster has", async () => {
    const plan = await recorded(() => {
      new GpuPool("h100", { ...h100, domains: 2 });
      // Its only AKS pool would have the name of the other's second domain.
      expect(problemsOf(() => new GpuPool("h100d2", { ...a10, cluster: { ...cluster } }))).toEqual([
        "gpuPools.h100d2: must have another name: AKS pool 'h100d2' exists already. Rename gpuPools.h100d2, or the pool that has this name",
      ]);
      const a100 = { ...wiring, size: "Standard_NC24ads_A100_v4", nodes: 1, osSku: "AzureLinux3" };
      expect(problemsOf(() => new GpuPool("a100", a100))).toEqual([
        'gpuPools.a100.osSku: must be Ubuntu, as in gpuPools.h100: the GPU operator supports one node OS in a cluster; got "AzureLinux3"',
      ]);
      // In somebody else's other cluster both may be.
      new GpuPool("a100", { ...a100, cluster: { ...cluster, name: "other" } });
    });
    expect(allOf(plan, type).map((it) => it.name)).toEqual(["h100d1", "h100d2", "a100"]);
  });
});
