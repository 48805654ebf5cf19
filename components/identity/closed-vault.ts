import type { VaultArgs } from "@pulumi/azure-native/keyvault/vault";
import { keyvault as azure } from "../../azure/keyvault";
import { checkName } from "../../azure/check-name";
import type { Place } from "../../catalog/place";
import { globalName } from "../../core/names";
import type { Problems } from "../../core/problems";
import type * as keyvault from "@pulumi/azure-native/types/input";

/** A whole vault but for the group, the tags and the tenant. */
export interface ClosedVault extends Omit<VaultArgs, "resourceGroupName" | "tags" | "properties"> {
  readonly vaultName: string;
  readonly properties: Omit<keyvault.keyvault.VaultPropertiesArgs, "tenantId">;
}

/** What vaults of ours differ in. */
interface VaultNeeds {
  /** Part of its name, where an environment has more than one. */
  readonly role: string | undefined;
  /** `premium` keeps keys in hardware. */
  readonly sku: "standard" | "premium";
  /** Whether services of Azure that Microsoft trusts get in, as whoever they are and with the rights that they have. */
  readonly trustedServices: boolean;
  /** A public address that lets in no range at all, which some service looks for; without it there is none. */
  readonly publicAddress: boolean;
  /** Public ranges that get in by that address. */
  readonly allowedRanges?: readonly string[];
  /** Whether a deleted vault of the name is brought back instead of a new one made. */
  readonly recover: boolean;
}

/**
 * A vault that nobody can empty and no network can reach: roles instead of access policies, nothing purged before 90 days, which Azure
 * never takes back. Role assignments go with a deleted vault, and do not come back with it.
 * Sources: MicrosoftDocs/azure-security-docs:articles/key-vault/general/soft-delete-overview.md (2026-04-10);
 * @pulumi/azure-native, types of keyvault (API 2024-11-01, text of enablePurgeProtection)
 */
export function closedVault(
  { role, sku, trustedServices, publicAddress, allowedRanges = [], recover }: VaultNeeds,
  { location, names }: Place,
  problems: Problems,
): ClosedVault {
  const vaultName = globalName("kv", names, azure.Vault.worldName, role);
  checkName("keyvault:Vault", vaultName, problems);
  return {
    location,
    vaultName,
    properties: {
      sku: { family: "A", name: sku },
      enableRbacAuthorization: true,
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      enablePurgeProtection: true,
      enabledForDeployment: false,
      enabledForDiskEncryption: false,
      enabledForTemplateDeployment: false,
      publicNetworkAccess: publicAddress ? "Enabled" : "Disabled",
      networkAcls: {
        defaultAction: "Deny",
        bypass: trustedServices ? "AzureServices" : "None",
        ...(allowedRanges.length > 0 && { ipRules: allowedRanges.map((value) => ({ value })) }),
      },
      ...(recover && { createMode: "recover" }),
    },
  };
}

/** The address of a vault, without a slash at its end. */
export function vaultUri({ vaultName }: ClosedVault): string {
  return `https://${vaultName}.vault.azure.net`;
}
