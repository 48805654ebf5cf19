import { VirtualMachineScaleSet } from "@pulumi/azure-native/compute/virtualMachineScaleSet";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { all, ComponentResource, type ComponentResourceOptions, type Input, output, type Output } from "@pulumi/pulumi";
import { compute } from "../../../azure/compute";
import { replaceOnChanges } from "../../../azure/fixed-property";
import type { DeclaredSizes } from "../../../catalog/declared-figures";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import { Problems } from "../../../core/problems";
import type { Wired } from "../../../core/wired";
import { withTags, type Scope } from "../../../core/scope";
import type { LustreRef } from "../../storage/lustre-file-system/lustre-ref";
import type { BlobMount } from "../blob-mount";
import type { NodeFile } from "../node-file";
import { nothingShared, type NfsMount, type Shared } from "../shared-files";
import { SlurmHead } from "../slurm/slurm-head";
import { cloudInit } from "./cloud-init";
import { planGpuScaleSet, type GpuScaleSetPlan } from "./plan";
import type { GpuScaleSetShape } from "./shape";
import { encryptedStorage } from "../encrypted-storage";

/** A Blob container that nodes read and write as their identity. */
export interface ScaleSetContainer {
  /** Storage account that holds it. */
  readonly accountName: Input<string>;
  /** Name of the container. */
  readonly containerName: Input<string>;
}

/** Its shape, or the plan of it, and what connects it. */
export type GpuScaleSetArgs = Planned<GpuScaleSetShape, GpuScaleSetPlan> & {
  readonly scope: Scope;
  /** ARM ID of the subnet for the nodes. */
  readonly subnetResourceId: Input<string>;
  /** File system that every node mounts at `/lustre`. @default none */
  readonly lustre?: LustreRef;
  /** Volume that every node mounts at `/homes`. @default none */
  readonly nfs?: Wired<NfsMount, "server" | "exportPath">;
  /** Container that every node mounts at `/blob`, as its identity: grant it a role there. @default none */
  readonly blob?: ScaleSetContainer;
  /** Container with nothing but the key of Slurm: grant the nodes' identity `Storage Blob Data Contributor` there. Needed with `slurm`. @default none */
  readonly slurmKey?: ScaleSetContainer;
  /** ARM ID of a disk encryption set for all disks, where the shape names none. Changing it replaces the scale set. @default Microsoft's keys */
  readonly diskEncryptionSetResourceId?: Input<string>;
  /** ARM ID of the version that the shape names as `ownImage`. Needed with it, and only then. */
  readonly ownImageResourceId?: Input<string>;
  /** Figures of sizes that the catalogue does not have, by exact Azure name. @default none */
  readonly vmSizes?: DeclaredSizes;
};

/**
 * Bare VMs for Slurm, Ray or plain MPI: one Uniform scale set, with InfiniBand one placement group and so one fabric.
 * Nodes come with the HPC image's drivers, striped local disks, unlimited locked memory, SSH among each other with the agent
 * that a person brings, and a health probe.
 *
 * With `slurm` it has a head that queues jobs for them.
 *
 * Costs the size's price for every node from the first minute: there is no autoscaler here.
 * @throws MisconfiguredError before anything is registered
 */
export class GpuScaleSet extends ComponentResource {
  /** ARM ID, the scope for logins. */
  public readonly scaleSetResourceId: Output<string>;
  /** Object ID of the identity that the nodes act as, for role grants. */
  public readonly principalId: Output<string>;
  /** ARM ID of the head, the scope for logins. Undefined: there is none. */
  public readonly headResourceId: Output<string> | undefined;

  public constructor(name: string, args: GpuScaleSetArgs, opts?: ComponentResourceOptions) {
    const { scope, subnetResourceId, lustre, blob, nfs, slurmKey, vmSizes, ...given } = args;
    const { diskEncryptionSetResourceId, ownImageResourceId, ...rest } = given;
    const plan = rest.plan !== undefined ? rest.plan : planGpuScaleSet(name, rest, placeOf(scope, null, vmSizes));
    const { nodeSetup, slurm } = plan;
    const problems = new Problems();
    problems.require(
      (slurm === null) === (slurmKey === undefined),
      "slurmKey",
      "must be there with slurm, and only then",
      {
        remedy: "Name a container of its own: the key by which the machines know one another lies there",
      },
    );
    problems.require(
      (plan.ownImage === null) === (ownImageResourceId === undefined),
      "ownImageResourceId",
      "must be there with ownImage, and only then",
      { remedy: "ImageGallery.versionResourceId says it" },
    );
    problems.throwIfAny(`GPU scale set '${name}'`);
    claim("Scale set", plan.scaleSet.vmScaleSetName);
    super("azure-gpu-cluster:compute:GpuScaleSet", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const identity = new UserAssignedIdentity(name, { ...plan.identity, resourceGroupName, tags }, { parent: this });
    const mount = blob === undefined ? null : accessTo(blob, identity);
    const shared = output({ lustreMgsAddress: lustre?.mgsAddress ?? null, blob: mount, nfs: nfs ?? null });
    const head =
      slurm === null || slurmKey === undefined
        ? undefined
        : new SlurmHead(
            `${name}-head`,
            {
              plan: slurm,
              scope,
              subnetResourceId,
              identityResourceId: identity.id,
              nodeSetup,
              keyStore: accessTo(slurmKey, identity),
              shared,
              ...(ownImageResourceId !== undefined && { imageResourceId: ownImageResourceId }),
              ...(diskEncryptionSetResourceId !== undefined && { diskEncryptionSetResourceId }),
            },
            { parent: this },
          );
    const bootData = (...around: [Shared, readonly NodeFile[]]): string =>
      Buffer.from(cloudInit(nodeSetup, ...around)).toString("base64");
    const customData =
      lustre === undefined && mount === null && nfs === undefined && head === undefined
        ? bootData(nothingShared, [])
        : all([shared, head?.nodeFiles ?? []]).apply((around) => bootData(...around));
    const ipConfiguration = { ...plan.ipConfiguration, subnet: { id: subnetResourceId } };
    const networkInterface = { ...plan.networkInterface, ipConfigurations: [ipConfiguration] };
    const imageReference = ownImageResourceId !== undefined && { imageReference: { id: ownImageResourceId } };
    const storage = plan.scaleSet.virtualMachineProfile.storageProfile;
    const encrypted =
      diskEncryptionSetResourceId === undefined ? storage : encryptedStorage(storage, diskEncryptionSetResourceId);
    const storageProfile =
      imageReference === false ? encrypted : output(encrypted).apply((it) => ({ ...it, ...imageReference }));
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
          ...(storageProfile !== undefined && { storageProfile }),
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
    this.headResourceId = head?.machineResourceId;
    this.registerOutputs({ scaleSetResourceId: this.scaleSetResourceId });
  }
}

function accessTo(
  { accountName, containerName }: ScaleSetContainer,
  { clientId }: UserAssignedIdentity,
): Output<BlobMount> {
  return output({ accountName, containerName, identityClientId: clientId });
}
