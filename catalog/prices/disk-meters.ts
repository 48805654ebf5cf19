import type { Meter } from "./meter";

/** A kind of managed disk that bills by steps of its size: its letter in the list, the product, and what people call it. */
const kinds = {
  Premium: { letter: "P", product: "Premium SSD Managed Disks", what: "Premium SSD", smallest: 1, zones: true },
  StandardSSD: { letter: "E", product: "Standard SSD Managed Disks", what: "Standard SSD", smallest: 1, zones: true },
  Standard: { letter: "S", product: "Standard HDD Managed Disks", what: "Standard HDD", smallest: 4, zones: false },
} as const;

/**
 * Steps of the size of a disk, in GiB. What lies between two bills as the larger.
 * Source: MicrosoftDocs/azure-compute-docs:articles/virtual-machines/disks-types.md (2026-08-11, Premium SSD size)
 */
const steps = [
  [1, 4],
  [2, 8],
  [3, 16],
  [4, 32],
  [6, 64],
  [10, 128],
  [15, 256],
  [20, 512],
  [30, 1024],
  [40, 2048],
  [50, 4096],
  [60, 8192],
  [70, 16_384],
  [80, 32_767],
] as const;

type Kind = keyof typeof kinds;

/** Every step of every kind, by `Premium_LRS P10`. */
const meters: ReadonlyMap<string, Meter> = new Map(
  Object.entries(kinds).flatMap(([kind, { letter, product, what, smallest, zones }]) =>
    (zones ? ["LRS", "ZRS"] : ["LRS"]).flatMap((copies) =>
      steps
        .filter(([step]) => step >= smallest)
        .map(([step, gib]): [string, Meter] => [
          `${kind}_${copies} ${step}`,
          {
            id: `disk.${letter.toLowerCase()}${step}.${copies.toLowerCase()}`,
            what: `${what} up to ${gib} GiB (${letter}${step} ${copies})`,
            kind: "disks",
            unit: "disk and month",
            list: {
              serviceName: "Storage",
              productName: product,
              skuName: `${letter}${step} ${copies}`,
              meterName: `${letter}${step} ${copies} Disk`,
            },
          },
        ]),
    ),
  ),
);

/** All meters of managed disks that bill by steps of their size. */
export const diskMeters: readonly Meter[] = [...meters.values()];

/**
 * The meter of a managed disk; `undefined` where its size does not decide alone (Ultra, Premium SSD v2), or where there is no such disk.
 * @param sku As ARM calls it, for example `Premium_LRS`.
 */
export function diskMeter(sku: string, gib: number): Meter | undefined {
  const kind = sku.split("_")[0] ?? "";
  const step = steps.find(([step, most]) => gib <= most && step >= (isKind(kind) ? kinds[kind].smallest : 1));
  return gib > 0 && step !== undefined ? meters.get(`${sku} ${step[0]}`) : undefined;
}

/**
 * The meter of a managed disk by its performance tier, for example `P50`, which may be larger than the one of its size; `undefined` where
 * there is none.
 * Source: MicrosoftDocs/azure-compute-docs:articles/virtual-machines/disks-change-performance.md
 */
export function diskTierMeter(sku: string, tier: string): Meter | undefined {
  const kind = sku.split("_")[0] ?? "";
  return isKind(kind) && tier.startsWith(kinds[kind].letter) ? meters.get(`${sku} ${tier.slice(1)}`) : undefined;
}

/**
 * Whether each operation on a disk bills besides its size.
 * Source: MicrosoftDocs/azure-compute-docs:articles/virtual-machines/disks-types.md (billing of Standard SSD and Standard HDD)
 */
export function billsOperations(sku: string): boolean {
  return /^Standard(SSD)?_/.test(sku);
}

function isKind(text: string): text is Kind {
  return Object.hasOwn(kinds, text);
}

/** Kind of an OS disk that AKS keeps outside of the host. Source: MicrosoftDocs/azure-aks-docs:articles/aks/concepts-storage.md (2026-07-30) */
export const aksOsDiskSku = "Premium_LRS";

/**
 * GiB of an OS disk that AKS makes when nobody says how large, by vCPUs of the node.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/concepts-storage.md (2026-07-30, default OS disk sizing)
 */
export function aksOsDiskGiB(vcpus: number): number {
  if (vcpus < 8) return 128;
  if (vcpus < 16) return 256;
  return vcpus < 64 ? 512 : 1024;
}
