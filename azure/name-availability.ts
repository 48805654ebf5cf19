/** How Azure is asked whether a name is free that no two resources have. */
export interface NameAvailability {
  readonly namespace: "Microsoft.Storage" | "Microsoft.KeyVault" | "Microsoft.ContainerRegistry" | "Microsoft.Network";
  /** Type that the question names, null for a label of a host name, which is asked in another way. */
  readonly type: string | null;
  /** Input that holds the name. */
  readonly input: string;
  readonly what: string;
  /** What to do about a name that somebody has. */
  readonly remedy: string;
}

const ownSuffix =
  "Set azure-native:subscriptionId, which is part of such names, or name the stack otherwise: who takes a stack file as it ships takes its names, too";

/**
 * Types whose names are taken for the whole world, and labels that are taken for a region.
 * Source: Azure/azure-rest-api-specs (StorageAccounts_CheckNameAvailability, Vaults_CheckNameAvailability, Registries_CheckNameAvailability,
 * CheckDnsNameAvailability; 2026)
 */
export const nameAvailability: Readonly<Record<string, NameAvailability>> = {
  "azure-native:storage:StorageAccount": {
    namespace: "Microsoft.Storage",
    type: "Microsoft.Storage/storageAccounts",
    input: "accountName",
    what: "storage account",
    remedy: ownSuffix,
  },
  "azure-native:keyvault:Vault": {
    namespace: "Microsoft.KeyVault",
    type: "Microsoft.KeyVault/vaults",
    input: "vaultName",
    what: "key vault",
    remedy: `${ownSuffix}. One of yours that was deleted keeps its name (az keyvault list-deleted): keyVault.recoverDeleted brings it back, and customerManagedKeys.generation takes another name`,
  },
  "azure-native:containerregistry:Registry": {
    namespace: "Microsoft.ContainerRegistry",
    type: "Microsoft.ContainerRegistry/registries",
    input: "registryName",
    what: "container registry",
    remedy: ownSuffix,
  },
  "azure-native:network:PublicIPAddress": {
    namespace: "Microsoft.Network",
    type: null,
    input: "dnsSettings.domainNameLabel",
    what: "public address",
    remedy: "Choose another label",
  },
};
