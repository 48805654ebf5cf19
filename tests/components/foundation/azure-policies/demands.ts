import type { AzurePolicyKey } from "../../../../catalog/azure-policies";
import { isList, isRecord } from "../../../../core/property-value";

/** What a definition demands of a body as ARM sees it: one property of one type, in our own words. */
interface Demand {
  readonly type: string;
  /** Path in the body; `[*]` stands for each item of a list. */
  readonly path: string;
  /** Values that it lets through. */
  readonly values: readonly (string | boolean)[];
  /** Whether it lets through a body that says nothing of it. */
  readonly absent: boolean;
}

const cluster = "Microsoft.ContainerService/managedClusters";
const account = "Microsoft.Storage/storageAccounts";
const vault = "Microsoft.KeyVault/vaults";
const registry = "Microsoft.ContainerRegistry/registries";
const nic = "Microsoft.Network/networkInterfaces";

const must = (type: string, path: string, ...values: readonly (string | boolean)[]): Demand => ({
  ...{ type, path: `properties.${path}`, values, absent: false },
});
const mayOnly = (type: string, path: string, ...values: readonly (string | boolean)[]): Demand => ({
  ...must(type, path, ...values),
  absent: true,
});

/**
 * What each definition that Azure brings demands, read in its file at the commit of the catalogue: one of these, where there are several. The
 * case that a vault is recovered, and clusters of Azure Red Hat OpenShift, are left out.
 */
export const demands: Readonly<Record<AzurePolicyKey, readonly Demand[]>> = {
  localAccounts: [must(cluster, "disableLocalAccounts", true)],
  privateApiServer: [must(cluster, "apiServerAccessProfile.enablePrivateCluster", true)],
  closedApiServer: [
    must(cluster, "apiServerAccessProfile.enablePrivateCluster", true),
    must(cluster, "apiServerAccessProfile.authorizedIPRanges"),
  ],
  hostEncryption: [must(cluster, "agentPoolProfiles[*].enableEncryptionAtHost", true)],
  entraLogin: [must(cluster, "aadProfile.managed", true)],
  kubernetesRbac: [mayOnly(cluster, "enableRBAC", true)],
  workloadIdentity: [must(cluster, "securityProfile.workloadIdentity.enabled", true)],
  publicBlobs: [must(account, "allowBlobPublicAccess", false)],
  storageHttps: [must(account, "supportsHttpsTrafficOnly", true)],
  storageTls: [must(account, "minimumTlsVersion", "TLS1_2")],
  accountKeys: [must(account, "allowSharedKeyAccess", false)],
  storageNetwork: [must(account, "networkAcls.defaultAction", "Deny")],
  storagePublic: [must(account, "publicNetworkAccess", "Disabled")],
  vaultPurge: [must(vault, "enablePurgeProtection", true)],
  vaultRbac: [must(vault, "enableRbacAuthorization", true)],
  vaultNetwork: [must(vault, "networkAcls.defaultAction", "Deny"), must(vault, "publicNetworkAccess", "Disabled")],
  registryAdmin: [mayOnly(registry, "adminUserEnabled", false)],
  registryAnonymous: [mayOnly(registry, "anonymousPullEnabled", false)],
  registryNetwork: [
    must(registry, "networkRuleSet.defaultAction", "Deny"),
    must(registry, "publicNetworkAccess", "Disabled"),
  ],
  // No value at all: an interface with an address is refused, whatever its ID.
  publicAddresses: [mayOnly(nic, "ipConfigurations[*].properties.publicIPAddress.id")],
  ipForwarding: [mayOnly(nic, "enableIPForwarding", false)],
  privateSubnets: [must("Microsoft.Network/virtualNetworks/subnets", "defaultOutboundAccess", false)],
};

/** Whether a definition lets a body through: one of its demands about the type is kept, or none is about it. */
export function letsThrough(policy: AzurePolicyKey, type: string, body: unknown): boolean {
  const about = demands[policy].filter((it) => it.type.toLowerCase() === type.toLowerCase());
  return about.length === 0 || about.some((it) => keeps(it, body));
}

function keeps({ path, values, absent }: Demand, body: unknown): boolean {
  // A list of nothing but its items: `authorizedIPRanges` counts as given whatever is in it.
  const found = valuesAt(body, path.split("."));
  return found.every((it) => (it === undefined ? absent : isList(it) || values.some((value) => value === it)));
}

/** What lies at a path, once for each item of the lists on its way. */
function valuesAt(value: unknown, [key, ...rest]: readonly string[]): unknown[] {
  if (key === undefined) return [value];
  const name = key.replace("[*]", "");
  const next = isRecord(value) ? value[name] : undefined;
  if (!key.endsWith("[*]")) return valuesAt(next, rest);
  return isList(next) ? next.flatMap((it) => valuesAt(it, rest)) : [];
}
