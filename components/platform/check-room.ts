import { nodeAllocatable } from "../../catalog/allocatable";
import { findVmSize } from "../../catalog/vm-sizes";
import type { Problems } from "../../core/problems";
import type { CpuPoolRef } from "../cluster/cpu-pool/cpu-pool-ref";
import type { AddOn } from "./add-on";

/**
 * Notes a problem unless the pods of the platform find room on nodes without GPUs. Where they do not, a release waits for pods that
 * never start, and `up` fails after minutes.
 * @param installed Rows of the add-ons that are installed, by key
 */
export function checkRoom(
  installed: Readonly<Record<string, AddOn>>,
  cpuPools: readonly CpuPoolRef[],
  problems: Problems,
): void {
  const asking = Object.entries(installed).filter(([, { generalCpus }]) => generalCpus > 0);
  const asked = asking.reduce((sum, [, { generalCpus }]) => sum + generalCpus, 0);
  const free = cpuPools.reduce((sum, { size: name, figures, maxNodes }) => {
    const size = findVmSize(name, figures);
    // Of a size that nobody knows it cannot be said.
    return sum + (size === undefined ? Infinity : nodeAllocatable(size).cpu * maxNodes);
  }, 0);
  const keys = asking.map(([key]) => key).join(", ");
  const rule = `needs ${Number(asked.toFixed(1))} CPUs on nodes without GPUs, for pods of ${keys}`;
  problems.require(asked <= free, "cpuPools", rule, {
    got: free,
    remedy: "Write cpuPools: { general: { size: Standard_D8ds_v5, nodes: 2 } }, or false for add-ons of `platform`",
  });
}
