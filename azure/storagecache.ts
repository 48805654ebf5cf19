import { lustreThroughputMBps, lustreTiers } from "../catalog/lustre-tiers";
import { number, text } from "../core/property-tree";
import type { ArmRow, Props, Store } from "./arm-row";
import { replaced } from "./fixed-property";
import { lustreCharges } from "./charges/lustre";

const creation =
  "https://learn.microsoft.com/azure/azure-managed-lustre/create-file-system-portal (assumed for the provider)";

/** Types of `azure-native:storagecache`. */
export const storagecache = {
  AmlFilesystem: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: replaced(creation, "sku", "storageCapacityTiB", "zones", "filesystemSubnet"),
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
  },
} as const satisfies Readonly<Record<string, ArmRow>>;

function lustre(inputs: Props): Store {
  const sizeTiB = number(inputs, "storageCapacityTiB");
  const tier = lustreTiers.find((it) => it.sku === text(inputs, "sku.name"));
  const throughputMBps = tier === undefined ? null : lustreThroughputMBps(tier, sizeTiB);
  return { name: text(inputs, "amlFilesystemName") ?? "", kind: "Managed Lustre", sizeTiB, throughputMBps };
}
