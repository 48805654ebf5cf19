/**
 * Azure's retail price list, meters "Analytics Logs Data Ingestion" and "Analytics Logs Data Retention", as public records
 * of it from August and September 2026 have it. The dates below are those of the older record.
 */
const retailPrices = "https://prices.azure.com/api/retail/prices (serviceName eq 'Log Analytics')";

/** What a Log Analytics workspace keeps and what that costs. Gigabytes are decimal here, as Azure bills them. */
export const logAnalytics = {
  /** Days that a workspace can keep records, and those that ingestion pays for. */
  retentionDays: {
    least: 30,
    most: 730,
    included: 31,
    source: "https://learn.microsoft.com/azure/azure-monitor/logs/cost-logs",
  },
  /** USD for a gigabyte that comes in, by region, pay-as-you-go. */
  ingestion: {
    usdPerGB: { eastus: 2.3, eastus2: 2.76 },
    /** Region whose price stands for those that are not listed. */
    region: "eastus",
    asOf: "2026-08-09",
    source: retailPrices,
  },
  /** USD for a gigabyte and month beyond the included days. */
  retention: { usdPerGBMonth: 0.1, region: "eastus", asOf: "2026-08-09", source: retailPrices },
} as const;
