import { describe, expect, it } from "vitest";
import { fabricProfile } from "../../../../catalog/fabric-profile";
import { vmSizes } from "../../../../catalog/vm-sizes";
import type { GpuPoolRef } from "../../../../components/cluster/gpu-pool/gpu-pool-ref";
import { gateNotes, gateOf, isGated } from "../../../../components/platform/node-health/gate";
import { read } from "../../../../core/property-tree";
import { pool } from "../facts";

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

  it.each([
    [pool("amd", "Standard_ND96isr_MI300X_v5"), "the checks are for GPUs of NVIDIA"],
    [pool("gb", "Standard_ND128isr_GB300_v6"), "the image of the checks is for x64"],
    [
      { ...pool("mig", "Standard_NC24ads_A100_v4"), migProfile: "MIG1g" },
      "its GPUs are divided, and the checks take whole ones",
    ],
    [pool("part", "Standard_NV6ads_A10_v5"), "a node has a part of a GPU, and the checks take whole ones"],
    [pool("new", "Standard_ND1_v9"), "nothing is known of its size"],
  ])("is open for $key", (ref, because) => {
    expect(gateOf(ref)).toEqual({ key: ref.key, because });
    expect(gateNotes([gateOf(ref)])).toEqual([
      `gpuPools.${ref.key}: its nodes are not checked before they take work: ${because}`,
    ]);
  });

  it("notes each size that is opened by counts alone, and no other", () => {
    for (const [size, { health, nvme }] of vmSizes) {
      const gate = gateOf(pool("x", size));
      if (!isGated(gate)) continue;
      const note = `gpuPools.x: no floors are known for ${size}: its nodes are opened by counts of GPUs, ${nvme === null ? "" : "disks, "}memory errors and errors of the driver alone`;
      expect(gateNotes([gate])).toEqual(health === null ? [note] : []);
    }
  });
});
