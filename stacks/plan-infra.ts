import { planGpuNodePool, type GpuNodePoolPlan, type GpuNodePoolShape } from "../components/cluster/plan-gpu-node-pool";
import type { ClusterSurroundings } from "../components/cluster/plan-kubernetes-cluster";
import { findVmSize } from "../catalog/vm-sizes";
import type { NetworkDemand } from "../components/network/cluster-network-shape";
import type { Environment, InfraParts, InfraSections } from "./environment";
import type { PoolHandover } from "./handover";

/** One AKS pool of a GPU pool in the stack file. */
export interface DomainPool {
  /** Key in the stack file. */
  readonly key: string;
  /** Name of the AKS pool. */
  readonly name: string;
  readonly shape: GpuNodePoolShape;
}

/**
 * AKS pools of all GPU pools: with InfiniBand one for each domain, numbered from the first on, so that a second domain
 * renames nothing.
 */
export function domainPools(gpuPools: InfraSections["gpuPools"]): DomainPool[] {
  return Object.entries(gpuPools).flatMap(([key, { domains, ...shape }]) => {
    const infiniband = findVmSize(shape.size)?.infiniband ?? null;
    if (infiniband === null) return [{ key, name: key, shape }];
    return Array.from({ length: domains ?? 1 }, (_, at) => ({ key, name: `${key}d${at + 1}`, shape }));
  });
}

/** Most nodes that a pool can have, 0 while its shape says nothing. */
export function mostNodes({ nodes, maxNodes }: { readonly nodes?: number; readonly maxNodes?: number }): number {
  return nodes ?? maxNodes ?? 0;
}

/** What the environment puts into its network. Counts only, so that it can be told for a wrong file, too. */
export function networkDemand({ cluster, gpuPools = {}, scaleSets = {}, storage }: InfraParts): NetworkDemand {
  const pools = domainPools(gpuPools);
  const sizes = [...pools.map((it) => it.shape.size), ...Object.values(scaleSets).map((it) => it.size)];
  const systemSurge = 1;
  return {
    clusterNodes:
      pools.reduce((sum, it) => sum + mostNodes(it.shape), 0) + (cluster?.systemPool.nodes ?? 3) + systemSurge,
    scaleSetNodes: Object.values(scaleSets).reduce((sum, it) => sum + it.nodes, 0),
    lustreTiB: storage?.lustre?.sizeTiB ?? 0,
    infiniband: sizes.some((size) => (findVmSize(size)?.infiniband ?? null) !== null),
  };
}

/** What the environment decides for its cluster. */
export function clusterSurroundings(
  environment: Environment,
  { network, gpuPools = {} }: InfraParts,
): ClusterSurroundings {
  return {
    podCidr: network?.podCidr ?? "",
    serviceCidr: network?.serviceCidr ?? "",
    zones: environment.zones,
    infiniband: domainPools(gpuPools).some((it) => (findVmSize(it.shape.size)?.infiniband ?? null) !== null),
    today: environment.today,
  };
}

/** Pools as they are handed over. */
export function poolHandovers(gpuPools: InfraSections["gpuPools"]): PoolHandover[] {
  const plans = new Map<string, GpuNodePoolPlan[]>();
  for (const { key, name, shape } of domainPools(gpuPools)) {
    plans.set(key, [...(plans.get(key) ?? []), planGpuNodePool(name, shape)]);
  }
  return [...plans].flatMap(([key, all]) => {
    // Domains are alike: the first speaks for all.
    const [first] = all;
    if (first === undefined) return [];
    return {
      key,
      size: first.size.name,
      gpuStack: first.gpuStack,
      nodePools: all.map((it) => it.name),
      maxNodes: all.reduce((sum, it) => sum + it.maxNodes, 0),
      migProfile: first.migProfile,
      gpusPerNode: first.gpusPerNode,
    };
  });
}
