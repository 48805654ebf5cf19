import { BlobServiceProperties } from "@pulumi/azure-native/storage/blobServiceProperties";
import { ManagementPolicy } from "@pulumi/azure-native/storage/managementPolicy";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { globalName } from "../../core/names";
import type { Scope } from "../../core/scope";
import { planBlobStore, type BlobStoreShape } from "./plan-blob-store";

export interface BlobStoreArgs extends BlobStoreShape {
  readonly scope: Scope;
  /** Zones of the region. */
  readonly regionZones: readonly string[];
  /** Whether `destroy` is refused until protection is taken off. */
  readonly protect: boolean;
}

/**
 * A storage account with a hierarchical namespace for data sets, checkpoints and weights: no keys, no public endpoint,
 * soft delete on, cold data moved to a cheaper tier. Reach it through a private endpoint for `blob` and one for `dfs`.
 *
 * Costs by the gigabyte and operation.
 * @throws MisconfiguredError before anything is registered
 */
export class BlobStore extends ComponentResource {
  public readonly accountName: Output<string>;
  public readonly accountResourceId: Output<string>;

  public constructor(name: string, args: BlobStoreArgs, opts?: ComponentResourceOptions) {
    const plan = planBlobStore(args, args.regionZones);
    super("azure-gpu-cluster:storage:BlobStore", name, {}, opts);
    const { resourceGroupName, location, names, tags } = args.scope;

    const account = new StorageAccount(
      name,
      {
        resourceGroupName,
        location,
        tags,
        accountName: globalName("st", names),
        kind: "StorageV2",
        sku: { name: `Standard_${plan.redundancy}` },
        accessTier: "Hot",
        isHnsEnabled: true,
        allowSharedKeyAccess: false,
        defaultToOAuthAuthentication: true,
        allowBlobPublicAccess: false,
        allowCrossTenantReplication: false,
        isLocalUserEnabled: false,
        isSftpEnabled: false,
        enableHttpsTrafficOnly: true,
        minimumTlsVersion: "TLS1_2",
        publicNetworkAccess: "Disabled",
        networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
      },
      { parent: this, protect: args.protect },
    );
    new BlobServiceProperties(
      name,
      {
        resourceGroupName,
        accountName: account.name,
        blobServicesName: "default",
        // No versioning: Azure does not offer it together with a hierarchical namespace.
        deleteRetentionPolicy: { enabled: true, days: plan.softDeleteDays },
        containerDeleteRetentionPolicy: { enabled: true, days: plan.softDeleteDays },
      },
      { parent: this },
    );
    new ManagementPolicy(
      name,
      {
        resourceGroupName,
        accountName: account.name,
        managementPolicyName: "default",
        policy: {
          rules: [
            {
              enabled: true,
              name: "age",
              type: "Lifecycle",
              definition: {
                filters: { blobTypes: ["blockBlob"] },
                actions: {
                  baseBlob: {
                    tierToCool: { daysAfterModificationGreaterThan: plan.coolAfterDays },
                    ...(plan.deleteAfterDays !== null && {
                      delete: { daysAfterModificationGreaterThan: plan.deleteAfterDays },
                    }),
                  },
                },
              },
            },
          ],
        },
      },
      { parent: this },
    );
    this.accountName = account.name;
    this.accountResourceId = account.id;
    this.registerOutputs({ accountName: this.accountName, accountResourceId: this.accountResourceId });
  }
}
