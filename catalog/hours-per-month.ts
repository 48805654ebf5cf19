/** Hours of an average month, as price pages of Azure count. Source: https://azure.microsoft.com/pricing/calculator/ */
export const hoursPerMonth = 730;
