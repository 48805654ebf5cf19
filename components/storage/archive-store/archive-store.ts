import { BlobContainer } from "@pulumi/azure-native/storage/blobContainer";
import { BlobContainerImmutabilityPolicy } from "@pulumi/azure-native/storage/blobContainerImmutabilityPolicy";
import { BlobServiceProperties } from "@pulumi/azure-native/storage/blobServiceProperties";
import { ManagementPolicy } from "@pulumi/azure-native/storage/managementPolicy";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import { all, ComponentResource, type ComponentResourceOptions, interpolate } from "@pulumi/pulumi";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import type { Scope } from "../../../core/scope";
import type { OwnKey } from "../../identity/customer-managed-keys/own-key-ref";
import { encryptedWith } from "../encrypted-with";
import { lockData } from "../delete-lock";
import type { ArchiveStoreRef } from "./archive-store-ref";
import { planArchiveStore, type ArchiveStorePlan } from "./plan";
import type { ArchiveStoreShape } from "./shape";

/** Its shape, or the plan of it, and where it goes. */
export type ArchiveStoreArgs = Planned<ArchiveStoreShape, ArchiveStorePlan> & {
  readonly scope: Scope;
  /** Key that the data are encrypted with where the shape names none. Changed in place. @default Microsoft's */
  readonly ownKey?: OwnKey;
};

/**
 * A storage account without a hierarchical namespace, for weights, data sets of record and audit: versions of every blob, and, where asked
 * for, a way back in time or blobs that nobody can change. No keys, no public endpoint. Reach it through a private endpoint for `blob`. Give
 * `protect` in the options.
 *
 * Costs by the gigabyte, of every version, and operation.
 * @throws MisconfiguredError before anything is registered
 */
export class ArchiveStore extends ComponentResource {
  /** What volumes, grants and private endpoints have to know of it. */
  public readonly ref: ArchiveStoreRef;

  public constructor(name: string, args: ArchiveStoreArgs, opts?: ComponentResourceOptions) {
    const { scope, ownKey, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planArchiveStore(name, rest, placeOf(scope));
    claim("Storage account", plan.account.accountName);
    super("azure-gpu-cluster:storage:ArchiveStore", name, {}, opts);

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
    // Rules about versions are refused before there are versions.
    new ManagementPolicy(name, { ...plan.managementPolicy, ...inAccount }, { ...settings, dependsOn: service });
    const container = new BlobContainer(
      name,
      { ...inAccount, containerName: plan.containerName, publicAccess: "None" },
      { parent: this, dependsOn: service },
    );
    if (plan.containerImmutability !== null) {
      const inContainer = { ...inAccount, containerName: container.name };
      new BlobContainerImmutabilityPolicy(name, { ...plan.containerImmutability, ...inContainer }, settings);
    }
    if (plan.deleteLock) lockData(name, account.id, this);
    // Known once the blob service is: who watches that service must find it.
    const accountResourceId = all([account.id, service.id]).apply(([id]) => id);
    this.ref = {
      ...inAccount,
      accountResourceId,
      containerName: container.name,
      containerResourceId: interpolate`${account.id}/blobServices/default/containers/${container.name}`,
    };
    this.registerOutputs({ accountName: account.name, accountResourceId });
  }
}
