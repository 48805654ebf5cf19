import { VirtualMachineScaleSet } from "@pulumi/azure-native/compute/virtualMachineScaleSet";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { ComponentResource, type ComponentResourceOptions, type Input } from "@pulumi/pulumi";
import { compute } from "../../../azure/compute";
import { replaceOnChanges } from "../../../azure/fixed-property";
import type { DeclaredSizes } from "../../../catalog/declared-figures";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import { withTags, type Scope } from "../../../core/scope";
import { planRunner, type RunnerPlan } from "./plan";
import type { RunnerRef } from "./runner-ref";
import type { RunnerShape } from "./shape";
import { encryptedStorage } from "../encrypted-storage";

/** Its shape, or the plan of it, and what connects it. */
export type RunnerArgs = Planned<RunnerShape, RunnerPlan> & {
  readonly scope: Scope;
  /** ARM ID of the subnet for the runner, one with a way out. */
  readonly subnetResourceId: Input<string>;
  /** ARM ID of a disk encryption set. Changing it replaces the runner. @default Microsoft's keys */
  readonly diskEncryptionSetResourceId?: Input<string>;
  /** Figures of sizes that the catalogue does not have, by exact Azure name. @default none */
  readonly vmSizes?: DeclaredSizes;
};

/**
 * One small machine inside the VNet with Pulumi, Node, kubelogin and the Azure CLI, and an identity of its own: from here a
 * private API server has a name and an address. It has no public address and holds nothing.
 *
 * Costs the price of its size from the first minute.
 * @throws MisconfiguredError before anything is registered
 */
export class Runner extends ComponentResource {
  /** What others have to know of the runner. */
  public readonly ref: RunnerRef;

  public constructor(name: string, args: RunnerArgs, opts?: ComponentResourceOptions) {
    const { scope, subnetResourceId, vmSizes, diskEncryptionSetResourceId, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planRunner(name, rest, placeOf(scope, null, vmSizes));
    claim("Scale set", plan.scaleSet.vmScaleSetName);
    super("azure-gpu-cluster:compute:Runner", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const identity = new UserAssignedIdentity(name, { ...plan.identity, resourceGroupName, tags }, { parent: this });
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
          networkProfile: { networkInterfaceConfigurations: [networkInterface] },
          ...(diskEncryptionSetResourceId !== undefined && {
            storageProfile: encryptedStorage(
              plan.scaleSet.virtualMachineProfile.storageProfile,
              diskEncryptionSetResourceId,
            ),
          }),
        },
      },
      {
        parent: this,
        replaceOnChanges: replaceOnChanges(compute.VirtualMachineScaleSet),
        // The new scale set has the old one's name.
        deleteBeforeReplace: true,
        customTimeouts: { create: "30m", update: "30m", delete: "30m" },
      },
    );
    this.ref = {
      resourceId: scaleSet.id,
      identityClientId: identity.clientId,
      identityPrincipalId: identity.principalId,
    };
    this.registerOutputs({ resourceId: scaleSet.id });
  }
}
