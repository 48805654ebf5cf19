import { BlobServiceProperties } from "@pulumi/azure-native/storage/blobServiceProperties";
import { ManagementPolicy } from "@pulumi/azure-native/storage/managementPolicy";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import { all, ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import type { Scope } from "../../../core/scope";
import type { OwnKey } from "../../identity/customer-managed-keys/own-key-ref";
import { encryptedWith } from "../encrypted-with";
import { lockData } from "../delete-lock";
import type { BlobStoreRef } from "./blob-store-ref";
import { planBlobStore, type BlobStorePlan } from "./plan";
import type { BlobStoreShape } from "./shape";

/** Its shape, or the plan of it, and where it goes. */
export type BlobStoreArgs = Planned<BlobStoreShape, BlobStorePlan> & {
  readonly scope: Scope;
  /** Key that the data are encrypted with where the shape names none. Changed in place. @default Microsoft's */
  readonly ownKey?: OwnKey;
};

/**
 * A storage account with a hierarchical namespace for data sets, checkpoints and weights: no keys, no public endpoint,
 * soft delete on, cold data moved to a cheaper tier. Reach it through a private endpoint for each of the plan's
 * `endpoints`. Give `protect` in the options: it holds for the account, which has the data.
 *
 * Costs by the gigabyte and operation.
 * @throws MisconfiguredError before anything is registered
 */
export class BlobStore extends ComponentResource {
  /** What containers, volumes and private endpoints have to know of the store. */
  public readonly ref: BlobStoreRef;

  public constructor(name: string, args: BlobStoreArgs, opts?: ComponentResourceOptions) {
    const { scope, ownKey, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planBlobStore(name, rest, placeOf(scope));
    claim("Storage account", plan.account.accountName);
    super("azure-gpu-cluster:storage:BlobStore", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const account = new StorageAccount(
      name,
      { ...encryptedWith(ownKey, plan.account), resourceGroupName, tags },
      { parent: this },
    );
    const inAccount = { resourceGroupName, accountName: account.name };
    // Settings, which the next `up` makes again.
    const settings = { parent: this, protect: false };
    const service = new BlobServiceProperties(name, { ...plan.blobService, ...inAccount }, settings);
    new ManagementPolicy(name, { ...plan.managementPolicy, ...inAccount }, settings);
    if (plan.deleteLock) lockData(name, account.id, this);
    // Known once the blob service is: who watches that service must find it.
    const accountResourceId = all([account.id, service.id]).apply(([id]) => id);
    this.ref = { ...inAccount, accountResourceId };
    this.registerOutputs({ accountName: account.name, accountResourceId });
  }
}
