import { ComponentResource, type ComponentResourceOptions, createUrn, type Output } from "@pulumi/pulumi";
import { placeOf } from "../../../catalog/place";
import type { Planned } from "../../../core/planned";
import { MisconfiguredError } from "../../../core/problems";
import { type AgentPoolArgs, joinCluster, makeAgentPools } from "../agent-pool/agent-pool";
import type { GpuPoolRef } from "./gpu-pool-ref";
import { planGpuPool, type GpuPoolPlan } from "./plan";
import type { GpuPoolShape } from "./shape";

/** Its shape, or the plan of it, and what connects it. The name of the component is the key that teams name. */
export type GpuPoolArgs = Planned<GpuPoolShape, GpuPoolPlan> & AgentPoolArgs;

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
    const { scope, cluster, subnetResourceId, vmSizes, reservationGroupResourceId, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planGpuPool(name, rest, placeOf(scope, null, vmSizes));
    if (plan.reservation !== null && reservationGroupResourceId === undefined) throw withoutReservation(plan.key);
    joinCluster(`GPU pool '${plan.key}'`, cluster, plan);
    super("azure-gpu-cluster:cluster:GpuPool", name, {}, opts);

    const wiring = {
      ...{ scope, cluster, subnetResourceId },
      ...(reservationGroupResourceId !== undefined && { reservationGroupResourceId }),
    };
    this.nodePoolNames = makeAgentPools(plan, wiring, this, (pool) => [
      // Until GpuPool made them, each AKS pool had a component of its own.
      { parent: createUrn(pool, "azure-gpu-cluster:cluster:GpuNodePool") },
    ]).map((it) => it.name);
    this.ref = plan.ref;
    this.registerOutputs({ nodePoolNames: this.nodePoolNames });
  }
}

function withoutReservation(key: string): MisconfiguredError {
  return new MisconfiguredError(`GPU pool '${key}'`, [
    {
      path: "reservationGroupResourceId",
      rule: "must be given: a rung of its capacity is reserved, and the reservation is made before the pool",
      remedy: "Make a CapacityReservation of the plan's reservation and pass its readyGroupResourceId",
    },
  ]);
}
