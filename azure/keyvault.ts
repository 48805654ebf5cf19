import type { ArmRow } from "./arm-row";
import { nameRules } from "./name-rules";
import { vaultCharges } from "./charges/vault";

/** Types of `azure-native:keyvault`. */
export const keyvault = {
  // Somebody else's: what is made here are private endpoints that lead to one, and grants on its secrets.
  Vault: {
    nameRule: nameRules.keyVault,
    worldName: null,
    unique: null,
    fixed: null,
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: null,
    answers: null,
    functions: null,
    taggable: true,
    bills: vaultCharges,
    stores: null,
    computes: null,
    limits: null,
    // Source: https://learn.microsoft.com/azure/private-link/private-endpoint-dns
    privateEndpoints: { vault: "privatelink.vaultcore.azure.net" },
    hostsKubernetes: false,
  },
} as const satisfies Readonly<Record<string, ArmRow>>;
