import { type CapacityKind, flavorName } from "../../catalog/capacity";
import { capacityAfterTaint, capacityFrom, gpuToleration, labels, spotTaint } from "../../catalog/scheduling";
import { findVmSize } from "../../catalog/vm-sizes";
import type { GpuPoolRef } from "../cluster/gpu-pool/gpu-pool-ref";
import type { KubernetesObject, KubernetesObjects } from "./add-on";

const apiVersion = "kueue.x-k8s.io/v1beta2";

/** Name of the topology of pools with InfiniBand. */
const topologyName = "infiniband";

/**
 * Flavor of pods that ask for no device: they go where they would go without a queue. No key of a pool has a hyphen, so no pool is
 * called so.
 */
export const placelessFlavor = "without-devices";

/**
 * What queues share out: one flavor a pool, with the pool's key for a name, or one for each rung of its ladder. Jobs on pools with InfiniBand are placed by the topology,
 * whose upper level is one fabric.
 */
export function kueueFlavors(pools: readonly GpuPoolRef[]): KubernetesObjects {
  const flavors = pools.flatMap((pool) => {
    const kinds = pool.rungs === undefined ? [null] : pool.rungs.map((it) => it.kind);
    return kinds.map((kind) => [`kueue-flavor-${flavorName(pool.key, kind)}`, flavor(pool, kind)] as const);
  });
  const placeless = { apiVersion, kind: "ResourceFlavor", metadata: { name: placelessFlavor }, spec: {} };
  return {
    ...(pools.some(hasInfiniBand) && { "kueue-topology": topology() }),
    ...Object.fromEntries(flavors),
    [`kueue-flavor-${placelessFlavor}`]: placeless,
  };
}

function hasInfiniBand({ rdmaResource }: GpuPoolRef): boolean {
  return rdmaResource !== null;
}

function topology(): KubernetesObject {
  return {
    apiVersion,
    kind: "Topology",
    metadata: { name: topologyName },
    spec: { levels: [{ nodeLabel: labels.infinibandDomain }, { nodeLabel: "kubernetes.io/hostname" }] },
  };
}

function flavor(pool: GpuPoolRef, kind: CapacityKind | null): KubernetesObject {
  const gpu = findVmSize(pool.size, pool.figures)?.gpu ?? null;
  const kinds = (pool.rungs ?? []).map((it) => it.kind);
  const before = kind === null ? [] : kinds.slice(0, kinds.indexOf(kind));
  return {
    apiVersion,
    kind: "ResourceFlavor",
    metadata: { name: flavorName(pool.key, kind) },
    spec: {
      // Also the nodes of rungs behind it: they stand in while Azure refuses those of this one. Kueue would ask for these for ever: when the
      // autoscaler gives up on a flavor, it tries the same again, and never the next.
      // Source: kubernetes-sigs/kueue:pkg/scheduler/scheduler.go (v0.19.2, lastAssignmentOutdated)
      nodeLabels: { [labels.pool]: pool.key, ...(kind !== null && { [capacityFrom(kind)]: "yes" }) },
      // Given to the pods that are admitted, which then need none of their own.
      ...(gpu !== null && {
        tolerations: [
          gpuToleration(gpu),
          ...before.map(capacityAfterTaint).map(({ key, effect }) => ({ key, operator: "Exists", effect })),
          ...(pool.spot === true ? [{ key: spotTaint.key, operator: "Exists", effect: spotTaint.effect }] : []),
        ],
      }),
      // A node without the label of a level is no place in a topology, so a pool without InfiniBand has none.
      ...(hasInfiniBand(pool) && { topologyName }),
    },
  };
}
