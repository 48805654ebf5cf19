import { VirtualMachineScaleSet } from "@pulumi/azure-native/compute/virtualMachineScaleSet";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { physicalName } from "../../core/names";
import { placeOf } from "../../catalog/place";
import type { Planned } from "../../core/planned";
import { withTags, type Scope } from "../../core/scope";
import { planGpuScaleSet, type GpuScaleSetPlan, type GpuScaleSetShape } from "./plan-gpu-scale-set";

/** What Azure never changes in a scale set, or not to any use for nodes that run, as far as a caller decides it. Source: https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-upgrade-policy */
const immutableProperties = [
  "sku.name",
  "zones",
  "virtualMachineProfile.osProfile.adminUsername",
  "virtualMachineProfile.storageProfile.osDisk.diffDiskSettings",
] as const;

export type GpuScaleSetArgs = Planned<GpuScaleSetShape, GpuScaleSetPlan> & {
  readonly scope: Scope;
  /** ARM ID of the subnet for the nodes. */
  readonly subnetResourceId: Input<string>;
};

/**
 * Bare VMs for Slurm, Ray or plain MPI: one Uniform scale set, with InfiniBand one placement group and so one fabric.
 * Nodes come with the HPC image's drivers, striped local disks, unlimited locked memory and a health probe.
 *
 * Costs the size's price for every node from the first minute: there is no autoscaler here.
 * @throws MisconfiguredError before anything is registered
 */
export class GpuScaleSet extends ComponentResource {
  public readonly scaleSetResourceId: Output<string>;

  public constructor(name: string, args: GpuScaleSetArgs, opts?: ComponentResourceOptions) {
    const plan = args.plan !== undefined ? args.plan : planGpuScaleSet(name, args, placeOf(args.scope));
    super("azure-gpu-cluster:compute:GpuScaleSet", name, {}, opts);
    const { resourceGroupName, location, names, tags } = args.scope;

    const identity = new UserAssignedIdentity(
      name,
      { resourceGroupName, location, tags, resourceName: physicalName("id", names, `vmss-${name}`) },
      { parent: this },
    );
    const scaleSet = new VirtualMachineScaleSet(
      name,
      {
        ...plan.scaleSet,
        resourceGroupName,
        location,
        vmScaleSetName: physicalName("vmss", names, name),
        tags: withTags(tags, { localData: "disposable", ...(plan.infiniband && { ibDomain: name }) }),
        // Ours for role grants; the extension for Entra logins works with a system-assigned one only.
        identity: { type: "SystemAssigned, UserAssigned", userAssignedIdentities: [identity.id] },
        virtualMachineProfile: {
          ...plan.profile,
          networkProfile: {
            networkInterfaceConfigurations: [
              {
                name: "front-end",
                primary: true,
                enableAcceleratedNetworking: plan.acceleratedNetworking,
                enableIPForwarding: false,
                ipConfigurations: [{ name: "front-end", primary: true, subnet: { id: args.subnetResourceId } }],
              },
            ],
          },
        },
      },
      {
        parent: this,
        // The provider replaces a scale set for none of them: it would update the model and leave the nodes as they are,
        // or be refused half-way. What a node holds is disposable, as its tag says.
        replaceOnChanges: [...immutableProperties],
        // The new scale set has the old one's name.
        deleteBeforeReplace: true,
        customTimeouts: { create: "90m", update: "120m", delete: "60m" },
      },
    );
    this.scaleSetResourceId = scaleSet.id;
    this.registerOutputs({ scaleSetResourceId: this.scaleSetResourceId });
  }
}
