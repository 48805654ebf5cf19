/** One of Azure's clouds. */
export interface Cloud {
  /** As `azure-native:environment` names it. */
  readonly name: string;
  /** As `az cloud list` names it. */
  readonly cliName: string;
  /** Where Azure Resource Manager answers. */
  readonly resourceManager: string;
  /** Where Entra ID signs in. */
  readonly authority: string;
  /** How the names of its regions begin; none for the public cloud, which has all other names. */
  readonly regionPrefixes: readonly string[];
}

/** The one whose regions the catalogue has. */
export const publicCloud: Cloud = {
  name: "public",
  cliName: "AzureCloud",
  resourceManager: "https://management.azure.com",
  authority: "https://login.microsoftonline.com",
  regionPrefixes: [],
};

/**
 * The clouds that the provider knows.
 * Source: pulumi/pulumi-azure-native:provider/pkg/azure (GetCloudByName, 2026); https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure
 * and https://learn.microsoft.com/azure/china/resources-developer-guide for the addresses; for the regions Azure/azure-sdk-for-net:
 * sdk/core/Azure.Core/src/AzureLocation.cs (2026)
 */
export const clouds: readonly Cloud[] = [
  publicCloud,
  {
    name: "usgovernment",
    cliName: "AzureUSGovernment",
    resourceManager: "https://management.usgovcloudapi.net",
    authority: "https://login.microsoftonline.us",
    regionPrefixes: ["usgov", "usdod"],
  },
  {
    name: "china",
    cliName: "AzureChinaCloud",
    resourceManager: "https://management.chinacloudapi.cn",
    authority: "https://login.chinacloudapi.cn",
    regionPrefixes: ["china"],
  },
];

/** The cloud of a name, of either kind. */
export function findCloud(name: string): Cloud | undefined {
  const wanted = name.toLowerCase();
  return clouds.find((it) => it.name === wanted || it.cliName.toLowerCase() === wanted);
}

/** The cloud of a region, by its short name. */
export function cloudOfRegion(name: string): Cloud {
  return clouds.find(({ regionPrefixes }) => regionPrefixes.some((it) => name.startsWith(it))) ?? publicCloud;
}
