import { written } from "../catalog/drift";
import { stableUuid } from "../core/names";
import type { ArmRow } from "./arm-row";
import { keyCharges, vaultCharges } from "./charges/vault";
import { ignored, refused } from "./fixed-property";
import { nameRules } from "./name-rules";

const softDelete = "MicrosoftDocs/azure-security-docs:articles/key-vault/general/soft-delete-overview.md (2026-04-10)";
const purgeProtection = "@pulumi/azure-native: types of keyvault (API 2024-11-01, text of enablePurgeProtection)";

// A key that is there is answered as it is, whatever the request says.
// Source: Azure/azure-rest-api-specs:specification/keyvault/resource-manager (Keys_CreateIfNotExist, 2024-11-01)
const keysThatAreThere = "Azure/azure-rest-api-specs: Keys_CreateIfNotExist (2024-11-01)";

/** Types of `azure-native:keyvault`. */
export const keyvault = {
  // Ours, or somebody else's, to which private endpoints lead.
  Vault: {
    nameRule: nameRules.keyVault,
    worldName: { maxLength: 24, hyphens: true },
    unique: {
      inputs: ["vaultName"],
      refusal: { status: 409, code: "VaultAlreadyExists", sentence: "The name of the vault is in use." },
      // A deleted vault can be brought back, and nobody can purge it: only its own ID takes the name again, and by recovering it.
      keptAfterDelete: {
        while: "properties.enablePurgeProtection",
        takenBack: { input: "properties.createMode", value: "recover" },
        refusal: {
          status: 409,
          code: "ConflictError",
          sentence:
            "A vault with the same name already exists in deleted state. You need to either recover or purge it.",
        },
        source: softDelete,
      },
    },
    // Both can be turned on and never off; days of soft delete are fixed once they are said.
    fixed: [
      ...refused(purgeProtection, "properties.enablePurgeProtection"),
      ...refused(softDelete, "properties.enableSoftDelete", "properties.softDeleteRetentionInDays"),
    ],
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 20, update: 10, delete: 10 },
    answers: ({ vaultName, properties }) => ({
      properties: {
        ...(typeof properties === "object" ? properties : {}),
        vaultUri: `https://${String(vaultName)}.vault.azure.net/`,
      },
    }),
    functions: null,
    taggable: true,
    bills: vaultCharges,
    stores: null,
    computes: null,
    limits: null,
    // Source: https://learn.microsoft.com/azure/private-link/private-endpoint-dns
    privateEndpoints: { vault: "privatelink.vaultcore.azure.net" },
    hostsKubernetes: false,
    drift: {
      gone: { harm: "security", means: "Keys in it are gone, and with them all that they encrypt" },
      paths: [...written("security", "Who reaches the keys is not what was reviewed", "properties")],
    },
  },
  Key: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: [
      ...ignored(
        keysThatAreThere,
        "properties.curveName",
        "properties.keyOps",
        "properties.keySize",
        "properties.kty",
        "properties.rotationPolicy",
      ),
    ],
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: null,
    answers: ({ vaultName, keyName }, id) => {
      const keyUri = `https://${String(vaultName)}.vault.azure.net/keys/${String(keyName)}`;
      return { keyUri, keyUriWithVersion: `${keyUri}/${stableUuid(`${id}/version`).replaceAll("-", "")}` };
    },
    functions: null,
    taggable: true,
    bills: keyCharges,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: {
      gone: { harm: "security", means: "All that it encrypts cannot be read" },
      paths: [
        ...written("security", "What the key may be used for, and how long, is not what was reviewed", "properties"),
      ],
    },
  },
} as const satisfies Readonly<Record<string, ArmRow>>;
