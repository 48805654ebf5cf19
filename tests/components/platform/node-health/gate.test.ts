import { describe, expect, it } from "vitest";
import { fabricProfile } from "../../../../catalog/fabric-profile";
import { vmSizes } from "../../../../catalog/vm-sizes";
import type { GpuPoolRef } from "../../../../components/cluster/gpu-pool/gpu-pool-ref";
import { gateNotes, gateOf } from "../../../../components/platform/node-health/gate";
import { read } from "../../../../core/property-tree";
import { pool } from "../facts";

const noFloors = {
  ...{ hostCopyGBps: null, peerCopyGBps: null, allReduceGBps: null },
  ...{ infinibandWriteGbps: null, allReducePairGBps: null, gemmTflops: null },
};

describe("the gate of a pool", () => {
  it("asks for all devices of a node, and for what the catalogue says of its size", () => {
    expect(gateOf({ ...pool("h100"), rdmaResource: "rdma/ib" })).toMatchObject({
      key: "h100",
      size: "Standard_ND96isr_H100_v5",
      devices: { "nvidia.com/gpu": 8, "rdma/ib": 8 },
      messageGiB: 16,
      writeFrom: "gpu",
      expected: {
        gpus: 8,
        disks: 8,
        hcas: 8,
        gbitsPerSecondPerHca: 400,
        gpuDirect: true,
        floors: {
          ...{ hostCopyGBps: 48, peerCopyGBps: 335, allReduceGBps: 460, infinibandWriteGbps: 380 },
          ...{ allReducePairGBps: 300, gemmTflops: 715 },
        },
      },
    });
  });

  it("gives NCCL between two nodes what jobs of the pool give to it, and the topology from the image of the checks", () => {
    const h100 = { ...pool("h100"), rdmaResource: "rdma/ib" };
    const envOf = (ref: GpuPoolRef): unknown => read(gateOf(ref), "ncclEnv");
    const { env } = fabricProfile(h100);
    expect(Object.keys(env).length).toBeGreaterThan(10);
    expect(envOf(h100)).toEqual(env);
    expect(envOf({ ...h100, ncclTopologyFile: true })).toEqual({
      ...env,
      NCCL_TOPO_FILE: "/azure-nhc/topofiles/ndv5-topo.xml",
    });
    // Nobody says from which speed on two nodes of it are ill.
    expect(gateOf({ ...h100, size: "Standard_ND96isr_H200_v5" })).toMatchObject({
      ncclEnv: {},
      expected: { floors: { infinibandWriteGbps: 360, allReducePairGBps: null } },
    });
  });

  it("leaves out what a node cannot show", () => {
    // Without an owner of the adapters there is no resource to ask for.
    expect(gateOf(pool("h100"))).toMatchObject({
      devices: { "nvidia.com/gpu": 8 },
      expected: { hcas: 0, gpuDirect: false, floors: { infinibandWriteGbps: null, allReducePairGBps: null } },
    });
    // One GPU has nobody to copy to.
    expect(gateOf(pool("one", "Standard_NC40ads_H100_v5"))).toMatchObject({
      expected: { floors: { hostCopyGBps: 48, peerCopyGBps: null, allReduceGBps: null } },
    });
    // Memory that three messages fit into, and the memory that the floor was measured from.
    expect(gateOf({ ...pool("v100", "Standard_ND40rs_v2"), rdmaResource: "rdma/ib" })).toMatchObject({
      messageGiB: 8,
      writeFrom: "host",
    });
  });

  it.each<[string, GpuPoolRef, object, readonly string[]]>([
    [
      "of AMD by the kernel's list and the adapters, with the tools that need no GPU",
      { ...pool("amd", "Standard_ND96isr_MI300X_v5"), gpuStack: "amd-operator", rdmaResource: "rdma/ib" },
      {
        azureTools: true,
        writeFrom: "host",
        devices: { "amd.com/gpu": 8, "rdma/ib": 8 },
        expected: {
          ...{ reader: "kfd", gpus: 8, hcas: 8, gpuDirect: null },
          driverFaults: { name: "RasErrors" },
          floors: { ...noFloors, infinibandWriteGbps: 390 },
        },
      },
      [
        "gpuPools.amd: its nodes are opened, without copies from and to the host, copies between GPUs, all-reduce in the node: no tool of the checks runs there (npm run verify measures them)",
      ],
    ],
    [
      "of arm64 without Azure's tools",
      {
        ...pool("gb", "Standard_ND128isr_GB300_v6"),
        ...{ gpuStack: "gb-dra", gpusPerNode: 4, rdmaResource: "rdma/ib" },
      },
      {
        azureTools: false,
        expected: {
          reader: "nvidia-smi",
          gpus: 4,
          hcas: 4,
          gpuDirect: null,
          floors: { ...noFloors, gemmTflops: 1720 },
        },
      },
      [],
    ],
    [
      "with divided GPUs by the count of their instances",
      { ...pool("mig", "Standard_NC24ads_A100_v4"), migProfile: "MIG1g", gpusPerNode: 7 },
      {
        azureTools: false,
        devices: { "nvidia.com/gpu": 7 },
        expected: { reader: "nvidia-smi-list", gpus: 7, disks: 1, gpuDirect: null, floors: noFloors },
        unmeasured: [],
      },
      [
        "gpuPools.mig: no floors are known for Standard_NC24ads_A100_v4: its nodes are opened by counts of GPUs, disks and errors of the driver alone",
      ],
    ],
    [
      "with a part of a GPU by that it is there",
      { ...pool("part", "Standard_NV6ads_A10_v5"), gpusPerNode: 1 },
      {
        azureTools: false,
        devices: { "nvidia.com/gpu": 1 },
        expected: { reader: "nvidia-smi-list", gpus: 1, gpuDirect: null, floors: noFloors },
      },
      [
        "gpuPools.part: no floors are known for Standard_NV6ads_A10_v5: its nodes are opened by counts of GPUs and errors of the driver alone",
      ],
    ],
    [
      "whose pods claim adapters by claims of its own",
      { ...pool("claims"), rdmaResource: "rdma/ib", rdma: "dranet" },
      {
        devices: { "nvidia.com/gpu": 8 },
        adapters: { deviceClass: "dranet.net", count: 8 },
        expected: { hcas: 8, floors: { infinibandWriteGbps: 380, allReducePairGBps: 300 } },
      },
      [],
    ],
  ])("checks a pool %s", (_, ref, gate, notes) => {
    expect(gateOf(ref)).toMatchObject(gate);
    expect(gateNotes([gateOf(ref)], [])).toEqual(notes);
  });

  it("notes each size that is opened by counts alone, or without a floor that is known, and no other", () => {
    for (const [size, { gpu, health }] of vmSizes) {
      if (gpu === null) continue;
      const notes = gateNotes([gateOf(pool("x", size))], []);
      const all = gpu.vendor === "nvidia" && health !== null;
      expect([size, notes.length]).toEqual([size, all ? 0 : 1]);
      if (health === null) expect(notes[0]).toContain(`no floors are known for ${size}`);
    }
  });
});
