import { expect, it } from "vitest";
import { CpuPool, type CpuPoolArgs } from "../../../../components/cluster/cpu-pool/cpu-pool";
import { planCpuPool } from "../../../../components/cluster/cpu-pool/plan";
import { GpuPool } from "../../../../components/cluster/gpu-pool/gpu-pool";
import { idOf, only, place, problemsOf, recorded, refused, scope, tree } from "../../../recorded";

const type = "azure-native:containerservice:AgentPool";
const cluster = { resourceGroupName: "rg-other", name: "imported", kubernetesVersion: "1.36" };
const subnetResourceId = idOf("Microsoft.Network/virtualNetworks/vnet/subnets/snet-nodes");
const wiring = { scope, cluster, subnetResourceId };
const shape = { size: "Standard_D8ds_v5", nodes: 2 };
const args: CpuPoolArgs = { ...wiring, ...shape };
const nodeImageSnapshotId =
  "/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/rg/providers/Microsoft.ContainerService/snapshots/good";

it("is one AKS pool in any cluster, with what was planned and nothing else", async () => {
  const plan = await recorded(() => new CpuPool("general", args));
  expect(tree(plan)).toEqual(["CpuPool general", "AgentPool general < CpuPool general"]);
  expect(only(plan, type).inputs).toEqual({
    ...planCpuPool("general", shape, place).agentPools[0]?.body,
    resourceGroupName: "rg-other",
    resourceName: "imported",
    vnetSubnetID: subnetResourceId,
    orchestratorVersion: "1.36",
    tags: { owner: "ml-platform" },
  });
});

it("is told by a plan what it is told by a shape", async () => {
  const plan = planCpuPool("general", shape, place);
  const byPlan = await recorded(() => new CpuPool("general", { ...wiring, plan }));
  expect(byPlan.resources).toEqual((await recorded(() => new CpuPool("general", args))).resources);
});

it("has its own version, or the one that its snapshot holds", async () => {
  const own = await recorded(() => new CpuPool("general", { ...args, kubernetesVersion: "1.35" }));
  expect(only(own, type).inputs["orchestratorVersion"]).toBe("1.35");
  const held = await recorded(() => new CpuPool("general", { ...args, nodeImageSnapshotId }));
  expect(only(held, type).inputs).not.toHaveProperty("orchestratorVersion");
});

it("fails before anything is registered for a shape that no pool can have", async () => {
  expect(await refused(() => new CpuPool("general", { ...args, osDiskGiB: 1 }))).toEqual({
    problems: ["osDiskGiB: must be a whole number from 64 to 2048; got 1. Use 64"],
    made: [],
  });
});

it("fails beside a pool of any kind that has its name", async () => {
  await recorded(() => {
    new GpuPool("a10", { ...wiring, size: "Standard_NV36ads_A10_v5", nodes: 2 });
    expect(problemsOf(() => new CpuPool("a10", args))).toEqual([
      "cpuPools.a10: must have another name: AKS pool 'a10' exists already. Rename cpuPools.a10, or the pool that has this name",
    ]);
  });
});
