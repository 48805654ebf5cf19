/**
 * API versions that questions are asked in, by provider: stable ones whose examples the recordings follow.
 * Source: Azure/azure-rest-api-specs:specification (2026-11)
 */
export const armVersions = {
  resources: "2021-04-01",
  subscriptions: "2022-12-01",
  features: "2021-07-01",
  locks: "2020-05-01",
  authorization: "2022-04-01",
  policyInsights: "2024-10-01",
  compute: "2024-11-01",
  skus: "2021-07-01",
  network: "2024-05-01",
  storage: "2024-01-01",
  storageCache: "2026-01-01",
  keyVault: "2023-07-01",
  containerRegistry: "2023-07-01",
  containerService: "2026-05-01",
  netApp: "2025-06-01",
  dashboard: "2025-08-01",
  /** The list of sizes that AKS takes has no stable version. */
  aksSizes: "2026-05-02-preview",
} as const;
