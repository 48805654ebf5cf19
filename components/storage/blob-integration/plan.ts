import type { BlobServicePropertiesArgs } from "@pulumi/azure-native/storage/blobServiceProperties";
import type { StorageAccountArgs } from "@pulumi/azure-native/storage/storageAccount";
import { checkName } from "../../../azure/check-name";
import { storage } from "../../../azure/storage";
import type { Place } from "../../../catalog/place";
import { globalName, isUuid, roleOf } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { NetworkUser } from "../../network/subnet-ref";
import { closedAccount } from "../closed-account";
import { checkRedundancy } from "../redundancy";
import { checkPrefixes, planJob, type PlannedJob } from "./job";
import { blobIntegrationShape, type BlobIntegrationShape } from "./shape";

/** A checked integration: what to ask of Azure, and what it asks of the rest. */
export interface BlobIntegrationPlan extends NetworkUser {
  /** The whole account but for the group and the tags of the environment. */
  readonly account: Omit<StorageAccountArgs, "resourceGroupName" | "tags"> & { readonly accountName: string };
  /** Tags beside those of the environment: why its keys are allowed. */
  readonly tags: { readonly accountKeys: string };
  readonly blobService: Omit<BlobServicePropertiesArgs, "resourceGroupName" | "accountName">;
  /** Names of the two containers. */
  readonly containers: { readonly data: string; readonly log: string };
  /** Who moves the data. */
  readonly providerObjectId: string;
  readonly importPrefix: string;
  readonly job: PlannedJob | null;
  readonly endpoints: readonly ["blob"];
  readonly deleteLock: boolean;
}

/** Days that the change feed is kept: the least that Azure lets an auto-import job read. Source: MicrosoftDocs/azure-stack-docs:azure-managed-lustre/auto-import.md (2026-01-21) */
const changeFeedDays = 7;

/**
 * All decisions of one integration.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planBlobIntegration(
  name: string,
  given: BlobIntegrationShape,
  { location, names, zones }: Place,
): BlobIntegrationPlan {
  const subject = `Blob integration '${name}'`;
  const shape = readShape(blobIntegrationShape, given, subject);
  const { redundancy, providerObjectId, importPrefix, softDeleteDays } = shape;
  const problems = new Problems();
  const accountName = globalName("st", names, storage.StorageAccount.worldName, roleOf(name, "data"));
  checkName("storage:StorageAccount", accountName, problems);
  problems.require(isUuid(providerObjectId), "providerObjectId", "must be an object ID, which is a UUID", {
    got: providerObjectId,
    remedy: 'az ad sp list --display-name "HPC Cache Resource Provider" --query "[].id" says it',
  });
  checkRedundancy(redundancy, { location, zones }, problems);
  checkPrefixes([importPrefix], "importPrefix", problems);
  const job = planJob(shape.job, problems);
  problems.throwIfAny(subject);

  const softDelete = { enabled: true, days: softDeleteDays };
  return {
    endpoints: ["blob"],
    deleteLock: shape.deleteLock,
    infiniband: false,
    subnets: [{ role: "endpoints", addresses: 1, what: "private endpoints of Blob storage", opensTo: ["lustre"] }],
    tags: { accountKeys: shape.accountKeys.allowedBecause },
    providerObjectId,
    importPrefix,
    job,
    containers: { data: "lustre", log: "lustre-log" },
    account: {
      location,
      accountName,
      sku: { name: `Standard_${redundancy}` },
      // Flat: the change feed, which auto-import reads, is not to be had with a hierarchical namespace.
      isHnsEnabled: false,
      ...closedAccount,
      // The service makes signatures with them, of a length that nobody documents: so none is refused for that.
      allowSharedKeyAccess: true,
      // Whoever does not ask for a key signs in.
      defaultToOAuthAuthentication: true,
      allowedCopyScope: "AAD",
    },
    blobService: {
      blobServicesName: "default",
      deleteRetentionPolicy: softDelete,
      containerDeleteRetentionPolicy: softDelete,
      // It bills, and one job alone reads it.
      ...(job?.kind === "autoImport" && { changeFeed: { enabled: true, retentionInDays: changeFeedDays } }),
    },
  };
}
