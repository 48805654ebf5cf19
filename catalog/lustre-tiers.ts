/** Performance tier of Azure Managed Lustre: bandwidth follows from capacity. */
export interface LustreTier {
  /** `sku.name` of the file system. */
  readonly sku: string;
  readonly mbytesPerSecondPerTiB: number;
  /** Smallest capacity; capacities are multiples of it. */
  readonly stepTiB: number;
  /** Largest capacity without a request to Azure. */
  readonly maxTiB: number;
  /** Largest capacity after a request. */
  readonly maxTiBOnRequest: number;
}

/**
 * Tiers of Azure Managed Lustre. A 20 MB/s tier is mentioned in places but has no documented step, so it is not here.
 * Sources: MicrosoftDocs/azure-stack-docs:azure-managed-lustre/create-file-system-portal.md (2024-11-11), maxima on
 * request from Azure/ai-infrastructure-on-azure:storage_references/aks/shared_storage/README.md (2026-04-22).
 */
export const lustreTiers: readonly LustreTier[] = [
  tier(40, { stepTiB: 48, maxTiB: 768, maxTiBOnRequest: 12_800 }),
  tier(125, { stepTiB: 16, maxTiB: 128, maxTiBOnRequest: 4096 }),
  tier(250, { stepTiB: 8, maxTiB: 128, maxTiBOnRequest: 2048 }),
  tier(500, { stepTiB: 4, maxTiB: 128, maxTiBOnRequest: 1024 }),
];

/** Throughput of the whole file system in MB/s. */
export function lustreThroughputMBps({ mbytesPerSecondPerTiB }: LustreTier, tib: number): number {
  return mbytesPerSecondPerTiB * tib;
}

/** MB in a TB, and TB in a TiB: checkpoints are told in decimal units, as Azure tells throughput, and capacity in binary ones. */
export const [megabytesPerTB, terabytesPerTiB] = [1e6, 2 ** 40 / 1e12];

/**
 * Largest capacity for each subnet prefix.
 * Source: https://learn.microsoft.com/azure/azure-managed-lustre/amlfs-prerequisites. The ARM text asks for /24 always;
 * the table is newer, and `getRequiredAmlFSSubnetsSize` answers for a given size.
 */
const subnets = [
  { maxTiB: 16, prefixLength: 27 },
  { maxTiB: 40, prefixLength: 26 },
  { maxTiB: 92, prefixLength: 25 },
  { maxTiB: 196, prefixLength: 24 },
  { maxTiB: 400, prefixLength: 23 },
] as const;

/** The largest capacity that a subnet is known for. */
export const largestLustreTiB = Math.max(...subnets.map(({ maxTiB }) => maxTiB));

/** Prefix length of the subnet that a file system needs, `null` when no source tells (0, or more than 400 TiB). */
export function lustreSubnetPrefixLength(tib: number): number | null {
  if (!(tib > 0)) return null;
  return subnets.find(({ maxTiB }) => tib <= maxTiB)?.prefixLength ?? null;
}

function tier(mbytesPerSecondPerTiB: number, sizes: Omit<LustreTier, "sku" | "mbytesPerSecondPerTiB">): LustreTier {
  return { sku: `AMLFS-Durable-Premium-${mbytesPerSecondPerTiB}`, mbytesPerSecondPerTiB, ...sizes };
}
