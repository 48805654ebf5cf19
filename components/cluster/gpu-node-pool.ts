import { AgentPool } from "@pulumi/azure-native/containerservice/agentPool";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import type { Tags } from "../../core/scope";
import type { ClusterRef } from "./cluster-ref";
import { planGpuNodePool, type GpuNodePoolShape } from "./plan-gpu-node-pool";

/** What AKS sets at creation and never again, as far as this component writes it. Source: MicrosoftDocs/azure-aks-docs use-nvidia-gpu.md, custom-node-configuration-reference.md (2026) */
const immutableProperties = [
  "availabilityZones",
  "enableEncryptionAtHost",
  "gpuProfile",
  "kubeletConfig",
  "osDiskSizeGB",
  "osDiskType",
  "osSKU",
  "scaleSetEvictionPolicy",
  "scaleSetPriority",
  "spotMaxPrice",
  "vnetSubnetID",
] as const;

export interface GpuNodePoolArgs extends GpuNodePoolShape {
  /** Cluster that the nodes join. Changing it replaces the pool. */
  readonly cluster: ClusterRef;
  /** ARM ID of the subnet for the nodes. Changing it replaces the pool. */
  readonly subnetResourceId: Input<string>;
  /** Kubernetes version of the nodes, the cluster's or older. */
  readonly kubernetesVersion: string;
  readonly tags: Tags;
}

/**
 * One AKS pool of one GPU size, tainted so that only pods that ask for a GPU land on it. With InfiniBand it is exactly
 * one InfiniBand domain.
 *
 * Costs the size's price for each running node, spares included. Nodes hold nothing that survives them.
 * @throws MisconfiguredError before anything is registered
 */
export class GpuNodePool extends ComponentResource {
  /** Name of the pool, as AKS knows it. */
  public readonly poolName: Output<string>;

  public constructor(name: string, args: GpuNodePoolArgs, opts?: ComponentResourceOptions) {
    const plan = planGpuNodePool(name, args);
    super("azure-gpu-cluster:cluster:GpuNodePool", name, {}, opts);

    const pool = new AgentPool(
      name,
      {
        ...plan.agentPool,
        resourceGroupName: args.cluster.resourceGroupName,
        resourceName: args.cluster.name,
        vnetSubnetID: args.subnetResourceId,
        orchestratorVersion: args.kubernetesVersion,
        tags: {
          ...args.tags,
          ...(plan.size.infiniband !== null && { ibDomain: plan.name }),
          spareNodes: String(plan.spareNodes),
        },
      },
      {
        parent: this,
        ignoreChanges: plan.ignoreChanges,
        // The provider replaces a pool for a new size only; for the rest Azure would refuse the update half-way.
        replaceOnChanges: [...immutableProperties],
        // The new pool has the old one's name, and quota for both at once is rarely there.
        deleteBeforeReplace: true,
        // Large GPU pools are slow to allocate and slow to drain.
        customTimeouts: { create: "90m", update: "120m", delete: "60m" },
      },
    );

    this.poolName = pool.name;
    this.registerOutputs({ poolName: this.poolName });
  }
}
