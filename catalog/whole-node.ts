import { nodeAllocatable } from "./allocatable";
import { type CountedPool, nodeDevices } from "./node-devices";
import type { VmSize } from "./vm-size";

/** What a pod asks for that takes a node to itself, as Kubernetes writes it: CPUs, memory and all devices. */
export function wholeNode(size: VmSize, pool: CountedPool): Readonly<Record<string, string>> {
  const { cpu, memoryGiB } = nodeAllocatable(size);
  const devices = Object.entries(nodeDevices(size, pool)).map(([resource, amount]): [string, string] => [
    resource,
    `${amount}`,
  ]);
  return { cpu: `${cpu}`, memory: `${memoryGiB}Gi`, ...Object.fromEntries(devices) };
}
