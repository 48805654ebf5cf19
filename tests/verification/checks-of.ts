import { planVerification } from "../../verification/plan-verification";
import type { Check } from "../../verification/check";

/** Checks of a pool of two nodes with InfiniBand and eight GPUs each, of one with one GPU, of AMD's GPUs, and of two racks; and of general nodes. */
export const checks: readonly Check[] = planVerification({
  pools: [
    {
      key: "h100",
      size: "Standard_ND96isr_H100_v5",
      gpuStack: "gpu-operator",
      memlock: "ipc-lock",
      rdmaResource: "rdma/ib",
      nodePools: ["h100"],
      maxNodes: 2,
      spareNodes: 0,
      migProfile: null,
      gpusPerNode: 8,
    },
    {
      key: "a10",
      size: "Standard_NV36ads_A10_v5",
      gpuStack: "gpu-operator",
      memlock: null,
      rdmaResource: null,
      nodePools: ["a10"],
      maxNodes: 1,
      spareNodes: 0,
      migProfile: null,
      gpusPerNode: 1,
    },
    {
      key: "mi300x",
      size: "Standard_ND96isr_MI300X_v5",
      gpuStack: "amd-operator",
      memlock: "ipc-lock",
      rdmaResource: "rdma/ib",
      nodePools: ["mi300x"],
      maxNodes: 2,
      spareNodes: 0,
      migProfile: null,
      gpusPerNode: 8,
    },
    {
      key: "gb300",
      size: "Standard_ND128isr_GB300_v6",
      gpuStack: "gb-dra",
      memlock: "ipc-lock",
      rdmaResource: "rdma/ib",
      nodePools: ["gb300a", "gb300b"],
      maxNodes: 36,
      spareNodes: 0,
      migProfile: null,
      gpusPerNode: 4,
    },
  ],
  cpuPools: [{ key: "general" }],
  csiDrivers: ["disk"],
  scratch: { storageClass: "scratch-nvme", pools: ["h100"] },
  teams: [{ kind: "training", team: "vision", pool: "h100", podSecurity: "baseline" }],
  queues: true,
  stores: { lustre: { boughtMBps: 4000 }, blob: { boughtMBps: null } },
}).checks;

/** One of them. */
export function checkOf(name: string): Check {
  const found = checks.find((it) => it.name === name);
  if (found === undefined) throw new Error(`There is no check ${name}`);
  return found;
}

/** A part of a message, as the programs of the checks write it. */
export function part(name: string, lines: readonly string[], code = 0): string {
  return [`== begin ${name}`, ...lines, "", `== end ${name} ${code}`, ""].join("\n");
}

/** Rows of perftest for one adapter. Format: linux-rdma/perftest:src/perftest_parameters.h (23.10) */
export const perftest = (gbps: string): readonly string[] => [
  " #bytes     #iterations    BW peak[Gb/sec]    BW average[Gb/sec]   MsgRate[Mpps]",
  ` 8388608    5000             ${gbps}             ${gbps}   \t\t     0.005888`,
];

/** What the program of the all-reduce prints. */
export const sums = (busGBps: number, ranks = 16, wrong = 0): string =>
  JSON.stringify({ ranks, bytes: 2 ** 34, busGBps, wrong });
