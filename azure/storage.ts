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
  },
} as const satisfies Readonly<Record<string, ArmRow>>;

/** Accounts by what they are good for: with folders, behind Lustre with keys, and the others. */
function kindOf(inputs: Props): string {
  if (read(inputs, "isHnsEnabled") === true) return "Blob";
  return read(inputs, "tags.accountKeys") === undefined ? "flat Blob" : "Blob behind Lustre";
}
