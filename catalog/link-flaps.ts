/**
 * How often the link of an InfiniBand adapter may have gone down before the adapter counts as bad.
 * Source: Azure/azurehpc-health-checks:customTests/azure_ib_link_flapping.nhc (2026-05-01), which bears less than five in a day
 */
export const linkFlaps = 4;
