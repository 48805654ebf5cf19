import { storage } from "../../../azure/storage";
import type { BlobServicePropertiesArgs } from "@pulumi/azure-native/storage/blobServiceProperties";
import type { ManagementPolicyArgs } from "@pulumi/azure-native/storage/managementPolicy";
import type { StorageAccountArgs } from "@pulumi/azure-native/storage/storageAccount";
import { checkName } from "../../../azure/check-name";
import type { Place } from "../../../catalog/place";
import { globalName, roleOf } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { NetworkUser } from "../../network/subnet-ref";
import { planAccountEncryption } from "../account-encryption";
import { closedAccount, keylessAccount } from "../closed-account";
import { checkRedundancy } from "../redundancy";
import { blobEndpoints } from "./blob-store-ref";
import { blobStoreShape, type BlobStoreShape } from "./shape";

/** Days that Azure charges the cool tier for at least. */
const coolTierDays = 30;

/** A checked store: what to ask of Azure, and what it asks of the rest. */
export interface BlobStorePlan extends NetworkUser {
  /** The whole account but for the group and the tags. */
  readonly account: Omit<StorageAccountArgs, "resourceGroupName" | "tags"> & { readonly accountName: string };
  readonly blobService: Omit<BlobServicePropertiesArgs, "resourceGroupName" | "accountName">;
  readonly managementPolicy: Omit<ManagementPolicyArgs, "resourceGroupName" | "accountName">;
  /** Services that need a private endpoint each: there is no other way in. */
  readonly endpoints: typeof blobEndpoints;
  /** Whether Azure is to refuse to delete the account. */
  readonly deleteLock: boolean;
}

/**
 * All decisions of one store.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planBlobStore(name: string, given: BlobStoreShape, { location, names, zones }: Place): BlobStorePlan {
  const subject = `Blob store '${name}'`;
  const shape = readShape(blobStoreShape, given, subject);
  const { redundancy, coolAfterDays, deleteAfterDays, softDeleteDays, copiesFrom, deleteLock } = shape;
  const problems = new Problems();
  const accountName = globalName("st", names, storage.StorageAccount.worldName, roleOf(name, "data"));
  checkName("storage:StorageAccount", accountName, problems);
  if (deleteAfterDays !== null) {
    const [least, most] = [coolAfterDays + coolTierDays, 99_999];
    problems.require(
      deleteAfterDays >= least && deleteAfterDays <= most,
      "deleteAfterDays",
      `must be a whole number of days from ${least} to ${most}`,
      { got: deleteAfterDays, remedy: `Use ${Math.min(most, Math.max(least, Math.round(deleteAfterDays)))}` },
    );
  }
  checkRedundancy(redundancy, { location, zones }, problems);
  const ownKey = planAccountEncryption(shape, problems);
  problems.throwIfAny(subject);

  const softDelete = { enabled: true, days: softDeleteDays };
  return {
    endpoints: blobEndpoints,
    deleteLock,
    infiniband: false,
    subnets: [{ role: "endpoints", addresses: blobEndpoints.length, what: "private endpoints of Blob storage" }],
    account: {
      location,
      accountName,
      sku: { name: `Standard_${redundancy}` },
      isHnsEnabled: true,
      ...closedAccount,
      ...keylessAccount,
      ...(copiesFrom === "tenant" && { allowedCopyScope: "AAD" }),
      ...ownKey,
    },
    blobService: {
      blobServicesName: "default",
      // No versioning: Azure does not offer it together with a hierarchical namespace.
      deleteRetentionPolicy: softDelete,
      containerDeleteRetentionPolicy: softDelete,
    },
    managementPolicy: {
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
                  tierToCool: { daysAfterModificationGreaterThan: coolAfterDays },
                  ...(deleteAfterDays !== null && { delete: { daysAfterModificationGreaterThan: deleteAfterDays } }),
                },
              },
            },
          },
        ],
      },
    },
  };
}
