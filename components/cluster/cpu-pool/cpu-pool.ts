import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { placeOf } from "../../../catalog/place";
import type { Planned } from "../../../core/planned";
import { type AgentPoolArgs, joinCluster, makeAgentPools } from "../agent-pool/agent-pool";
import type { CpuPoolRef } from "./cpu-pool-ref";
import { planCpuPool, type CpuPoolPlan } from "./plan";
import type { CpuPoolShape } from "./shape";

/** Its shape, or the plan of it, and what connects it. The name of the component is the name of the AKS pool. */
export type CpuPoolArgs = Planned<CpuPoolShape, CpuPoolPlan> & AgentPoolArgs;

/**
 * Nodes without GPUs in an AKS cluster, for whatever asks for none: controllers of operators, launchers of jobs, routers, gateways.
 * They have no taint, so that a chart needs no toleration.
 *
 * Costs the size's price for each running node. Nodes hold nothing that survives them.
 * @example
 * new CpuPool("general", {
 *   scope,
 *   cluster: cluster.ref,
 *   subnetResourceId: network.subnetResourceId("nodes"),
 *   size: "Standard_D16ds_v5",
 *   nodes: 3,
 * });
 * @throws MisconfiguredError before anything is registered, also for what does not go together with the cluster's other pools
 */
export class CpuPool extends ComponentResource {
  /** What add-ons have to know of the pool. */
  public readonly ref: CpuPoolRef;
  /** Names of the AKS pools, known when they are there. */
  public readonly nodePoolNames: readonly Output<string>[];

  public constructor(name: string, args: CpuPoolArgs, opts?: ComponentResourceOptions) {
    const { scope, cluster, subnetResourceId, vmSizes, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planCpuPool(name, rest, placeOf(scope, null, vmSizes));
    joinCluster(`CPU pool '${plan.key}'`, cluster, plan);
    super("azure-gpu-cluster:cluster:CpuPool", name, {}, opts);
    this.nodePoolNames = makeAgentPools(plan, { scope, cluster, subnetResourceId }, this).map((it) => it.name);
    this.ref = plan.ref;
    this.registerOutputs({ nodePoolNames: this.nodePoolNames });
  }
}
