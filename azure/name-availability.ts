/** How Azure is asked whether a name is free that no two resources have. */
export interface NameAvailability {
  readonly namespace:
    | "Microsoft.Storage"
    | "Microsoft.KeyVault"
    | "Microsoft.ContainerRegistry"
    | "Microsoft.Network"
    | "Microsoft.Dashboard";
  /** Type that the question names, null for a label of a host name, which is asked in another way. */
  readonly type: string | null;
  /** Right that the question takes, as a role definition names it. */
  readonly right: string;
  /** Whether a page says how the question is asked. Of one that none does, it is no fault that Azure does not know it. */
  readonly published: boolean;
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
 * CheckDnsNameAvailability; 2026). Of Grafana only the right is published, MicrosoftDocs/azure-docs:articles/role-based-access-control/permissions/monitor.md
 * (2026-02-23); it is asked in the common form, Azure/azure-rest-api-specs:
 * specification/common-types/resource-management/v5/types.json (CheckNameAvailabilityRequest)
 */
export const nameAvailability: Readonly<Record<string, NameAvailability>> = {
  "azure-native:storage:StorageAccount": {
    namespace: "Microsoft.Storage",
    type: "Microsoft.Storage/storageAccounts",
    right: "Microsoft.Storage/checkNameAvailability/read",
    published: true,
    input: "accountName",
    what: "storage account",
    remedy: ownSuffix,
  },
  "azure-native:keyvault:Vault": {
    namespace: "Microsoft.KeyVault",
    type: "Microsoft.KeyVault/vaults",
    right: "Microsoft.KeyVault/checkNameAvailability/read",
    published: true,
    input: "vaultName",
    what: "key vault",
    remedy: `${ownSuffix}. One of yours that was deleted keeps its name (az keyvault list-deleted): keyVault.recoverDeleted brings it back, and customerManagedKeys.generation takes another name`,
  },
  "azure-native:containerregistry:Registry": {
    namespace: "Microsoft.ContainerRegistry",
    type: "Microsoft.ContainerRegistry/registries",
    right: "Microsoft.ContainerRegistry/checkNameAvailability/read",
    published: true,
    input: "registryName",
    what: "container registry",
    remedy: ownSuffix,
  },
  "azure-native:dashboard:Grafana": {
    namespace: "Microsoft.Dashboard",
    type: "Microsoft.Dashboard/grafana",
    right: "Microsoft.Dashboard/checkNameAvailability/action",
    published: false,
    input: "workspaceName",
    what: "workspace of Managed Grafana",
    remedy: ownSuffix,
  },
  "azure-native:network:PublicIPAddress": {
    namespace: "Microsoft.Network",
    type: null,
    right: "Microsoft.Network/locations/checkDnsNameAvailability/read",
    published: true,
    input: "dnsSettings.domainNameLabel",
    what: "public address",
    remedy: "Choose another label",
  },
};
