import { expect, it } from "vitest";
import { countedDevices, nodeDevices, queuedDevices } from "../../catalog/node-devices";
import { findVmSize } from "../../catalog/vm-sizes";

it.each([
  ["Standard_ND96isr_H100_v5", { gpusPerNode: 8, rdmaResource: "rdma/ib" }, { "nvidia.com/gpu": 8, "rdma/ib": 8 }],
  ["Standard_ND96isr_H100_v5", { gpusPerNode: 8, rdmaResource: null }, { "nvidia.com/gpu": 8 }],
  ["Standard_ND96isr_MI300X_v5", { gpusPerNode: 8, rdmaResource: "rdma/ib" }, { "amd.com/gpu": 8, "rdma/ib": 8 }],
  ["Standard_NC24ads_A100_v4", { gpusPerNode: 7, rdmaResource: null }, { "nvidia.com/gpu": 7 }],
  ["Standard_D8ds_v5", { gpusPerNode: 0, rdmaResource: "rdma/ib" }, {}],
])("devices of a node of %s with %j", (name, pool, devices) => {
  const size = findVmSize(name);
  expect(size && nodeDevices(size, pool)).toEqual(devices);
});

it.each([
  ["sriov counts adapters", {}, { "nvidia.com/gpu": 4, "rdma/ib": 4 }],
  ["claims of DRANET are in no count of a node", { rdma: "dranet" as const }, { "nvidia.com/gpu": 4 }],
])("%s, and queues share out all, with the places of ComputeDomains", (_, mode, counted) => {
  const size = findVmSize("Standard_ND128isr_GB300_v6");
  const pool = { gpusPerNode: 4, rdmaResource: "rdma/ib", ...mode };
  expect(size && countedDevices(size, pool)).toEqual(counted);
  const domains = { "azure-gpu-cluster/compute-domain-channels": 1 };
  expect(size && queuedDevices(size, { ...pool, gpuStack: "gb-dra" })).toEqual({
    "nvidia.com/gpu": 4,
    "rdma/ib": 4,
    ...domains,
  });
  expect(size && queuedDevices(size, { ...pool, gpuStack: "gpu-operator" })).not.toMatchObject(domains);
});
