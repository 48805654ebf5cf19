import { nodeAllocatable } from "./allocatable";
import { type CountedPool, countedDevices } from "./node-devices";
import type { VmSize } from "./vm-size";

/** What a pod asks for by requests and limits that takes a node to itself, as Kubernetes writes it: CPUs, memory and all devices. */
export function wholeNode(size: VmSize, pool: CountedPool): Readonly<Record<string, string>> {
  const { cpu, memoryGiB } = nodeAllocatable(size);
  const devices = Object.entries(countedDevices(size, pool)).map(([resource, amount]): [string, string] => [
    resource,
    `${amount}`,
  ]);
  return { cpu: `${cpu}`, memory: `${memoryGiB}Gi`, ...Object.fromEntries(devices) };
}
