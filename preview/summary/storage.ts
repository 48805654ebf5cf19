import { lustreThroughputMBps, lustreTiers } from "../../catalog/lustre-tiers";
import { text } from "../../core/property-tree";
import type { PlannedResource } from "../../core/planned-resource";

/** One store that outlives nodes. */
export interface Store {
  readonly name: string;
  readonly kind: "Managed Lustre" | "Blob";
  /** Capacity that is bought, `null` where only what is stored bills. */
  readonly sizeTiB: number | null;
  readonly throughputMBps: number | null;
}

/** Reads every store out of a plan. */
export function stores(resources: readonly Pick<PlannedResource, "type" | "inputs">[]): Store[] {
  return resources.flatMap(({ type, inputs }): Store[] => {
    if (type === "azure-native:storagecache:AmlFilesystem") {
      const sizeTiB = Number(inputs["storageCapacityTiB"]);
      const tier = lustreTiers.find((it) => it.sku === text(inputs, "sku.name"));
      const throughputMBps = tier === undefined ? null : lustreThroughputMBps(tier, sizeTiB);
      return [{ name: text(inputs, "amlFilesystemName") ?? "", kind: "Managed Lustre", sizeTiB, throughputMBps }];
    }
    if (type === "azure-native:storage:StorageAccount") {
      return [{ name: text(inputs, "accountName") ?? "", kind: "Blob", sizeTiB: null, throughputMBps: null }];
    }
    return [];
  });
}
