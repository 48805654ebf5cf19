import type { RemedyLimits } from "../components/platform/node-health/controller/remedy";

/** What the stack files of an environment say of its GPU nodes, as far as their replacement goes by it. */
export interface ReplacementFacts extends RemedyLimits {
  readonly clusterName: string;
  /** Resource group of the cluster. */
  readonly resourceGroupName: string;
  /** Namespace of the add-on nodeHealth, where the record is kept. */
  readonly namespace: string;
  /** AKS node pools of each GPU pool, by its key. */
  readonly agentPools: Readonly<Record<string, readonly AgentPool[]>>;
}

/** An AKS node pool. */
export interface AgentPool {
  readonly name: string;
  /** Nodes that it has for good, null where an autoscaler counts them. */
  readonly count: number | null;
}
