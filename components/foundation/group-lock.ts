import { ManagementLockByScope } from "@pulumi/azure-native/authorization/managementLockByScope";
import { ComponentResource, type ComponentResourceOptions, type Input } from "@pulumi/pulumi";

export interface GroupLockArgs {
  /** ARM ID of the resource group. Changing it replaces the lock. */
  readonly groupResourceId: Input<string>;
  /** What whoever meets the lock reads. */
  readonly notes: string;
}

/** Has Azure itself refuse to delete a resource group and all in it, whoever asks: `protect` stops Pulumi alone. Costs nothing. */
export class GroupLock extends ComponentResource {
  public constructor(name: string, args: GroupLockArgs, opts?: ComponentResourceOptions) {
    super("azure-gpu-cluster:foundation:GroupLock", name, {}, opts);
    const { groupResourceId: scope, notes } = args;
    new ManagementLockByScope(
      name,
      { scope, lockName: "keep", level: "CanNotDelete", notes },
      // The next `up` makes it again.
      { parent: this, protect: false },
    );
    this.registerOutputs({});
  }
}
