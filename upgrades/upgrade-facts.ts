import type { LockedKey, LockedOperand, VersionLock } from "../catalog/version-locks";

/** A stack file of the environment, the one that makes the cluster first. */
export interface StackOfUpgrade {
  readonly stack: string;
  /** Path as shown to people. */
  readonly file: string;
  /** Whether add-ons are installed by it. */
  readonly installs: boolean;
}

/** One AKS pool: with InfiniBand a domain. */
export interface AksPool {
  readonly name: string;
  /** Most nodes that it has. */
  readonly nodes: number;
  /** Nodes that are renewed at once, */
  readonly atOnce: number;
  /** and how many stand beside the others for it. */
  readonly surgeNodes: number;
  /** Minutes that what runs on a node has to leave it. */
  readonly drainMinutes: number;
}

/** A pool of the stack file. */
export interface UpgradedPool {
  readonly section: "gpuPools" | "cpuPools";
  readonly key: string;
  readonly size: string;
  readonly vcpus: number;
  readonly gpusPerNode: number;
  /** USD of a node and hour, null where nobody knows it. */
  readonly usdPerHour: number | null;
  /** Kubernetes version of its own, null for the cluster's. */
  readonly kubernetesVersion: string | null;
  /** Whether a snapshot decides image and version of its nodes. */
  readonly held: boolean;
  /** Drivers that a lock names and that come to its nodes, by component. */
  readonly drivers: readonly (LockedKey | LockedOperand)[];
  readonly aksPools: readonly AksPool[];
}

/** What an upgrade is planned from. */
export interface UpgradeFacts {
  readonly environment: string;
  readonly lock: VersionLock;
  /** Whether the lock is kept no more: nothing can be brought up under it. */
  readonly retired: boolean;
  readonly kubernetesVersion: string;
  readonly cluster: { readonly name: string; readonly resourceGroupName: string };
  /** Nodes of the system pool, and vCPUs and USD an hour of each; null where nobody knows them. */
  readonly systemNodes: number;
  readonly systemVcpus: number | null;
  readonly systemUsdPerHour: number | null;
  readonly stacks: readonly StackOfUpgrade[];
  /** Components whose charts are installed. */
  readonly installed: readonly string[];
  readonly pools: readonly UpgradedPool[];
}

/** Name of the stack that makes the cluster. */
export function clusterStack({ stacks }: UpgradeFacts): string {
  const [first] = stacks;
  if (first === undefined) throw new Error("An upgrade is planned without a stack.");
  return first.stack;
}
