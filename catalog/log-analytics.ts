/** What a Log Analytics workspace keeps. What it costs, has the price list. */
export const logAnalytics = {
  /** Days that a workspace can keep records, and those that ingestion pays for. */
  retentionDays: {
    least: 30,
    most: 730,
    included: 31,
    source: "https://learn.microsoft.com/azure/azure-monitor/logs/cost-logs",
  },
} as const;
