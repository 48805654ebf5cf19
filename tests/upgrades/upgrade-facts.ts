import { findLock } from "../../catalog/version-locks";
import type { AksPool, UpgradedPool, UpgradeFacts } from "../../upgrades/upgrade-facts";

/** An AKS pool that is renewed in place, two nodes at once. */
export function aksPool(name: string, nodes: number): AksPool {
  return { name, nodes, atOnce: 2, surgeNodes: 0, drainMinutes: 60 };
}

/** A pool of eight GPUs a node that takes NVIDIA's driver from the operator. */
export function pool(key: string, nodes: number, more: Partial<UpgradedPool> = {}): UpgradedPool {
  return {
    section: "gpuPools",
    key,
    size: "Standard_ND96isr_H100_v5",
    vcpus: 96,
    gpusPerNode: 8,
    usdPerHour: 100,
    kubernetesVersion: null,
    held: false,
    drivers: ["nvidiaDriver", "docaDriver"],
    aksPools: [aksPool(key, nodes)],
    ...more,
  };
}

/** An environment with one stack and two pools, at the first lock. */
export function facts(more: Partial<UpgradeFacts> = {}): UpgradeFacts {
  return {
    environment: "dev",
    lock: findLock("2026.10"),
    retired: false,
    kubernetesVersion: "1.36",
    cluster: { name: "aks", resourceGroupName: "rg" },
    systemNodes: 2,
    systemVcpus: 4,
    systemUsdPerHour: 0.6,
    installed: ["certManager", "gpuOperator", "networkOperator"],
    stacks: [{ stack: "dev", file: "stacks/Pulumi.dev.yaml", installs: true }],
    pools: [
      pool("large", 8, { aksPools: [aksPool("larged1", 4), aksPool("larged2", 4)] }),
      pool("small", 2),
      pool("general", 2, { section: "cpuPools", gpusPerNode: 0, usdPerHour: 1, drivers: [] }),
    ],
    ...more,
  };
}
