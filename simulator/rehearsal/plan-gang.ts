import { defaultLocalQueue, gpuTaint, labels } from "../../catalog/scheduling";
import { wholeNode } from "../../catalog/whole-node";
import type { Props } from "../../core/property-value";
import type { NodePool } from "../kubernetes/nodes";
import type { Gang } from "../kubernetes/scheduling/gang";

/** An AKS pool whose nodes come to life for a workload. */
export interface WorkloadPool extends NodePool {
  /** Nodes of it that are held back for repairs. */
  readonly spareNodes: number;
}

/** Makes the queue of a team that owns all of a GPU pool but its spares, by the name of the team and the pool's key. */
export type QueueMaker = (team: string, pool: string) => Props;

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
  /** Its team's queue. Made in this order, deleted in the other. Empty where nothing queues. */
  readonly queue: readonly Props[];
}

/** Name of the gang, its team and the queue of that. */
const name = "rehearsal";

/**
 * The queue as jobs of the team name it.
 * Source: kubernetes-sigs/kueue:apis/kueue/v1beta2/localqueue_types.go (v0.19.2)
 */
const localQueue: Props = {
  apiVersion: "kueue.x-k8s.io/v1beta2",
  kind: "LocalQueue",
  metadata: { name: defaultLocalQueue, namespace: name },
  spec: { clusterQueue: name },
};

/**
 * Decides on a gang for a cluster.
 * @param queueOf What makes queues, null where Kueue is not there
 * @returns undefined for a cluster without GPU nodes
 */
export function planGang(pools: readonly WorkloadPool[], queueOf: QueueMaker | null): GangPlan | undefined {
  const domain = pools
    .filter(({ size, nodes }) => size.gpu !== null && nodes > 0)
    .reduce<WorkloadPool | undefined>(
      (best, it) => (best === undefined || gpus(it) > gpus(best) ? it : best),
      undefined,
    );
  const pool = domain?.nodeLabels[labels.pool];
  if (domain === undefined || pool === undefined) return undefined;
  const near = domain.nodeLabels[labels.infinibandDomain] === undefined ? undefined : labels.infinibandDomain;
  const queued = queueOf !== null;
  const gang: Gang = {
    name,
    namespace: name,
    nodes: Math.max(1, domain.nodes - domain.spareNodes),
    resources: wholeNode(domain.size, domain),
    queue: queued ? defaultLocalQueue : null,
    ...(queued
      ? near !== undefined && { near: { label: near, how: "required" } }
      : // What somebody has to write where no queue knows of domains.
        { nodeSelector: selectorOf(domain, pool, near), tolerations: tolerationsOf(domain) }),
  };
  const namespaceLabels = { [labels.tenant]: name, [labels.pool]: pool, ...(queued && { [labels.queue]: name }) };
  return {
    pool,
    domain,
    gang,
    namespace: { apiVersion: "v1", kind: "Namespace", metadata: { name, labels: namespaceLabels } },
    queue: queueOf === null ? [] : [queueOf(name, pool), localQueue],
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
