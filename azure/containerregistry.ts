import { written } from "../catalog/drift";
import type { ArmRow } from "./arm-row";
import { registryCharges } from "./charges/registry";
import { ignored, refused } from "./fixed-property";

const ownKey =
  "MicrosoftDocs/azure-management-docs:articles/container-registry/tutorial-customer-managed-keys.md (2023-10-31)";
const zones = "MicrosoftDocs/azure-management-docs:articles/container-registry/zone-redundancy.md (2026-03-25)";
const rules = "Azure/azure-rest-api-specs: CacheRuleUpdateProperties has the credential set alone (2023-07-01)";

/** Types of `azure-native:containerregistry`. */
export const containerregistry = {
  // Ours, or somebody else's, to which private endpoints lead.
  Registry: {
    nameRule: null,
    worldName: { maxLength: 50, hyphens: false },
    unique: {
      inputs: ["registryName"],
      refusal: { status: 409, code: "AlreadyInUse", sentence: "The name of the registry is in use." },
      keptAfterDelete: null,
    },
    // A key can be chosen as it is made, and another version or key later; none in place of one, or one in place of none, not.
    // Zones come with the region, whatever is said.
    fixed: [...refused(ownKey, "encryption.status"), ...ignored(zones, "zoneRedundancy")],
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 30, update: 15, delete: 20 },
    answers: ({ registryName }) => ({ loginServer: `${String(registryName).toLowerCase()}.azurecr.io` }),
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
    drift: {
      gone: { harm: "capacity", means: "Images in it are gone; no new pod starts" },
      paths: [
        ...written(
          "security",
          "Who may pull and push images is not what was reviewed",
          "adminUserEnabled",
          "anonymousPullEnabled",
          "networkRuleSet",
          "networkRuleBypassOptions",
          "policies",
        ),
      ],
    },
  },
  CacheRule: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: [...refused(rules, "sourceRepository", "targetRepository")],
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
    taggable: false,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: null,
  },
} as const satisfies Readonly<Record<string, ArmRow>>;
