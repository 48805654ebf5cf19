import { expect, it } from "vitest";
import { nodeDevices } from "../../catalog/node-devices";
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
