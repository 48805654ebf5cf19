import { nodeAllocatable } from "../../../catalog/allocatable";
import { findVmSize } from "../../../catalog/vm-sizes";
import { closestHint } from "../../../core/closest-names";
import { Problems, showKey } from "../../../core/problems";
import type { CpuPoolRef } from "../../cluster/cpu-pool/cpu-pool-ref";

/** What a team has to know of a pool without GPUs. */
export type TeamCpuPool = Pick<CpuPoolRef, "key" | "size" | "figures" | "maxNodes">;

/** What a team's pods may ask for beside its GPU nodes. */
export interface BesideNodes {
  readonly cpu: number;
  readonly memoryGiB: number;
  readonly ephemeralGiB: number;
  readonly pods: number;
}

/**
 * Without a share: a launcher, a logger, a debugger. Without it a job that takes its nodes whole would leave its launcher pending
 * for ever. An assumption: four CPUs and 16 GiB are plenty for processes that compute nothing.
 */
const withoutShare: BesideNodes = { cpu: 4, memoryGiB: 16, ephemeralGiB: 32, pods: 0 };

/** Of a node of a general pool: three quarters of the OS disk that it has by default, and 140 millicores for each pod of 8 CPUs. */
const perNode = { ephemeralGiB: 96, pods: 50 } as const;

/**
 * Shares of general pools, in whole nodes: the sum of what one pod can ask for on each of them, so that all of it can be placed.
 * Kubernetes counts what a namespace asks for and not where it runs: one quota holds these and the GPU nodes.
 * @throws MisconfiguredError with every problem of the shares
 */
export function planCpuShares(shares: Readonly<Record<string, number>>, pools: readonly TeamCpuPool[]): BesideNodes {
  const problems = new Problems();
  const beside = Object.entries(shares).flatMap(([key, nodes]) => ofPool(key, nodes, pools, problems) ?? []);
  problems.throwIfAny("The team's shares of general pools");
  return beside.length === 0 ? withoutShare : beside.reduce(sum);
}

function ofPool(
  key: string,
  nodes: number,
  pools: readonly TeamCpuPool[],
  problems: Problems,
): BesideNodes | undefined {
  const path = `cpuShares.${showKey(key)}`;
  const pool = pools.find((it) => it.key === key);
  if (pool === undefined) {
    const keys = pools.map((it) => it.key);
    const remedy = keys.length === 0 ? "Declare it in cpuPools, or leave the share out" : undefined;
    problems.require(false, path, "must name a pool of cpuPools", {
      got: key,
      remedy: remedy ?? closestHint(key, keys, `CPU pools: ${keys.slice(0, 10).map(showKey).join(", ")}`),
    });
    return undefined;
  }
  problems.requireWhole(path, nodes, [1, pool.maxNodes], ", the nodes of the pool");
  const size = findVmSize(pool.size, pool.figures);
  if (size === undefined) {
    problems.require(false, path, "must be of a pool of a VM size that the catalogue knows (docs/sizes.md)", {
      got: pool.size,
      remedy: "Leave the share out: a team has a little for launchers without one",
    });
    return undefined;
  }
  const { cpu, memoryGiB } = nodeAllocatable(size);
  return {
    cpu: cpu * nodes,
    memoryGiB: memoryGiB * nodes,
    ephemeralGiB: perNode.ephemeralGiB * nodes,
    pods: perNode.pods * nodes,
  };
}

function sum(a: BesideNodes, b: BesideNodes): BesideNodes {
  return {
    cpu: a.cpu + b.cpu,
    memoryGiB: a.memoryGiB + b.memoryGiB,
    ephemeralGiB: a.ephemeralGiB + b.ephemeralGiB,
    pods: a.pods + b.pods,
  };
}
