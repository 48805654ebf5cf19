/**
 * A number that nobody uses up, in the quota of a namespace: USD that its GPU nodes may cost in a month. What watches reads quotas as
 * numbers, and annotations only as text. It is no resource that a pod can ask for.
 */
export const budgetQuota = "requests.azure-gpu-cluster/budget-usd-per-month";
