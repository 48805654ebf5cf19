import type { BlobServicePropertiesArgs } from "@pulumi/azure-native/storage/blobServiceProperties";
import type { ManagementPolicyArgs } from "@pulumi/azure-native/storage/managementPolicy";
import type { StorageAccountArgs } from "@pulumi/azure-native/storage/storageAccount";
import { checkName } from "../../../azure/check-name";
import { publicRanges } from "../../../azure/public-ranges";
import { storage } from "../../../azure/storage";
import type { Place } from "../../../catalog/place";
import { globalName, namesOfState } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import { closedAccount, keylessAccount } from "../closed-account";
import { checkRedundancy } from "../redundancy";
import { stateAccountShape, type StateAccountShape } from "./shape";

/** A checked account: what to ask of Azure. */
export interface StateAccountPlan {
  /** The whole account but for the group and the tags. */
  readonly account: Omit<StorageAccountArgs, "resourceGroupName" | "tags"> & { readonly accountName: string };
  readonly blobService: Omit<BlobServicePropertiesArgs, "resourceGroupName" | "accountName">;
  readonly managementPolicy: Omit<ManagementPolicyArgs, "resourceGroupName" | "accountName">;
  readonly containerName: string;
  /** What `pulumi login` is given. */
  readonly stateUrl: string;
}

/** By this the policy pack knows an account of state. */
const purpose = "pulumi-state";

/** Tags of the account beside those of its environment. */
export const stateTags = { purpose } as const;

/**
 * All decisions of one account.
 * @param name What it holds the state of, for example `dev`: part of its name and of that of its container.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planStateAccount(
  name: string,
  given: StateAccountShape,
  { location, names, zones }: Place,
): StateAccountPlan {
  const subject = `State account '${name}'`;
  const shape = readShape(stateAccountShape, given, subject);
  const { redundancy, softDeleteDays, versionDays, allowedRanges } = shape;
  const problems = new Problems();
  const accountName = globalName("st", namesOfState(name, names), storage.StorageAccount.worldName, "state");
  checkName("storage:StorageAccount", accountName, problems);
  const containerName = `state-${name}`;
  checkName("storage:BlobContainer", containerName, problems);
  checkRedundancy(redundancy, { location, zones }, problems);
  const ranges = publicRanges(allowedRanges, "allowedRanges", problems);
  problems.throwIfAny(subject);

  const softDelete = { enabled: true, days: softDeleteDays };
  return {
    containerName,
    stateUrl: `azblob://${containerName}?storage_account=${accountName}`,
    account: {
      location,
      accountName,
      sku: { name: `Standard_${redundancy}` },
      ...closedAccount,
      ...keylessAccount,
      allowedCopyScope: "AAD",
      // Without services of Azure: none of them has anything to do with state.
      networkRuleSet: {
        defaultAction: "Deny",
        bypass: "None",
        ...(ranges.length > 0 && {
          ipRules: ranges.map((iPAddressOrRange) => ({ iPAddressOrRange, action: "Allow" })),
        }),
      },
      publicNetworkAccess: ranges.length > 0 ? "Enabled" : "Disabled",
    },
    blobService: {
      blobServicesName: "default",
      isVersioningEnabled: true,
      deleteRetentionPolicy: softDelete,
      containerDeleteRetentionPolicy: softDelete,
    },
    managementPolicy: {
      managementPolicyName: "default",
      policy: {
        rules: [
          {
            enabled: true,
            name: "versions",
            type: "Lifecycle",
            definition: {
              filters: { blobTypes: ["blockBlob"] },
              // The newest of each stays for ever.
              actions: { version: { delete: { daysAfterCreationGreaterThan: versionDays } } },
            },
          },
        ],
      },
    },
  };
}
