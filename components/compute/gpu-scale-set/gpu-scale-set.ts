import { VirtualMachineScaleSet } from "@pulumi/azure-native/compute/virtualMachineScaleSet";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { all, ComponentResource, type ComponentResourceOptions, type Input, output, type Output } from "@pulumi/pulumi";
import { compute } from "../../../azure/compute";
import { replaceOnChanges } from "../../../azure/fixed-property";
import type { DeclaredSizes } from "../../../catalog/declared-figures";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import { withTags, type Scope } from "../../../core/scope";
import type { LustreRef } from "../../storage/lustre-file-system/lustre-ref";
import type { BlobMount } from "../blob-mount";
import { cloudInit } from "./cloud-init";
import { planGpuScaleSet, type GpuScaleSetPlan } from "./plan";
import type { GpuScaleSetShape } from "./shape";

/** Its shape, or the plan of it, and what connects it. */
export type GpuScaleSetArgs = Planned<GpuScaleSetShape, GpuScaleSetPlan> & {
  readonly scope: Scope;
  /** ARM ID of the subnet for the nodes. */
  readonly subnetResourceId: Input<string>;
  /** File system that every node mounts at `/lustre`. @default none */
  readonly lustre?: LustreRef;
  /** Container that every node mounts at `/blob`, as its identity: grant it a role there. @default none */
  readonly blob?: { readonly accountName: Input<string>; readonly containerName: Input<string> };
  /** Figures of sizes that the catalogue does not have, by exact Azure name. @default none */
  readonly vmSizes?: DeclaredSizes;
};

/**
 * Bare VMs for Slurm, Ray or plain MPI: one Uniform scale set, with InfiniBand one placement group and so one fabric.
 * Nodes come with the HPC image's drivers, striped local disks, unlimited locked memory, SSH among each other with the agent
 * that a person brings, and a health probe.
 *
 * Costs the size's price for every node from the first minute: there is no autoscaler here.
 * @throws MisconfiguredError before anything is registered
 */
export class GpuScaleSet extends ComponentResource {
  /** ARM ID, the scope for logins. */
  public readonly scaleSetResourceId: Output<string>;
  /** Object ID of the identity that the nodes act as, for role grants. */
  public readonly principalId: Output<string>;

  public constructor(name: string, args: GpuScaleSetArgs, opts?: ComponentResourceOptions) {
    const { scope, subnetResourceId, lustre, blob, vmSizes, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planGpuScaleSet(name, rest, placeOf(scope, null, vmSizes));
    claim("Scale set", plan.scaleSet.vmScaleSetName);
    super("azure-gpu-cluster:compute:GpuScaleSet", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const identity = new UserAssignedIdentity(name, { ...plan.identity, resourceGroupName, tags }, { parent: this });
    const bootData = (mgsAddress: string | null, mount: BlobMount | null): string =>
      Buffer.from(cloudInit(plan.nodeSetup, mgsAddress, mount)).toString("base64");
    const mount = blob && output({ ...blob, identityClientId: identity.clientId }).apply((it): BlobMount | null => it);
    const customData =
      lustre === undefined && mount === undefined
        ? bootData(null, null)
        : all([lustre?.mgsAddress ?? null, mount ?? null]).apply(([address, it]) => bootData(address, it));
    const ipConfiguration = { ...plan.ipConfiguration, subnet: { id: subnetResourceId } };
    const networkInterface = { ...plan.networkInterface, ipConfigurations: [ipConfiguration] };
    const scaleSet = new VirtualMachineScaleSet(
      name,
      {
        ...plan.scaleSet,
        resourceGroupName,
        tags: withTags(tags, plan.scaleSet.tags),
        identity: { ...plan.scaleSet.identity, userAssignedIdentities: [identity.id] },
        virtualMachineProfile: {
          ...plan.scaleSet.virtualMachineProfile,
          osProfile: { ...plan.osProfile, customData },
          networkProfile: { networkInterfaceConfigurations: [networkInterface] },
        },
      },
      {
        parent: this,
        // The provider replaces a scale set for none of them: it would update the model and leave the nodes as they are,
        // or be refused half-way. What a node holds is disposable, as its tag says.
        replaceOnChanges: replaceOnChanges(compute.VirtualMachineScaleSet),
        // The new scale set has the old one's name.
        deleteBeforeReplace: true,
        customTimeouts: { create: "90m", update: "120m", delete: "60m" },
      },
    );
    this.scaleSetResourceId = scaleSet.id;
    this.principalId = identity.principalId;
    this.registerOutputs({ scaleSetResourceId: this.scaleSetResourceId });
  }
}
