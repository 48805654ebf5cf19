import fc from "fast-check";
import { expect, test } from "vitest";
import { findVmSize, vmSizes } from "../../../catalog/vm-sizes";
import type { VmSize } from "../../../catalog/vm-size";
import { workloadPools } from "../../../cli/workload-pools";
import { planGpuPool } from "../../../components/cluster/gpu-pool/plan";
import type { GpuPoolShape } from "../../../components/cluster/gpu-pool/shape";
import { text } from "../../../core/property-tree";
import { type NodePool, planNodes } from "../../../simulator/kubernetes/nodes";
import { place } from "../../recorded";

function size(name: string): VmSize {
  const found = findVmSize(name);
  if (found === undefined) throw new Error(`${name} is not in the catalogue`);
  return found;
}

/** The AKS pools of a GPU pool, from what is asked of Azure. */
function poolsOf(key: string, shape: GpuPoolShape): NodePool[] {
  return workloadPools({ gpuPools: [planGpuPool(key, shape, { ...place, location: "" })], cpuPools: [] });
}

test("a node of an InfiniBand domain has what pods ask for, and the labels and taints of its pool", () => {
  const [pool] = poolsOf("h200", { size: "Standard_ND96isr_H200_v5", domains: 2, nodes: 40, spareNodes: 0 });
  const nodes = pool === undefined ? [] : planNodes(pool);
  const counted = { "ephemeral-storage": "512Gi", "nvidia.com/gpu": "8", "rdma/ib": "8", pods: "250" };
  expect(nodes).toHaveLength(40);
  expect(nodes.at(37)).toEqual({
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name: "aks-h200d1-10000000-vmss000011",
      labels: {
        "kubernetes.io/hostname": "aks-h200d1-10000000-vmss000011",
        "kubernetes.io/os": "linux",
        "node.kubernetes.io/instance-type": "Standard_ND96isr_H200_v5",
        agentpool: "h200d1",
        "kubernetes.azure.com/agentpool": "h200d1",
        "azure-gpu-cluster/pool": "h200",
        "azure-gpu-cluster/gpu-stack": "gpu-operator",
        "azure-gpu-cluster/ib-domain": "h200d1",
        "azure-gpu-cluster/memlock": "node",
      },
    },
    spec: { taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }] },
    status: {
      phase: "Pending",
      capacity: { cpu: "96", memory: "1850Gi", ...counted },
      allocatable: { cpu: "94.94", memory: "1844Gi", ...counted },
    },
  });
});

test.each([
  [
    "counts instances of a MIG profile",
    { size: "Standard_NC40ads_H100_v5", nodes: 1, migProfile: "MIG1g" },
    { "nvidia.com/gpu": "7" },
  ],
  ["counts GPUs of AMD", { size: "Standard_ND96isr_MI300X_v5", nodes: 1 }, { "amd.com/gpu": "8", "rdma/ib": "8" }],
  [
    "names adapters as the pool does",
    { size: "Standard_ND96isr_H100_v5", nodes: 1, rdmaResource: "rdma/hca_shared_devices_a" },
    { "nvidia.com/gpu": "8", "rdma/hca_shared_devices_a": "8" },
  ],
] as const)("a node %s", (_, shape, devices) => {
  const [node] = poolsOf("p", { ...shape }).flatMap(planNodes);
  expect(node?.["status"]).toMatchObject({ capacity: devices, allocatable: devices });
});

test("nodes of any pool have names of their own that Kubernetes and Azure take", () => {
  const pools = fc.record({
    name: fc.stringMatching(/^[a-z][a-z0-9]{0,11}$/),
    size: fc.constantFrom(...vmSizes.values()),
    nodes: fc.integer({ min: 0, max: 100 }),
    nodeLabels: fc.constant({}),
    nodeTaints: fc.constantFrom([], ["CriticalAddonsOnly=true:NoSchedule"], ["a/b:NoExecute"]),
    gpusPerNode: fc.integer({ min: 0, max: 56 }),
    rdmaResource: fc.constantFrom(null, "rdma/ib"),
  });
  fc.assert(
    fc.property(pools, (pool) => {
      const names = planNodes(pool).map((it) => text(it, "metadata.name") ?? "");
      expect(new Set(names).size).toBe(pool.nodes);
      for (const it of names) expect(it).toMatch(/^(?=.{1,63}$)aks-[a-z0-9]+-\d{8}-vmss[0-9a-z]{6}$/);
    }),
  );
});

test("fails for a taint that AKS would not take", () => {
  const pool = { name: "p", nodes: 1, nodeLabels: {}, gpusPerNode: 0, rdmaResource: null };
  expect(() => planNodes({ ...pool, size: size("Standard_D8ds_v5"), nodeTaints: ["gpu"] })).toThrow(
    "A taint reads key=value:effect; got gpu.",
  );
});
