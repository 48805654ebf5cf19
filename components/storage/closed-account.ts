import type { StorageAccountArgs } from "@pulumi/azure-native/storage/storageAccount";

/** What every account of ours is, whatever it holds: of the standard kind, and reached by private endpoints alone. */
export const closedAccount = {
  kind: "StorageV2",
  accessTier: "Hot",
  allowBlobPublicAccess: false,
  allowCrossTenantReplication: false,
  isLocalUserEnabled: false,
  isSftpEnabled: false,
  enableHttpsTrafficOnly: true,
  minimumTlsVersion: "TLS1_2",
  publicNetworkAccess: "Disabled",
  networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
} as const satisfies Partial<StorageAccountArgs>;

/**
 * Nobody gets in by a key, and a signature lives for a day: without keys only Entra ID signs, and for a week at most. A day is enough for a
 * copy and short for a leak. Source: https://learn.microsoft.com/azure/storage/common/sas-expiration-policy
 */
export const keylessAccount = {
  allowSharedKeyAccess: false,
  defaultToOAuthAuthentication: true,
  sasPolicy: { sasExpirationPeriod: "1.00:00:00", expirationAction: "Block" },
} as const satisfies Partial<StorageAccountArgs>;
