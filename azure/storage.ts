import { guarded, written } from "../catalog/drift";
import { read } from "../core/property-tree";
import type { ArmRow, Props } from "./arm-row";
import { refused, replaced } from "./fixed-property";
import { nameRules } from "./name-rules";
import { lifecycleCharges } from "./charges/lifecycle";
import { accountCharges } from "./charges/storage-account";

const forceNew = "pulumi/pulumi-azure-native:provider/pkg/gen (forceNewMap)";
const mutability = "Azure/azure-rest-api-specs, x-ms-mutability [create, read]";
const upgrade = "https://learn.microsoft.com/azure/storage/common/storage-account-upgrade";

const infrastructure = "https://learn.microsoft.com/azure/storage/common/infrastructure-encryption-enable";

const worm = "MicrosoftDocs/azure-docs:articles/storage/blobs/immutable-version-level-worm-policies.md (2024-03-26)";

/** Types of `azure-native:storage`. */
export const storage = {
  StorageAccount: {
    nameRule: null,
    worldName: { maxLength: 24, hyphens: false },
    unique: {
      inputs: ["accountName"],
      refusal: { status: 409, code: "StorageAccountAlreadyTaken", sentence: "The storage account name is taken." },
      keptAfterDelete: null,
    },
    fixed: [
      ...replaced(forceNew, "isHnsEnabled"),
      ...replaced(mutability, "enableNfsV3", "dnsEndpointType"),
      ...refused(infrastructure, "encryption.requireInfrastructureEncryption"),
      ...refused(worm, "immutableStorageWithVersioning.enabled"),
      // Only old kinds can be raised to StorageV2, which nothing here starts from.
      ...refused(upgrade, "kind"),
    ],
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 25, update: 10, delete: 10 },
    answers: ({ accountName }) => ({
      primaryEndpoints: {
        blob: `https://${String(accountName)}.blob.core.windows.net/`,
        dfs: `https://${String(accountName)}.dfs.core.windows.net/`,
        file: `https://${String(accountName)}.file.core.windows.net/`,
      },
    }),
    functions: null,
    taggable: true,
    bills: accountCharges,
    stores: (inputs) => ({
      name: String(inputs["accountName"]),
      kind: kindOf(inputs),
      sizeTiB: null,
      throughputMBps: null,
      zone: null,
    }),
    computes: null,
    limits: null,
    // Source: https://learn.microsoft.com/azure/private-link/private-endpoint-dns (public cloud)
    privateEndpoints: {
      blob: "privatelink.blob.core.windows.net",
      dfs: "privatelink.dfs.core.windows.net",
      file: "privatelink.file.core.windows.net",
      queue: "privatelink.queue.core.windows.net",
      table: "privatelink.table.core.windows.net",
      web: "privatelink.web.core.windows.net",
    },
    hostsKubernetes: false,
    drift: {
      gone: { harm: "capacity", means: "All data in it are gone" },
      paths: [
        ...guarded("Blobs may be read by anybody who knows their address", [false], "allowBlobPublicAccess"),
        ...guarded("Keys open all of its data, past every identity", [false], "allowSharedKeyAccess"),
        ...written("security", "Who reaches its data over the network is not what was reviewed", "networkRuleSet"),
        ...written(
          "security",
          "Who reaches its data, and how, is not what was reviewed",
          "isLocalUserEnabled",
          "isSftpEnabled",
          "minimumTlsVersion",
          "enableHttpsTrafficOnly",
          "allowCrossTenantReplication",
          "allowedCopyScope",
          "defaultToOAuthAuthentication",
          "sasPolicy",
          "keyPolicy",
          "immutableStorageWithVersioning",
        ),
        ...written("cost", "What is stored bills at another rate", "accessTier"),
      ],
    },
  },
  BlobServiceProperties: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: null,
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: true,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: null,
    answers: null,
    functions: null,
    taggable: false,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: {
      gone: { harm: "security", means: "What is deleted is gone at once" },
      paths: [
        ...written(
          { more: "cost", less: "security" },
          "What is deleted is kept for longer and bills, or is gone sooner",
          "deleteRetentionPolicy",
          "containerDeleteRetentionPolicy",
          "isVersioningEnabled",
          "restorePolicy",
          "changeFeed",
        ),
        ...written("security", "Pages of others may read its blobs", "cors"),
      ],
    },
  },
  BlobContainer: {
    nameRule: nameRules.blobContainer,
    worldName: null,
    unique: null,
    fixed: null,
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: null,
    answers: null,
    functions: null,
    taggable: false,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: {
      gone: { harm: "capacity", means: "All data in it are gone" },
      paths: [
        ...guarded("Its blobs may be read by anybody who knows their address", ["None"], "publicAccess"),
        ...written(
          "security",
          "What must not be changed can be changed",
          "immutableStorageWithVersioning",
          "denyEncryptionScopeOverride",
        ),
      ],
    },
  },
  ManagementPolicy: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: null,
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: null,
    answers: null,
    functions: null,
    taggable: false,
    bills: lifecycleCharges,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: {
      gone: { harm: "cost", means: "Data stay in the dearest tier" },
      paths: [...written("cost", "Data move to other tiers, or are deleted at another age", "policy")],
    },
  },
  BlobContainerImmutabilityPolicy: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: null,
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: null,
    answers: null,
    functions: null,
    taggable: false,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: {
      gone: { harm: "security", means: "What must not be changed can be changed" },
      paths: [
        ...written(
          "security",
          "What must not be changed can be changed sooner, or in another way",
          "immutabilityPeriodSinceCreationInDays",
          "allowProtectedAppendWrites",
          "allowProtectedAppendWritesAll",
        ),
      ],
    },
  },
} as const satisfies Readonly<Record<string, ArmRow>>;

/** Accounts by what they are good for: with folders, behind Lustre with keys, and the others. */
function kindOf(inputs: Props): string {
  if (read(inputs, "isHnsEnabled") === true) return "Blob";
  return read(inputs, "tags.accountKeys") === undefined ? "flat Blob" : "Blob behind Lustre";
}
