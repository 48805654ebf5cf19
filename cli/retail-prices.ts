/** Microsoft's public price list. Source: https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices */
export const retailPrices = "https://prices.azure.com/api/retail/prices";
