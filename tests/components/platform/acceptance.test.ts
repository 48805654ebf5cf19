import { describe, expect, it } from "vitest";
import type { GpuPoolRef } from "../../../components/cluster/gpu-pool/gpu-pool-ref";
import { addOns } from "../../../components/platform/add-ons";
import { type AddOnPlan, planPlatform } from "../../../components/platform/plan-platform";
import { list, read, text } from "../../../core/property-tree";
import { problemsOf } from "../../recorded";
import { pool } from "./facts";

function planOf(pools: readonly GpuPoolRef[]): AddOnPlan | undefined {
  const facts = { kubernetesVersion: "1.36", pools };
  return planPlatform(addOns, { acceptance: {} }, facts).addOns.find((it) => it.key === "acceptance");
}

describe("the place where nodes are tested", () => {
  it("brings Kueue, and a namespace whose jobs queue and whose pods reach each other", () => {
    const plan = planOf([pool("a10", "Standard_NV36ads_A10_v5")]);
    expect(plan?.after).toEqual(["kueue"]);
    expect(plan?.namespace).toEqual({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: "acceptance",
        labels: {
          "pod-security.kubernetes.io/enforce": "privileged",
          "pod-security.kubernetes.io/enforce-version": "v1.36",
          "azure-gpu-cluster/workload": "platform",
          "azure-gpu-cluster/queue": "acceptance",
        },
      },
    });
    expect(Object.keys(plan?.objects ?? {})).toEqual(["acceptance-peers", "acceptance-queue", "acceptance-default"]);
    expect(plan?.objects["acceptance-default"]).toEqual({
      apiVersion: "kueue.x-k8s.io/v1beta2",
      kind: "LocalQueue",
      metadata: { name: "default", namespace: "acceptance" },
      spec: { clusterQueue: "acceptance" },
    });
    expect(plan?.objects["acceptance-peers"]?.["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector: {} }] }],
    });
  });

  it("owns spare nodes or two, borrows the rest, lends nothing and stops nobody", () => {
    const h100 = { ...pool("h100"), rdmaResource: "rdma/ib", maxNodes: 20, spareNodes: 3 };
    const mi = { ...pool("mi", "Standard_ND96isr_MI300X_v5"), maxNodes: 4 };
    const a10 = { ...pool("a10", "Standard_NV36ads_A10_v5"), gpusPerNode: 1, maxNodes: 1, autoscaled: true as const };
    const quota = (name: string, nominalQuota: number, borrowingLimit: number): object => ({
      name,
      nominalQuota: String(nominalQuota),
      borrowingLimit: String(borrowingLimit),
      lendingLimit: "0",
    });
    const [gpu, ib, amd] = ["nvidia.com/gpu", "rdma/ib", "amd.com/gpu"] as const;
    expect(planOf([h100, mi, a10])?.objects["acceptance-queue"]).toEqual({
      apiVersion: "kueue.x-k8s.io/v1beta2",
      kind: "ClusterQueue",
      metadata: { name: "acceptance" },
      spec: {
        cohortName: "cluster",
        namespaceSelector: { matchLabels: { "azure-gpu-cluster/queue": "acceptance" } },
        queueingStrategy: "BestEffortFIFO",
        resourceGroups: [
          {
            coveredResources: [gpu, ib, amd],
            flavors: [
              { name: "without-devices", resources: [quota(gpu, 0, 0), quota(ib, 0, 0), quota(amd, 0, 0)] },
              { name: "h100", resources: [quota(gpu, 24, 136), quota(ib, 24, 136), quota(amd, 0, 0)] },
              { name: "mi", resources: [quota(gpu, 0, 0), quota(ib, 0, 0), quota(amd, 16, 16)] },
              { name: "a10", resources: [quota(gpu, 1, 0), quota(ib, 0, 0), quota(amd, 0, 0)] },
            ],
          },
        ],
        preemption: { withinClusterQueue: "Never", reclaimWithinCohort: "Never" },
        admissionChecksStrategy: { admissionChecks: [{ name: "scale-up", onFlavors: ["a10"] }] },
      },
    });
  });

  describe("on a ladder of capacity", () => {
    const fixed: GpuPoolRef = {
      ...pool("a100", "Standard_NC24ads_A100_v4"),
      gpusPerNode: 1,
      maxNodes: 7,
      rungs: [
        { kind: "reserved", maxNodes: 1 },
        { kind: "onDemand", maxNodes: 2 },
        { kind: "spot", maxNodes: 4 },
      ],
    };
    /** The same with rungs that grow. */
    const growing = (...kinds: readonly string[]): GpuPoolRef => ({
      ...fixed,
      ...(kinds.length > 0 && { autoscaled: true }),
      rungs: (fixed.rungs ?? []).map((it) => ({ ...it, ...(kinds.includes(it.kind) && { autoscaled: true }) })),
    });
    const queueOf = (of: GpuPoolRef): unknown => planOf([of])?.objects["acceptance-queue"]?.["spec"];
    const sharesOf = (of: GpuPoolRef): unknown[] =>
      list(queueOf(of), "resourceGroups[0].flavors").map((it) => [
        text(it, "name"),
        text(it, "resources[0].nominalQuota"),
        text(it, "resources[0].borrowingLimit"),
        text(it, "resources[0].lendingLimit"),
      ]);

    it("has two nodes of each rung, or all of a smaller one, and borrows the rest", () => {
      expect(sharesOf(fixed)).toEqual([
        ["without-devices", "0", "0", "0"],
        ["a100-reserved", "1", "0", "0"],
        ["a100-ondemand", "2", "0", "0"],
        ["a100-spot", "2", "2", "0"],
      ]);
    });

    it.each([
      ["none", [], undefined],
      ["the last", ["spot"], ["a100-reserved", "a100-ondemand", "a100-spot"]],
      ["the first, for which the next stand in", ["reserved"], ["a100-reserved"]],
      ["one between", ["onDemand"], ["a100-reserved", "a100-ondemand"]],
    ])("asks for nodes of what grows, and of what that stands in for: %s", (_, kinds, onFlavors) => {
      expect(read(queueOf(growing(...kinds)), "admissionChecksStrategy")).toEqual(
        onFlavors && { admissionChecks: [{ name: "scale-up", onFlavors }] },
      );
    });
  });

  it("is empty without pools, and refused where one queue cannot have them all", () => {
    expect(planOf([])?.objects["acceptance-queue"]?.["spec"]).not.toHaveProperty("resourceGroups");
    const many = Array.from({ length: 64 }, (_, at) => pool(`p${at}`));
    expect(planOf(many.slice(1))).toBeDefined();
    expect(problemsOf(() => planOf(many))).toEqual([
      "acceptance.pools: must be fewer than 64, and each rung of a ladder counts: one queue has all of them; got 64. Leave acceptance out, or make several environments",
    ]);
    const ladders = Array.from({ length: 22 }, (_, at) => ({
      ...pool(`p${at}`),
      rungs: [
        { kind: "reserved" as const, maxNodes: 1 },
        { kind: "onDemand" as const, maxNodes: 1 },
        { kind: "spot" as const, maxNodes: 1 },
      ],
    }));
    expect(planOf(ladders.slice(1))).toBeDefined();
    expect(problemsOf(() => planOf(ladders))).toEqual([expect.stringContaining("; got 66. ")]);
  });
});
