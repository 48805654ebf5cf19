import type { AgentPoolArgs } from "@pulumi/azure-native/containerservice/agentPool";
import type { VmSize } from "../../../catalog/vm-size";
import type { NetworkUser } from "../../network/subnet-ref";
import type { NodeCounts } from "./shape";

/** One AKS pool: one scale set, so with InfiniBand one domain. */
export interface AgentPoolPlan {
  readonly name: string;
  /** The whole body but for the cluster, the subnet, the version and the tags. */
  readonly body: Omit<
    AgentPoolArgs,
    "resourceGroupName" | "resourceName" | "vnetSubnetID" | "orchestratorVersion" | "tags"
  >;
  /** Tags of its own: what a reader of the nodes, or the autoscaler, cannot see otherwise. */
  readonly tags: Readonly<Record<string, string>>;
  /** Properties that somebody else writes after creation. */
  readonly ignoreChanges: readonly string[];
  /** There where its nodes take the places of a reservation that the pool brings: the ID of the group comes when it is made. */
  readonly takesReservation?: true;
}

/** What the plan of every pool says, whatever its nodes are for. */
export interface PoolPlan extends NetworkUser {
  /** Section of a stack file that it stands in, for paths of messages. */
  readonly section: "gpuPools" | "cpuPools";
  readonly key: string;
  readonly size: VmSize;
  readonly osSku: string;
  /** Kubernetes version of its own, `null` for the cluster's. */
  readonly kubernetesVersion: string | null;
  /** Whether a snapshot decides image and version of its nodes. */
  readonly held: boolean;
  /** Nodes of all its AKS pools at most. */
  readonly maxNodes: number;
  /** One for each InfiniBand domain, one alone without InfiniBand. */
  readonly agentPools: readonly AgentPoolPlan[];
  /** Nodes that Azure support allows in one domain, `null` while nobody has said that it raised the limit. */
  readonly domainLimit: number | null;
  /** ISO date that its node image is judged on, `null` to judge none by its age. */
  readonly today: string | null;
  /** What a person should know before `up` and no rule forbids. */
  readonly notes: readonly string[];
}

/** How many nodes Azure is asked for, and who counts them from then on. */
export function countsOf(
  shape: NodeCounts,
): Pick<AgentPoolPlan["body"], "count" | "enableAutoScaling" | "minCount" | "maxCount"> {
  const { nodes, minNodes = 0, maxNodes = 0 } = shape;
  return nodes === undefined
    ? { count: minNodes, enableAutoScaling: true, minCount: minNodes, maxCount: maxNodes }
    : { count: nodes, enableAutoScaling: false };
}

/** Most nodes of one AKS pool. */
export function mostNodes({ nodes, maxNodes }: NodeCounts): number {
  return nodes ?? maxNodes ?? 0;
}

/** Whether an autoscaler makes nodes of an AKS pool as pods need them. */
export function grows({ nodes, minNodes = 0, maxNodes = 0 }: NodeCounts): boolean {
  return nodes === undefined && minNodes < maxNodes;
}

/** The autoscaler writes the count of a pool that it owns. */
export function ignoredChanges({ nodes }: NodeCounts): string[] {
  return nodes === undefined ? ["count"] : [];
}
