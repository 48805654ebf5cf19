import { describe, expect, it } from "vitest";
import {
  cgroupConf,
  gresConf,
  nodeParameters,
  slurmConf,
  type SlurmCluster,
} from "../../../../components/compute/slurm/slurm-conf";
import { findVmSize } from "../../../../catalog/vm-sizes";

function cluster(size: string): SlurmCluster {
  const found = findVmSize(size);
  if (found === undefined) throw new Error(`no ${size}`);
  return { name: "slurm", headName: "slurm-head", size: found };
}

const h100 = cluster("Standard_ND96isr_H100_v5");
const hpc = cluster("Standard_HB176rs_v4");

describe("slurmConf", () => {
  it("is the whole configuration of a cluster with GPUs", () => {
    expect(slurmConf(h100, "10.64.128.4")).toBe(`ClusterName=slurm
SlurmctldHost=slurm-head(10.64.128.4)
SlurmUser=slurm
StateSaveLocation=/var/spool/slurmctld
SlurmctldParameters=enable_configless,reconfig_on_restart,node_reg_mem_percent=95
MaxNodeCount=1000
ReturnToService=2
MessageTimeout=60
ProctrackType=proctrack/cgroup
TaskPlugin=task/affinity,task/cgroup
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
GresTypes=gpu
PropagateResourceLimits=NONE
LaunchParameters=enable_nss_slurm,use_interactive_step
Prolog=/usr/local/sbin/slurm-node-check
PrologFlags=Alloc
HealthCheckProgram=/usr/local/sbin/slurm-node-check
HealthCheckInterval=60
PartitionName=slurm Nodes=ALL Default=YES DefMemPerCPU=19253 DefCpuPerGPU=12
`);
  });

  it("says nothing of GPUs where there are none", () => {
    const text = slurmConf(hpc, "10.64.128.4");
    expect(text.split("\n").at(-2)).toBe("PartitionName=slurm Nodes=ALL Default=YES DefMemPerCPU=4244");
    expect(text).not.toMatch(/gpu/i);
  });

  it("gives all jobs of one GPU together no more than a node has", () => {
    for (const size of ["Standard_ND96isr_H100_v5", "Standard_ND96isr_MI300X_v5", "Standard_NC80adis_H100_v5"]) {
      const { vcpus, memoryGiB, gpu } = cluster(size).size;
      const text = slurmConf(cluster(size), "10.0.0.4");
      const [, memory = "", cpus = ""] = /DefMemPerCPU=(\d+) DefCpuPerGPU=(\d+)/.exec(text) ?? [];
      const count = gpu?.count ?? 0;
      expect(Number(cpus) * count).toBeLessThanOrEqual(vcpus);
      expect(Number(cpus) * count * Number(memory)).toBeLessThan(memoryGiB * 1024);
      expect(Number(cpus) * count * Number(memory)).toBeGreaterThan(memoryGiB * 1024 * 0.9);
    }
  });
});

it.each([
  [
    "Standard_ND96isr_H100_v5",
    "Name=gpu Type=h100 File=/dev/nvidia[0,1,2,3,4,5,6,7] Flags=nvidia_gpu_env\n",
    "Gres=gpu:h100:8",
  ],
  ["Standard_NC40ads_H100_v5", "Name=gpu Type=h100nvl File=/dev/nvidia0 Flags=nvidia_gpu_env\n", "Gres=gpu:h100nvl:1"],
  [
    "Standard_ND96isr_MI300X_v5",
    "Name=gpu Type=mi300x File=/dev/dri/renderD[128,136,144,152,160,168,176,184] Flags=amd_gpu_env\n",
    "Gres=gpu:mi300x:8",
  ],
  ["Standard_HB176rs_v4", null, null],
])("knows the GPUs of %s by their devices", (size, gres, parameters) => {
  expect(gresConf(cluster(size))).toBe(gres);
  expect(nodeParameters(cluster(size))).toBe(parameters);
});

it("keeps a job to its CPUs, memory and GPUs", () => {
  expect(cgroupConf).toBe("ConstrainCores=yes\nConstrainDevices=yes\nConstrainRAMSpace=yes\n");
});
