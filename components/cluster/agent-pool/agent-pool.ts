import { AgentPool } from "@pulumi/azure-native/containerservice/agentPool";
import { type Alias, type ComponentResource, type Input, log } from "@pulumi/pulumi";
import { containerservice } from "../../../azure/containerservice";
import { replaceOnChanges } from "../../../azure/fixed-property";
import type { DeclaredSizes } from "../../../catalog/declared-figures";
import { Problems } from "../../../core/problems";
import { withTags, type Scope } from "../../../core/scope";
import type { ClusterRef } from "../kubernetes-cluster/cluster-ref";
import { membersOf, type PlannedPool } from "../members";
import { checkPoolsTogether } from "./check-together";
import { nodeImageWarning } from "./node-image-warning";
import type { PoolPlan } from "./plan";
import { poolTimeouts } from "./upgrade";

/** What connects a pool of nodes. */
export interface AgentPoolArgs {
  /** Region and tags; the nodes live in the cluster's own resource group. */
  readonly scope: Pick<Scope, "location" | "names" | "tags">;
  /** Cluster that the nodes join: one of ours or somebody else's. Changing it replaces the pool. */
  readonly cluster: Pick<ClusterRef, "name" | "resourceGroupName"> & { readonly kubernetesVersion: Input<string> };
  /** ARM ID of the subnet for the nodes. Changing it replaces the pool. */
  readonly subnetResourceId: Input<string>;
  /** Figures of sizes that the catalogue does not have, by exact Azure name. @default none */
  readonly vmSizes?: DeclaredSizes;
  /**
   * ARM ID of the capacity reservation group that a pool takes its places from which brings its own reservation: `readyGroupResourceId` of
   * a `CapacityReservation`. Changing it replaces the AKS pool. @default none
   */
  readonly reservationGroupResourceId?: Input<string>;
}

/**
 * Puts a pool beside what its cluster has.
 * @param what The pool, for messages: `GPU pool 'h100'`.
 * @throws MisconfiguredError when they do not go together
 */
export function joinCluster(what: string, cluster: AgentPoolArgs["cluster"], plan: PlannedPool): void {
  const members = membersOf(cluster);
  const problems = new Problems();
  checkPoolsTogether([...members.pools, plan], members.cluster, problems);
  problems.throwIfAny(`${what}, with the others of its cluster,`);
  members.pools.push(plan);
}

/**
 * Registers the AKS pools of a plan.
 * @param aliases Other places in Pulumi's tree where an AKS pool of that name may have been before.
 */
export function makeAgentPools(
  plan: PoolPlan,
  { scope, cluster, subnetResourceId, reservationGroupResourceId }: AgentPoolArgs,
  parent: ComponentResource,
  aliases: (name: string) => Alias[] = () => [],
): AgentPool[] {
  return plan.agentPools.map((it) => {
    const pool = new AgentPool(
      it.name,
      {
        ...it.body,
        resourceGroupName: cluster.resourceGroupName,
        resourceName: cluster.name,
        vnetSubnetID: subnetResourceId,
        // A snapshot brings the version that it was taken at.
        ...(!plan.held && { orchestratorVersion: plan.kubernetesVersion ?? cluster.kubernetesVersion }),
        ...(it.takesReservation === true &&
          reservationGroupResourceId !== undefined && { capacityReservationGroupID: reservationGroupResourceId }),
        tags: withTags(scope.tags, it.tags),
      },
      {
        parent,
        aliases: aliases(it.name),
        ignoreChanges: [...it.ignoreChanges],
        // The provider replaces a pool for a new size only; for the rest Azure would refuse the update half-way.
        replaceOnChanges: replaceOnChanges(containerservice.AgentPool),
        // The new pool has the old one's name, and quota for both at once is rarely there.
        deleteBeforeReplace: true,
        customTimeouts: poolTimeouts,
      },
    );
    pool.nodeImageVersion.apply((nodeImageVersion) => {
      const warning = nodeImageWarning({ name: it.name, nodeImageVersion, size: plan.size }, plan.today);
      if (warning !== null) void log.warn(warning, pool);
    });
    return pool;
  });
}
