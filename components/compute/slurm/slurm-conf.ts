import { limits } from "../../../catalog/limits";
import { gpuDevices, slurmMemoryShare } from "../../../catalog/slurm";
import type { VmSize } from "../../../catalog/vm-size";

/** What Slurm has to know of a cluster that is one scale set. Nodes tell their CPUs and memory by themselves. */
export interface SlurmCluster {
  /** Name of the cluster and of its one partition: the scale set's. */
  readonly name: string;
  /** Host name of the head. */
  readonly headName: string;
  /** VM size of the nodes. */
  readonly size: VmSize;
  /** What huge pages take of the memory of each node. Absent: nothing. */
  readonly hugePagesGiB?: number;
}

/** Where the controller keeps its queue: a disk that outlives the machine. */
export const statePath = "/var/spool/slurmctld";

/** Program that tells Slurm whether a node may take jobs. */
export const nodeCheckPath = "/usr/local/sbin/slurm-node-check";

/**
 * The one configuration, which the head hands to whoever joins.
 *
 * It says nothing of the fabric: the partition is the scale set, and so one InfiniBand domain, and whichever nodes a job gets are equally
 * near. Nor of how many nodes there are, which would make the head anew whenever the number changes.
 * Source: SchedMD/slurm:doc/man/man5/slurm.conf.5, doc/html/dynamic_nodes.shtml, doc/html/configless_slurm.shtml (25.11)
 */
export function slurmConf({ name, headName, size, hugePagesGiB = 0 }: SlurmCluster, headAddress: string): string {
  const { vcpus, memoryGiB } = size;
  const gpus = size.gpu?.count ?? 0;
  const partition = [
    `PartitionName=${name}`,
    "Nodes=ALL",
    "Default=YES",
    `DefMemPerCPU=${Math.floor(((memoryGiB * slurmMemoryShare - hugePagesGiB) * 1024) / vcpus)}`,
    // A job that asks for a GPU gets its share of the CPUs, and with them of the memory.
    ...(gpus === 0 ? [] : [`DefCpuPerGPU=${Math.floor(vcpus / gpus)}`]),
  ];
  return lines(
    `ClusterName=${name}`,
    // With its address, so that nobody has to find the name.
    `SlurmctldHost=${headName}(${headAddress})`,
    "SlurmUser=slurm",
    `StateSaveLocation=${statePath}`,
    // A head that was made anew hands its configuration to nodes that are there. A node may come back from another host, or with another
    // kernel, that counts some memory less than when it first joined: as long as it has what jobs get, it is taken.
    // Source: SchedMD/slurm:src/slurmctld/node_mgr.c (validate_node_specs, 25.11.5)
    `SlurmctldParameters=enable_configless,reconfig_on_restart,node_reg_mem_percent=${slurmMemoryShare * 100}`,
    `MaxNodeCount=${limits.scaleSetNodes.value}`,
    // Azure may start a node anew, and hours may take it away for a night. It comes back by itself, after its check.
    "ReturnToService=2",
    // Longer than the node's check takes.
    "MessageTimeout=60",
    "ProctrackType=proctrack/cgroup",
    "TaskPlugin=task/affinity,task/cgroup",
    "SelectType=select/cons_tres",
    "SelectTypeParameters=CR_Core_Memory",
    ...(gpus === 0 ? [] : ["GresTypes=gpu"]),
    // Limits of the node, where locked memory has none, and not those of whoever submits.
    "PropagateResourceLimits=NONE",
    // Who a user is the head says, since nodes do not know everybody who logs in there.
    "LaunchParameters=enable_nss_slurm,use_interactive_step",
    `Prolog=${nodeCheckPath}`,
    "PrologFlags=Alloc",
    `HealthCheckProgram=${nodeCheckPath}`,
    "HealthCheckInterval=60",
    partition.join(" "),
  );
}

/** The GPUs of each node by their devices, since no source says that the packages can look for them; `null` for none. */
export function gresConf({ size: { gpu } }: SlurmCluster): string | null {
  if (gpu === null || gpu.count === null) return null;
  const { files, flag } = gpuDevices(gpu.vendor, gpu.count);
  return lines(`Name=gpu Type=${gpu.key} File=${files} Flags=${flag}`);
}

/** A job sees its own CPUs, memory and GPUs. Adapters are not among these: they are everybody's on the node. */
export const cgroupConf = lines("ConstrainCores=yes", "ConstrainDevices=yes", "ConstrainRAMSpace=yes");

/** What a node says of itself beyond what it finds, `null` for nothing. */
export function nodeParameters({ size: { gpu }, hugePagesGiB = 0 }: SlurmCluster): string | null {
  const parameters = [
    ...(gpu === null || gpu.count === null ? [] : [`Gres=gpu:${gpu.key}:${gpu.count}`]),
    // A node counts them into its memory, and a job that asks for all of it would be given them.
    // Source: SchedMD/slurm:doc/man/man5/slurm.conf.5 (MemSpecLimit, 25.11)
    ...(hugePagesGiB === 0 ? [] : [`MemSpecLimit=${Math.ceil(hugePagesGiB * 1024)}`]),
  ];
  return parameters.length === 0 ? null : parameters.join(" ");
}

function lines(...all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join("");
}
