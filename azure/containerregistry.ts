import type { ArmRow } from "./arm-row";
import { registryCharges } from "./charges/registry";

/** Types of `azure-native:containerregistry`. */
export const containerregistry = {
  // Somebody else's: what is made here are private endpoints that lead to one.
  Registry: {
    nameRule: null,
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
    bills: registryCharges,
    stores: null,
    computes: null,
    limits: null,
    // One zone for both names, `<registry>` and `<registry>.<region>.data`: layers come from the second.
    // Source: https://learn.microsoft.com/azure/container-registry/container-registry-private-link
    privateEndpoints: { registry: "privatelink.azurecr.io" },
    hostsKubernetes: false,
  },
} as const satisfies Readonly<Record<string, ArmRow>>;
