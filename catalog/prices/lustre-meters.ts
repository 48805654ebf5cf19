import { lustreTiers } from "../lustre-tiers";
import type { Meter } from "./meter";

/** GiB in a TiB: file systems are sized in the one and billed in the other. */
export const gibPerTib = 1024;

/**
 * Capacity of each tier of Managed Lustre: all of it bills, used or not.
 * Names: andy-diericks/azure-pricing-radar:data/latest/storage-westeurope.json (Azure Retail Prices, 2026-08-22)
 */
export const lustreMeters: ReadonlyMap<string, Meter> = new Map(
  lustreTiers.map(({ sku, mbytesPerSecondPerTiB }) => [
    sku,
    {
      id: `lustre.${mbytesPerSecondPerTiB}`,
      what: `Managed Lustre at ${mbytesPerSecondPerTiB} MB/s a TiB`,
      kind: "storage",
      unit: "GiB and hour",
      list: {
        serviceName: "Storage",
        productName: "Azure Managed Lustre",
        skuName: sku,
        meterName: "Provisioned Capacity",
      },
    },
  ]),
);
