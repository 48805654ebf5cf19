/**
 * What a user may say of the use that decides a bill, by key, each with the units of a meter in one of it. What nobody says bills all
 * the same: then only the price of a unit is told.
 */
export const uses = {
  hotBlobTiB: { what: "TiB of blobs in the hot tier", unitsOfMeter: 1024 },
  coolBlobTiB: { what: "TiB of blobs in the cool tier", unitsOfMeter: 1024 },
  archiveBlobTiB: { what: "TiB of blobs in the archive tier", unitsOfMeter: 1024 },
  coolReadTiB: { what: "TiB a month read back from the cool tier", unitsOfMeter: 1024 },
  archiveReadTiB: { what: "TiB a month read back from the archive tier", unitsOfMeter: 1024 },
  millionBlobWrites: { what: "million writes of blobs a month", unitsOfMeter: 100 },
  millionBlobReads: { what: "million reads of blobs a month", unitsOfMeter: 100 },
  netAppBackupTiB: { what: "TiB of backups of NetApp Files", unitsOfMeter: 1024 },
  natGB: { what: "GB a month through the NAT gateway", unitsOfMeter: 1 },
  privateEndpointGB: { what: "GB a month through private endpoints", unitsOfMeter: 1 },
  logGB: { what: "GB of logs a month where no daily cap bounds them", unitsOfMeter: 1 },
  billionMetricSamples: { what: "billion samples of metrics a month", unitsOfMeter: 100 },
  thousandVaultOperations: { what: "thousand operations a month on secrets", unitsOfMeter: 0.1 },
} as const satisfies Readonly<Record<string, { readonly what: string; readonly unitsOfMeter: number }>>;

export type UseKey = keyof typeof uses;

/** The most that may be expected of one use, in its own unit: beyond it sums in whole cents are not exact any more, and no month has it. */
export const mostUse = 1e9;

/** Use that somebody expects in a month. */
export type ExpectedUse = Readonly<Partial<Record<UseKey, number>>>;
