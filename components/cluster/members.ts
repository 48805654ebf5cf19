import { perProgram } from "../../core/per-program";
import type { GpuPoolPlan } from "./gpu-pool/plan";
import type { ClusterRef } from "./kubernetes-cluster/cluster-ref";
import type { KubernetesClusterPlan } from "./kubernetes-cluster/plan";

/** What a program has put into one cluster so far. */
export interface ClusterMembers {
  /** Plan of the cluster, `null` for one of somebody else's. */
  cluster: KubernetesClusterPlan | null;
  readonly pools: GpuPoolPlan[];
}

const clusters = perProgram(() => new Map<ClusterKey, ClusterMembers>());

/** A cluster is told from others by its reference: what AKS calls it may not be known yet. */
type ClusterKey = Pick<ClusterRef, "name" | "resourceGroupName">;

/** What is in a cluster already, so that rules between pools hold for pools that are made one by one. */
export function membersOf(cluster: ClusterKey): ClusterMembers {
  const known = clusters();
  const found = known?.get(cluster) ?? { cluster: null, pools: [] };
  known?.set(cluster, found);
  return found;
}
