import { written } from "../catalog/drift";
import { lustreThroughputMBps, lustreTiers } from "../catalog/lustre-tiers";
import { number, text } from "../core/property-tree";
import type { ArmRow, Props, Store } from "./arm-row";
import { lustreCharges } from "./charges/lustre";
import { refused, refusedAsWhole, replaced } from "./fixed-property";

const creation =
  "https://learn.microsoft.com/azure/azure-managed-lustre/create-file-system-portal (assumed for the provider)";

const ownKey = "MicrosoftDocs/azure-stack-docs:azure-managed-lustre/customer-managed-encryption-keys.md (2024-11-11)";
const integration = "MicrosoftDocs/azure-stack-docs:azure-managed-lustre/create-file-system-portal.md (2024-11-11)";
const update =
  "Azure/azure-rest-api-specs:specification/storagecache (2026-01-01: an update of a job has its status and tags alone)";

/** Types of `azure-native:storagecache`. */
export const storagecache = {
  AmlFilesystem: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: [
      ...replaced(creation, "sku", "storageCapacityTiB", "zones", "filesystemSubnet"),
      ...refused(integration, "hsm.settings"),
      // Another version of the key is taken; a key in place of Microsoft's is not, nor the other way round.
      ...refusedAsWhole(ownKey, "encryptionSettings"),
    ],
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 900, update: 300, delete: 600 },
    answers: ({ amlFilesystemName }) => ({
      clientInfo: {
        mgsAddress: "10.0.0.4",
        mountCommand: `mount -t lustre 10.0.0.4@tcp:/lustrefs ${String(amlFilesystemName)}`,
        lustreVersion: "2.15",
        containerStorageInterface: {},
      },
    }),
    functions: null,
    taggable: true,
    bills: lustreCharges,
    stores: lustre,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: {
      gone: { harm: "capacity", means: "All data in it that were not exported are gone" },
      paths: [
        ...written({ more: "cost", less: "capacity" }, "A larger file system bills more", "storageCapacityTiB"),
        ...written("security", "Whose root is root in it is not what was reviewed", "rootSquashSettings"),
        ...written("capacity", "Azure may service it at other times", "maintenanceWindow"),
        ...written("security", "Another store is bound to it", "hsm"),
      ],
    },
  },
  AutoExportJob: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: refused(update, "autoExportPrefixes"),
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 60, update: 30, delete: 60 },
    answers: null,
    functions: null,
    taggable: true,
    // What it moves bills as operations of the account.
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: null,
  },
  AutoImportJob: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: refused(update, "autoImportPrefixes", "conflictResolutionMode", "enableDeletions", "maximumErrors"),
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 60, update: 30, delete: 60 },
    answers: null,
    functions: null,
    taggable: true,
    // What it moves bills as operations of the account.
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: null,
  },
  ImportJob: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: refused(update, "importPrefixes", "conflictResolutionMode", "maximumErrors"),
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 60, update: 30, delete: 60 },
    answers: null,
    functions: null,
    taggable: true,
    // What it moves bills as operations of the account.
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: null,
  },
} as const satisfies Readonly<Record<string, ArmRow>>;

function lustre(inputs: Props): Store {
  const sizeTiB = number(inputs, "storageCapacityTiB");
  const tier = lustreTiers.find((it) => it.sku === text(inputs, "sku.name"));
  // It takes a list of one.
  const zone = text(inputs, "zones[0]") ?? null;
  const throughputMBps = tier === undefined ? null : lustreThroughputMBps(tier, sizeTiB);
  return { name: text(inputs, "amlFilesystemName") ?? "", kind: "Managed Lustre", sizeTiB, throughputMBps, zone };
}
