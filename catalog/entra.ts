/**
 * Addresses that Entra ID signs pods in at, login.microsoftonline.com among them, on port 443.
 * Source: https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges (row 56, read 2026-11)
 */
export const entraAddresses = ["20.20.32.0/19", "20.190.128.0/18", "20.231.128.0/19", "40.126.0.0/18"] as const;

/** Where pods sign in. Source: as above */
export const entraHost = "login.microsoftonline.com";

/**
 * Audience of the tokens that Entra ID takes in exchange for its own.
 * Source: https://learn.microsoft.com/graph/api/resources/federatedidentitycredential (audiences)
 */
export const tokenExchangeAudience = "api://AzureADTokenExchange";

/**
 * Domain of the issuers of AKS: below a region, `https://<region>.<domain>/<tenant>/<cluster>/`.
 * Source: `oidcIssuerProfile.issuerURL` of clusters in public repositories, 2024 to 2026
 */
export const aksIssuerDomain = "oic.prod-aks.azure.com";
