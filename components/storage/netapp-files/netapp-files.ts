import { Account } from "@pulumi/azure-native/netapp/account";
import { BackupPolicy } from "@pulumi/azure-native/netapp/backupPolicy";
import { BackupVault } from "@pulumi/azure-native/netapp/backupVault";
import { CapacityPool } from "@pulumi/azure-native/netapp/capacityPool";
import { SnapshotPolicy } from "@pulumi/azure-native/netapp/snapshotPolicy";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import type { Scope } from "../../../core/scope";
import { lockData } from "../delete-lock";
import type { NetAppRef } from "./netapp-ref";
import { planNetAppFiles, type NetAppFilesPlan } from "./plan";
import type { NetAppFilesShape } from "./shape";

/** Its shape, or the plan of it, and what connects it. */
export type NetAppFilesArgs = Planned<NetAppFilesShape, NetAppFilesPlan> & {
  readonly scope: Scope;
  /** ARM ID of a subnet that is delegated to Microsoft.NetApp/volumes; a VNet has one. */
  readonly subnetResourceId: Input<string>;
  /** Ranges whose machines may mount the volumes, and no others: those of the nodes. */
  readonly clientRanges: readonly string[];
  /** Volumes that somebody makes in the pool beside those of teams. @default 0 */
  readonly otherVolumes?: number;
};

/**
 * A capacity pool of Azure NetApp Files with its snapshot and backup policies; volumes are made in it one by one. Give `protect` in the
 * options: it holds for account, pool and vault.
 *
 * Costs the whole pool by the hour, used or not, and what backups hold.
 * @throws MisconfiguredError before anything is registered
 */
export class NetAppFiles extends ComponentResource {
  /** What a volume has to know of the pool. */
  public readonly ref: NetAppRef;
  /** ARM ID of the account. */
  public readonly resourceId: Output<string>;

  public constructor(name: string, args: NetAppFilesArgs, opts?: ComponentResourceOptions) {
    const { scope, subnetResourceId, clientRanges, otherVolumes = 0, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planNetAppFiles(name, rest, placeOf(scope));
    claim("NetApp account", plan.account.accountName);
    super("azure-gpu-cluster:storage:NetAppFiles", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const account = new Account(name, { ...plan.account, resourceGroupName, tags }, { parent: this });
    const inAccount = { resourceGroupName, accountName: account.name, tags };
    const pool = new CapacityPool(name, { ...plan.pool, ...inAccount }, { parent: this });
    // Policies, which the next `up` makes again.
    const settings = { parent: this, protect: false };
    const snapshots =
      plan.snapshotPolicy === null
        ? undefined
        : new SnapshotPolicy(name, { ...plan.snapshotPolicy, ...inAccount }, settings);
    const backups =
      plan.backup === null
        ? undefined
        : {
            policy: new BackupPolicy(name, { ...plan.backup.policy, ...inAccount }, settings),
            vault: new BackupVault(name, { ...plan.backup.vault, ...inAccount }, { parent: this }),
          };
    if (plan.deleteLock) lockData(name, account.id, this);
    this.resourceId = account.id;
    this.ref = {
      ...plan.ref,
      clientRanges: [...clientRanges],
      otherVolumes,
      resourceGroupName,
      accountName: account.name,
      // Azure answers the name of a child with those of its parents before it.
      poolName: pool.name.apply((it) => it.split("/").at(-1) ?? it),
      subnetResourceId,
      ...(snapshots !== undefined && { snapshotPolicyId: snapshots.id }),
      ...(backups !== undefined && { backupPolicyId: backups.policy.id, backupVaultId: backups.vault.id }),
    };
    this.registerOutputs({ accountName: account.name });
  }
}
