import { perProgram } from "../../core/per-program";
import type { CpuPoolPlan } from "./cpu-pool/plan";
import type { GpuPoolPlan } from "./gpu-pool/plan";
import type { ClusterRef } from "./kubernetes-cluster/cluster-ref";
import type { KubernetesClusterPlan } from "./kubernetes-cluster/plan";

/** The plan of a pool of any kind: `section` tells which. */
export type PlannedPool = GpuPoolPlan | CpuPoolPlan;

/** What a program has put into one cluster so far. */
export interface ClusterMembers {
  /** Plan of the cluster, `null` for one of somebody else's. */
  cluster: KubernetesClusterPlan | null;
  readonly pools: PlannedPool[];
}

const clusters = perProgram(() => new Map<unknown, ClusterMembers>());

/**
 * What is in a cluster already, so that rules between pools hold for pools that are made one by one. A cluster is told from
 * others by its name and group, or by the very outputs that will be its name: what AKS calls ours is not known yet.
 */
export function membersOf({ name, resourceGroupName }: Pick<ClusterRef, "name" | "resourceGroupName">): ClusterMembers {
  const known = clusters();
  const key = typeof name === "string" && typeof resourceGroupName === "string" ? `${resourceGroupName}/${name}` : name;
  const found = known?.get(key) ?? { cluster: null, pools: [] };
  known?.set(key, found);
  return found;
}
