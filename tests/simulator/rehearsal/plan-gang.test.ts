import { expect, test } from "vitest";
import { workloadPools } from "../../../cli/workload-pools";
import { planCpuPool } from "../../../components/cluster/cpu-pool/plan";
import { planGpuPool } from "../../../components/cluster/gpu-pool/plan";
import type { Props } from "../../../core/property-value";
import { planGang, type WorkloadPool } from "../../../simulator/rehearsal/plan-gang";
import { place } from "../../recorded";

const anywhere = { ...place, location: "" };
const h100 = planGpuPool(
  "h100",
  { size: "Standard_ND96isr_H100_v5", domains: 2, minNodes: 0, maxNodes: 4, spareNodes: 1 },
  anywhere,
);
const a10 = planGpuPool("a10", { size: "Standard_NV36ads_A10_v5", nodes: 3 }, anywhere);
const general = planCpuPool("general", { size: "Standard_D8ds_v5", nodes: 9 }, anywhere);

const poolsOf = (gpuPools: readonly (typeof h100)[], cpuPools = [general]): WorkloadPool[] =>
  workloadPools({ gpuPools, cpuPools });
const wholeNode = { cpu: "90", memory: "1800Gi", "nvidia.com/gpu": "8", "rdma/ib": "8" };

/** Says what it was asked to make. */
const queueOf = (team: string, pool: string): Props => ({ kind: "ClusterQueue", metadata: { name: team }, pool });

test("through a queue a gang asks for one domain, and its team owns the pool", () => {
  const { domain, ...plan } = planGang(poolsOf([a10, h100]), queueOf) ?? {};
  expect(domain?.name).toBe("h100d1");
  expect(plan).toEqual({
    pool: "h100",
    gang: {
      name: "rehearsal",
      namespace: "rehearsal",
      nodes: 3,
      resources: wholeNode,
      queue: "default",
      near: { label: "azure-gpu-cluster/ib-domain", how: "required" },
    },
    namespace: {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: "rehearsal",
        labels: {
          "azure-gpu-cluster/tenant": "rehearsal",
          "azure-gpu-cluster/pool": "h100",
          "azure-gpu-cluster/queue": "rehearsal",
        },
      },
    },
    queue: [
      queueOf("rehearsal", "h100"),
      {
        apiVersion: "kueue.x-k8s.io/v1beta2",
        kind: "LocalQueue",
        metadata: { name: "default", namespace: "rehearsal" },
        spec: { clusterQueue: "rehearsal" },
      },
    ],
  });
});

test("without a queue a gang names its domain, and is let onto its nodes", () => {
  const { gang, queue } = planGang(poolsOf([h100]), null) ?? {};
  expect(queue).toEqual([]);
  expect(gang).toEqual({
    name: "rehearsal",
    namespace: "rehearsal",
    nodes: 3,
    resources: wholeNode,
    queue: null,
    nodeSelector: { "azure-gpu-cluster/pool": "h100", "azure-gpu-cluster/ib-domain": "h100d1" },
    tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
  });
});

test("without InfiniBand there is no domain to ask for", () => {
  expect(planGang(poolsOf([a10]), queueOf)?.gang).not.toHaveProperty("near");
  expect(planGang(poolsOf([a10]), null)?.gang.nodeSelector).toEqual({ "azure-gpu-cluster/pool": "a10" });
});

test("there is none without GPU nodes", () => {
  expect(planGang(poolsOf([]), queueOf)).toBeUndefined();
});
