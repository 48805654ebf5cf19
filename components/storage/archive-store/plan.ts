import type { BlobContainerImmutabilityPolicyArgs } from "@pulumi/azure-native/storage/blobContainerImmutabilityPolicy";
import type { BlobServicePropertiesArgs } from "@pulumi/azure-native/storage/blobServiceProperties";
import type { ManagementPolicyArgs } from "@pulumi/azure-native/storage/managementPolicy";
import type { StorageAccountArgs } from "@pulumi/azure-native/storage/storageAccount";
import { checkName } from "../../../azure/check-name";
import { storage } from "../../../azure/storage";
import type { Place } from "../../../catalog/place";
import { globalName, isUuid, roleOf } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { NetworkUser } from "../../network/subnet-ref";
import { planAccountEncryption } from "../account-encryption";
import { closedAccount, keylessAccount } from "../closed-account";
import { archiveEndpoints } from "./archive-store-ref";
import { checkArchive } from "./check-archive";
import { lifecycle } from "./lifecycle";
import { archiveStoreShape, type ArchiveStoreShape } from "./shape";

type InAccount = "resourceGroupName" | "accountName";

/** A checked archive: what to ask of Azure, and what it asks of the rest. */
export interface ArchiveStorePlan extends NetworkUser {
  /** The whole account but for the group and the tags. */
  readonly account: Omit<StorageAccountArgs, "resourceGroupName" | "tags"> & { readonly accountName: string };
  readonly blobService: Omit<BlobServicePropertiesArgs, InAccount>;
  readonly managementPolicy: Omit<ManagementPolicyArgs, InAccount>;
  readonly containerName: string;
  /** Policy of the container, null for none. */
  readonly containerImmutability: Omit<BlobContainerImmutabilityPolicyArgs, InAccount | "containerName"> | null;
  /** Entra groups that write. */
  readonly writerGroupObjectIds: readonly string[];
  readonly endpoints: typeof archiveEndpoints;
  readonly deleteLock: boolean;
}

/**
 * All decisions of one archive.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planArchiveStore(
  name: string,
  given: ArchiveStoreShape,
  { location, names, zones }: Place,
): ArchiveStorePlan {
  const subject = `Archive store '${name}'`;
  const shape = readShape(archiveStoreShape, given, subject);
  const { redundancy, softDeleteDays, restoreDays, changeFeedDays, immutability } = shape;
  const problems = new Problems();
  const accountName = globalName("st", names, storage.StorageAccount.worldName, roleOf(name, "data"));
  checkName("storage:StorageAccount", accountName, problems);
  shape.writerGroupObjectIds.forEach((id, at) => {
    problems.require(
      isUuid(id),
      `writerGroupObjectIds[${at}]`,
      "must be the object ID of an Entra group, which is a UUID",
      {
        got: id,
        remedy: "az ad group show --group <name> --query id says it",
      },
    );
  });
  problems.requireDistinct("writerGroupObjectIds", shape.writerGroupObjectIds, "Leave one out");
  checkArchive(shape, { location, zones }, problems);
  const encryption = planAccountEncryption(shape, problems);
  problems.throwIfAny(subject);

  const softDelete = { enabled: true, days: softDeleteDays };
  // A restore reads the record of as many days, and of the one before it began.
  const recorded = changeFeedDays ?? (restoreDays === undefined ? undefined : restoreDays + 1);
  return {
    endpoints: archiveEndpoints,
    deleteLock: shape.deleteLock,
    infiniband: false,
    subnets: [{ role: "endpoints", addresses: 1, what: "private endpoints of Blob storage" }],
    writerGroupObjectIds: shape.writerGroupObjectIds,
    containerName: "records",
    containerImmutability:
      immutability?.scope === "container"
        ? {
            immutabilityPolicyName: "default",
            immutabilityPeriodSinceCreationInDays: immutability.days,
            allowProtectedAppendWrites: immutability.appends,
          }
        : null,
    account: {
      location,
      accountName,
      sku: { name: `Standard_${redundancy}` },
      // Versions are not to be had with a hierarchical namespace.
      isHnsEnabled: false,
      ...closedAccount,
      ...keylessAccount,
      allowedCopyScope: "AAD",
      ...(immutability?.scope === "versions" && {
        immutableStorageWithVersioning: {
          enabled: true,
          immutabilityPolicy: {
            immutabilityPeriodSinceCreationInDays: immutability.days,
            state: immutability.state === "locked" ? "Locked" : "Unlocked",
            allowProtectedAppendWrites: immutability.appends,
          },
        },
      }),
      ...encryption,
    },
    blobService: {
      blobServicesName: "default",
      isVersioningEnabled: true,
      deleteRetentionPolicy: softDelete,
      containerDeleteRetentionPolicy: softDelete,
      ...(recorded !== undefined && { changeFeed: { enabled: true, retentionInDays: recorded } }),
      ...(restoreDays !== undefined && { restorePolicy: { enabled: true, days: restoreDays } }),
    },
    managementPolicy: lifecycle(shape),
  };
}
