import { AgentPool } from "@pulumi/azure-native/containerservice/agentPool";
import { ComponentResource, type ComponentResourceOptions, createUrn, type Input, type Output } from "@pulumi/pulumi";
import { containerservice } from "../../../azure/containerservice";
import { replaceOnChanges } from "../../../azure/fixed-property";
import { placeOf } from "../../../catalog/place";
import type { Planned } from "../../../core/planned";
import { Problems } from "../../../core/problems";
import { withTags, type Scope } from "../../../core/scope";
import type { ClusterRef } from "../kubernetes-cluster/cluster-ref";
import { membersOf } from "../members";
import { checkPoolsTogether } from "./check-together";
import type { GpuPoolRef } from "./gpu-pool-ref";
import { planGpuPool, type GpuPoolPlan } from "./plan";
import type { GpuPoolShape } from "./shape";

/** Its shape, or the plan of it, and what connects it. The name of the component is the key that teams name. */
export type GpuPoolArgs = Planned<GpuPoolShape, GpuPoolPlan> & {
  /** Region and tags; the nodes live in the cluster's own resource group. */
  readonly scope: Pick<Scope, "location" | "names" | "tags">;
  /** Cluster that the nodes join: one of ours or somebody else's. Changing it replaces the pool. */
  readonly cluster: Pick<ClusterRef, "name" | "resourceGroupName"> & { readonly kubernetesVersion: Input<string> };
  /** ARM ID of the subnet for the nodes. Changing it replaces the pool. */
  readonly subnetResourceId: Input<string>;
};

/**
 * GPU nodes of one size in an AKS cluster, tainted so that only pods that ask for a GPU land on them. With InfiniBand each
 * domain is one AKS pool: one scale set, one fabric.
 *
 * Costs the size's price for each running node, spares included. Nodes hold nothing that survives them.
 * @example
 * new GpuPool("h100", {
 *   scope,
 *   cluster: cluster.ref,
 *   subnetResourceId: network.subnetResourceId("nodes"),
 *   size: "Standard_ND96isr_H100_v5",
 *   domains: 2,
 *   nodes: 16,
 * });
 * @throws MisconfiguredError before anything is registered, also for what does not go together with the cluster's other pools
 */
export class GpuPool extends ComponentResource {
  /** What teams and add-ons have to know of the pool. */
  public readonly ref: GpuPoolRef;
  /** Names of the AKS pools, known when they are there. */
  public readonly nodePoolNames: readonly Output<string>[];

  public constructor(name: string, args: GpuPoolArgs, opts?: ComponentResourceOptions) {
    const { scope, cluster, subnetResourceId, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planGpuPool(name, rest, placeOf(scope));
    join(cluster, plan);
    super("azure-gpu-cluster:cluster:GpuPool", name, {}, opts);

    this.nodePoolNames = plan.agentPools.map(
      (it) =>
        new AgentPool(
          it.name,
          {
            ...it.body,
            resourceGroupName: cluster.resourceGroupName,
            resourceName: cluster.name,
            vnetSubnetID: subnetResourceId,
            orchestratorVersion: cluster.kubernetesVersion,
            tags: withTags(scope.tags, it.tags),
          },
          {
            parent: this,
            // Until GpuPool made them, each AKS pool had a component of its own.
            aliases: [{ parent: createUrn(it.name, "azure-gpu-cluster:cluster:GpuNodePool") }],
            ignoreChanges: [...plan.ignoreChanges],
            // The provider replaces a pool for a new size only; for the rest Azure would refuse the update half-way.
            replaceOnChanges: replaceOnChanges(containerservice.AgentPool),
            // The new pool has the old one's name, and quota for both at once is rarely there.
            deleteBeforeReplace: true,
            // Large GPU pools are slow to allocate and slow to drain.
            customTimeouts: { create: "90m", update: "120m", delete: "60m" },
          },
        ).name,
    );
    this.ref = plan.ref;
    this.registerOutputs({ nodePoolNames: this.nodePoolNames });
  }
}

/**
 * Puts a pool beside what its cluster has.
 * @throws MisconfiguredError when they do not go together
 */
function join(cluster: GpuPoolArgs["cluster"], plan: GpuPoolPlan): void {
  const members = membersOf(cluster);
  const problems = new Problems();
  checkPoolsTogether([...members.pools, plan], members.cluster, problems);
  problems.throwIfAny(`GPU pool '${plan.key}', with the others of its cluster,`);
  members.pools.push(plan);
}
