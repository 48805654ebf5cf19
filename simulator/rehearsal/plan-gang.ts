import { nodeAllocatable } from "../../catalog/allocatable";
import { gpuTaint, labels } from "../../catalog/scheduling";
import { wholeNode } from "../../catalog/whole-node";
import type { Props } from "../../core/property-value";
import type { NodePool } from "../kubernetes/nodes";
import type { Gang } from "../kubernetes/scheduling/gang";

/** An AKS pool whose nodes come to life for a workload. */
export interface WorkloadPool extends NodePool {
  /** Nodes of it that are held back for repairs. */
  readonly spareNodes: number;
}

/** A gang on the largest GPU pool, and what it needs. */
export interface GangPlan {
  /** Key of the GPU pool in the stack file. */
  readonly pool: string;
  /** Its largest AKS pool: with InfiniBand a domain. */
  readonly domain: WorkloadPool;
  /** All nodes of that but its spares. */
  readonly gang: Gang;
  /** Namespace that it is in, as that of a team of its own. */
  readonly namespace: Props;
  /** Queue for it, which owns the whole pool. Made in this order, deleted in the other. Empty where nothing queues. */
  readonly queue: readonly Props[];
}

/** Name of the gang, its namespace and its queue. */
const name = "rehearsal";

/**
 * Decides on a gang for a cluster.
 * @param queued Whether Kueue is there
 * @returns undefined for a cluster without GPU nodes
 */
export function planGang(pools: readonly WorkloadPool[], queued: boolean): GangPlan | undefined {
  const domain = pools
    .filter(({ size, nodes }) => size.gpu !== null && nodes > 0)
    .reduce<WorkloadPool | undefined>(
      (best, it) => (best === undefined || gpus(it) > gpus(best) ? it : best),
      undefined,
    );
  const pool = domain?.nodeLabels[labels.pool];
  if (domain === undefined || pool === undefined) return undefined;
  const near = domain.nodeLabels[labels.infinibandDomain] === undefined ? undefined : labels.infinibandDomain;
  const resources = wholeNode(domain.size, domain);
  const gang: Gang = {
    name,
    namespace: name,
    nodes: Math.max(1, domain.nodes - domain.spareNodes),
    resources,
    queue: queued ? name : null,
    ...(queued
      ? near !== undefined && { near: { label: near, how: "required" } }
      : // What somebody has to write where no queue knows of domains.
        { nodeSelector: selectorOf(domain, pool, near), tolerations: tolerationsOf(domain) }),
  };
  const nodes = pools.filter((it) => it.nodeLabels[labels.pool] === pool).reduce((sum, it) => sum + it.nodes, 0);
  const namespaceLabels = { [labels.tenant]: name, [labels.pool]: pool, ...(queued && { [labels.queue]: name }) };
  return {
    pool,
    domain,
    gang,
    namespace: { apiVersion: "v1", kind: "Namespace", metadata: { name, labels: namespaceLabels } },
    queue: queued ? queueObjects(pool, Object.keys(resources), domain, nodes) : [],
  };
}

function gpus({ nodes, gpusPerNode }: WorkloadPool): number {
  return nodes * gpusPerNode;
}

function selectorOf(domain: WorkloadPool, pool: string, near: string | undefined): Record<string, string> {
  return { [labels.pool]: pool, ...(near !== undefined && { [near]: domain.nodeLabels[near] ?? "" }) };
}

function tolerationsOf({ size: { gpu } }: WorkloadPool): Props[] {
  if (gpu === null) return [];
  const { key, effect } = gpuTaint(gpu);
  return [{ key, operator: "Exists", effect }];
}

/** Source: kubernetes-sigs/kueue:apis/kueue/v1beta2 (v0.19.2) */
function queueObjects(pool: string, names: readonly string[], domain: WorkloadPool, nodes: number): Props[] {
  const apiVersion = "kueue.x-k8s.io/v1beta2";
  const { cpu, memoryGiB } = nodeAllocatable(domain.size);
  const amounts: Readonly<Record<string, string>> = { cpu: `${cpu * nodes}`, memory: `${memoryGiB * nodes}Gi` };
  const whole = wholeNode(domain.size, domain);
  const resources = names.map((it) => ({
    name: it,
    nominalQuota: amounts[it] ?? `${Number(whole[it]) * nodes}`,
  }));
  return [
    {
      apiVersion,
      kind: "ClusterQueue",
      metadata: { name },
      spec: {
        namespaceSelector: { matchLabels: { [labels.tenant]: name } },
        resourceGroups: [{ coveredResources: [...names], flavors: [{ name: pool, resources }] }],
      },
    },
    { apiVersion, kind: "LocalQueue", metadata: { name, namespace: name }, spec: { clusterQueue: name } },
  ];
}
