/** Service level of a capacity pool of Azure NetApp Files: throughput follows from capacity. */
export interface NetAppLevel {
  /** `serviceLevel` of the pool. */
  readonly name: "Standard" | "Premium" | "Ultra";
  readonly mibPerSecondPerTiB: number;
}

/**
 * Service levels, the cheapest first. Flexible is not among them: its throughput is bought apart, and the pinned provider cannot say it.
 * Source: MicrosoftDocs/azure-docs:articles/azure-netapp-files/azure-netapp-files-service-levels.md (2022-08-02)
 */
export const netAppLevels: readonly NetAppLevel[] = [
  { name: "Standard", mibPerSecondPerTiB: 16 },
  { name: "Premium", mibPerSecondPerTiB: 64 },
  { name: "Ultra", mibPerSecondPerTiB: 128 },
];

/** Throughput in MiB/s of so many TiB of a level. */
export function netAppThroughputMiBps(level: string, tib: number): number {
  return (netAppLevels.find(({ name }) => name === level)?.mibPerSecondPerTiB ?? 0) * tib;
}

/** What Azure takes. Source: MicrosoftDocs/azure-docs:articles/azure-netapp-files/azure-netapp-files-resource-limits.md (2025-06-10) */
export const netAppLimits = {
  poolTiB: [1, 2048],
  volumeGiB: [50, 100 * 1024],
  /** Of a volume of a pool with manual QoS, in MiB/s. */
  volumeMiBps: [1, 4500],
  snapshotsPerVolume: 255,
  backupsPerVolume: 1019,
  /** Backups of days that a policy keeps at least. */
  leastDailyBackups: 2,
  /** TiB of all pools of a subscription in a region, unless support raised it. */
  regionalTiB: 25,
  volumesPerPool: 500,
  /** Days without use after which a block is cold. Source: https://learn.microsoft.com/azure/azure-netapp-files/manage-cool-access */
  coolAfterDays: [2, 183],
} as const;

/** Bytes of a GiB: Azure wants the sizes of pools and volumes in bytes. */
export const bytesPerGiB = 2 ** 30;

/**
 * How clients mount a volume, by what its protocol is called in Azure.
 * Source: Azure/cyclecloud-slurm-workspace:bicep/anf.bicep (defaultMountOptions); nconnect is for kernels from 5.3 on
 */
export const nfsMountOptions = {
  NFSv3: ["vers=3", "tcp", "hard", "rsize=262144", "wsize=262144", "nconnect=8"],
  "NFSv4.1": ["vers=4.1", "hard", "rsize=262144", "wsize=262144", "nconnect=8"],
} as const;
