import { AmlFilesystem } from "@pulumi/azure-native/storagecache/amlFilesystem";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import type { Scope } from "../../../core/scope";
import { lockData } from "../delete-lock";
import type { LustreRef } from "./lustre-ref";
import { planLustreFileSystem, type LustreFileSystemPlan } from "./plan";
import type { LustreFileSystemShape } from "./shape";

/** Its shape, or the plan of it, and what connects it. */
export type LustreFileSystemArgs = Planned<LustreFileSystemShape, LustreFileSystemPlan> & {
  readonly scope: Scope;
  /** ARM ID of a subnet of its own, not delegated. Fixed at creation. */
  readonly subnetResourceId: Input<string>;
};

/**
 * Azure Managed Lustre for training data and checkpoints. There is no undelete: give `protect` in the options.
 *
 * Costs its whole capacity by the hour from creation on, used or not.
 * @throws MisconfiguredError before anything is registered
 */
export class LustreFileSystem extends ComponentResource {
  /** What a volume has to know of the file system. */
  public readonly ref: LustreRef;
  /** ARM ID of the file system. */
  public readonly resourceId: Output<string>;

  public constructor(name: string, args: LustreFileSystemArgs, opts?: ComponentResourceOptions) {
    const { scope, subnetResourceId, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planLustreFileSystem(name, rest, placeOf(scope));
    claim("Lustre file system", plan.fileSystem.amlFilesystemName);
    super("azure-gpu-cluster:storage:LustreFileSystem", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const fileSystem = new AmlFilesystem(
      name,
      { ...plan.fileSystem, resourceGroupName, tags, filesystemSubnet: subnetResourceId },
      { parent: this, customTimeouts: { create: "90m", update: "60m", delete: "60m" } },
    );
    if (plan.deleteLock) lockData(name, fileSystem.id, this);
    const mgsAddress = fileSystem.clientInfo.apply((it) => it.mgsAddress);
    this.ref = { mgsAddress, sizeTiB: plan.sizeTiB };
    this.resourceId = fileSystem.id;
    this.registerOutputs({ mgsAddress, resourceId: this.resourceId });
  }
}
