import { netAppLevels } from "../netapp-levels";
import type { Meter } from "./meter";

/**
 * Names in the list, units and prices: https://github.com/ahmadabdalla/azure-cost-calculator/blob/main/skills/azure-cost-calculator/references/services/storage/netapp-files.md
 * (Azure Retail Prices, 2026-02-26)
 */
const list = { serviceName: "Azure NetApp Files", productName: "Azure NetApp Files" } as const;

/** Encryption of a pool as ARM calls it, what it adds to the name of a level in the list, and what a bill says of it. */
const encryptions = {
  Single: { id: "", name: "", what: "" },
  Double: { id: ".double", name: " Double Encrypted", what: ", encrypted twice" },
} as const;

const table: ReadonlyMap<string, Meter> = new Map(
  netAppLevels.flatMap(({ name: level }) =>
    Object.entries(encryptions).map(([encryption, { id, name, what }]): [string, Meter] => [
      `${level} ${encryption}`,
      {
        id: `netapp.${level.toLowerCase()}${id}`,
        what: `NetApp Files ${level}${what}`,
        kind: "storage",
        unit: "GiB and hour",
        list: { ...list, skuName: `${level}${name}`, meterName: `${level}${name} Capacity` },
      },
    ]),
  ),
);

/** What backups hold. A vault is free. */
export const netAppBackupMeter: Meter = {
  id: "netapp.backup",
  what: "backups of NetApp Files",
  kind: "storage",
  unit: "GiB and month",
  list: { ...list, skuName: "Backup", meterName: "Backup Capacity" },
};

/** All meters of NetApp Files. */
export const netAppMeters: readonly Meter[] = [...table.values(), netAppBackupMeter];

/**
 * Capacity of a pool: all of it bills, used or not. `undefined` for a level that is not known here.
 * @param level `serviceLevel` of the pool.
 * @param encryption `encryptionType` of the pool.
 */
export function netAppMeter(level: string, encryption: string): Meter | undefined {
  return table.get(`${level} ${encryption}`);
}
