import { expect, it } from "vitest";
import { parse } from "yaml";
import { planGpuPool } from "../../../components/cluster/gpu-pool/plan";
import type { GpuPoolRef } from "../../../components/cluster/gpu-pool/gpu-pool-ref";
import { addOns } from "../../../components/platform/add-ons";
import { type PlatformPlan, planPlatform } from "../../../components/platform/plan-platform";
import { text } from "../../../core/property-tree";
import { toProps } from "../../../core/property-value";
import { place } from "../../recorded";

const refOf = (key: string, shape: Parameters<typeof planGpuPool>[1]): GpuPoolRef =>
  planGpuPool(key, shape, { ...place, location: "" }).ref;
const plain = refOf("t4", { size: "Standard_NC64as_T4_v3", maxNodes: 2 });
const a100 = refOf("a100", {
  size: "Standard_NC24ads_A100_v4",
  capacity: [{ reserved: { nodes: 1 } }, { onDemand: { maxNodes: 1 } }, { spot: { maxUsdPerHour: -1, maxNodes: 1 } }],
});
const a10 = refOf("a10", {
  size: "Standard_NV36ads_A10_v5",
  capacity: [{ spot: { maxUsdPerHour: -1, maxNodes: 1 } }, { onDemand: { maxNodes: 1 } }],
});

function planOf(pools: readonly GpuPoolRef[]): PlatformPlan {
  return planPlatform(addOns, {}, { kubernetesVersion: "1.36", pools });
}

it("tells the autoscaler the order of every ladder, and of nothing else", () => {
  const plan = planOf([plain, a100, a10]);
  const order = plan.addOns.find((it) => it.key === "capacityOrder");
  const [map] = Object.values(order?.objects ?? {});
  expect(map).toMatchObject({
    kind: "ConfigMap",
    metadata: { name: "cluster-autoscaler-priority-expander", namespace: "kube-system" },
  });
  const priorities = parse(text(toProps(map), "data.priorities") ?? "") as Record<number, string[]>;
  expect(priorities).toEqual({
    1: [".*"],
    10: ["^aks-a100s-[0-9]+-vmss$", "^aks-a10-[0-9]+-vmss$"],
    20: ["^aks-a100-[0-9]+-vmss$", "^aks-a10s-[0-9]+-vmss$"],
    30: ["^aks-a100r-[0-9]+-vmss$"],
  });
  // The autoscaler takes keys that are numbers, and nothing else.
  expect(text(toProps(map), "data.priorities")).toMatch(/^1:\n/);
  // An installed autoscaler makes no nodes without it: what waits for nodes must not come before.
  expect(plan.addOns.findIndex((it) => it.key === "capacityOrder")).toBeLessThan(2);
});

it("is not there without a ladder", () => {
  expect(planOf([plain]).addOns.map((it) => it.key)).not.toContain("capacityOrder");
});
