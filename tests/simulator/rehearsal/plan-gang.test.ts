import { expect, test } from "vitest";
import { workloadPools } from "../../../cli/workload-pools";
import { planCpuPool } from "../../../components/cluster/cpu-pool/plan";
import { planGpuPool } from "../../../components/cluster/gpu-pool/plan";
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
test("through a queue a gang asks for one domain, and the queue owns the whole pool", () => {
  const { domain, ...plan } = planGang(poolsOf([a10, h100]), true) ?? {};
  expect(domain?.name).toBe("h100d1");
  expect(plan).toEqual({
    pool: "h100",
    gang: {
      name: "rehearsal",
      namespace: "rehearsal",
      nodes: 3,
      resources: wholeNode,
      queue: "rehearsal",
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
      {
        apiVersion: "kueue.x-k8s.io/v1beta2",
        kind: "ClusterQueue",
        metadata: { name: "rehearsal" },
        spec: {
          namespaceSelector: { matchLabels: { "azure-gpu-cluster/tenant": "rehearsal" } },
          resourceGroups: [
            {
              coveredResources: ["cpu", "memory", "nvidia.com/gpu", "rdma/ib"],
              flavors: [
                {
                  name: "h100",
                  resources: [
                    { name: "cpu", nominalQuota: "720" },
                    { name: "memory", nominalQuota: "14400Gi" },
                    { name: "nvidia.com/gpu", nominalQuota: "64" },
                    { name: "rdma/ib", nominalQuota: "64" },
                  ],
                },
              ],
            },
          ],
        },
      },
      {
        apiVersion: "kueue.x-k8s.io/v1beta2",
        kind: "LocalQueue",
        metadata: { name: "rehearsal", namespace: "rehearsal" },
        spec: { clusterQueue: "rehearsal" },
      },
    ],
  });
});

test("without a queue a gang names its domain, and is let onto its nodes", () => {
  const { gang, queue } = planGang(poolsOf([h100]), false) ?? {};
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
  expect(planGang(poolsOf([a10]), true)?.gang).not.toHaveProperty("near");
  expect(planGang(poolsOf([a10]), false)?.gang.nodeSelector).toEqual({ "azure-gpu-cluster/pool": "a10" });
});

test("there is none without GPU nodes", () => {
  expect(planGang(poolsOf([]), true)).toBeUndefined();
});
