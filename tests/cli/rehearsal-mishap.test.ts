import { describe, expect, it } from "vitest";
import { planMishap } from "../../cli/rehearsal-mishap";
import type { Wanted } from "../../simulator/rehearsal/recover";

const poolType = "azure-native:containerservice:AgentPool";
const wanted = (type: string, id: string): Wanted => ({ urn: `urn:${id}`, type, id, parent: "", custom: true });
const cluster = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks";
const group = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/capacityReservationGroups/crg";
const dev = {
  name: "dev",
  planned: [
    wanted(poolType, `${cluster}/agentPools/a10`),
    wanted("azure-native:compute:CapacityReservationGroup", group),
    wanted("kubernetes:core/v1:Namespace", "train-vision"),
    wanted("kubernetes:core/v1:ConfigMap", "train-vision/nccl"),
    { ...wanted("gpu:cluster:GpuPool", "pools/shown"), custom: false },
  ],
};

describe("what goes wrong in a rehearsal", () => {
  it.each([
    ["conflict", undefined, { kind: "conflict", type: poolType }],
    ["drift", undefined, { kind: "drift", type: poolType }],
    ["conflict", "a10", { kind: "conflict", name: "a10" }],
    ["sku-not-available", "CRG", { kind: "sku-not-available", name: "CRG" }],
    ["conflict", group.toUpperCase(), { kind: "conflict", name: group.toUpperCase() }],
  ] as const)("%s at %s", (kind, at, mishap) => {
    expect(planMishap(kind, at, dev)).toEqual(mishap);
  });

  it.each([
    ["has no such name", "a100", 'got "a100". Closest: a10'],
    ["has a name that only ends so", "0", 'got "0". Closest: a10'],
    ["is a part of a path", "agentPools", 'got "agentPools". The preview shows the names'],
    ["is no name", "", 'got "". The preview shows the names'],
    ["is of the cluster, and not of Azure", "nccl", 'got "nccl". The preview shows the names'],
    ["is a component, and not of Azure", "shown", 'got "shown". The preview shows the names'],
  ])("fails for what %s", (_, at, end) => {
    expect(() => planMishap("conflict", at, dev)).toThrow(
      `The command is misconfigured:\n  --at: must be the name, or the ARM ID, of something that dev makes in Azure; ${end}`,
    );
  });

  it.each(["quota-exceeded", "drift"] as const)("fails for %s where no pool is there to hit", (kind) => {
    expect(() => planMishap(kind, undefined, { name: "net", planned: [] })).toThrow(
      `  --fault: net has no ${poolType}, which ${kind} could hit. Name another resource with --at, or rehearse an environment that has one`,
    );
  });
});
