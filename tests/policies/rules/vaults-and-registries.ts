import { unknownValue } from "../../../core/property-marks";
import { acrNetwork } from "../../../policies/rules/identity/acr-network";
import { acrNoAdminNoAnon } from "../../../policies/rules/identity/acr-no-admin-no-anon";
import { kvNetwork } from "../../../policies/rules/identity/kv-network";
import { kvPublicOff } from "../../../policies/rules/identity/kv-public-off";
import { kvPurgeProtection } from "../../../policies/rules/identity/kv-purge-protection";
import { kvRbac } from "../../../policies/rules/identity/kv-rbac";
import { account, keyVault, registry } from "../fixtures";
import { changed, table, type RuleCases } from "../harness";

const otherType = { "another type": [[account]] } as const;
const purge = "properties.enablePurgeProtection";
const days = "properties.softDeleteRetentionInDays";
const roles = "properties.enableRbacAuthorization";
const acls = "properties.networkAcls.defaultAction";
const rules = "networkRuleSet.defaultAction";

/** Rules about Key Vaults and container registries. */
export const vaultTables: readonly RuleCases[] = [
  table(kvPurgeProtection, keyVault, {
    compliant: {
      "days that Azure chooses": [{ [days]: undefined, "properties.enableSoftDelete": undefined }],
      "the fewest days": [{ [days]: 7 }],
    },
    broken: {
      off: [{ [purge]: false }, `${purge} is false; must be true`],
      "no soft delete": [
        { "properties.enableSoftDelete": false },
        "properties.enableSoftDelete is false; must not be false",
      ],
      "few days": [{ [days]: 6 }, `${days} is 6; must be 7 days or more`],
      "days in quotes": [{ [days]: "90" }, `${days} is "90"; must be 7 days or more`],
    },
    absent: { "the protection": [{ [purge]: undefined }, `${purge} is absent; must be true`] },
    unknown: { "the protection": [{ [purge]: unknownValue }, `?${purge}`] },
    notApplicable: otherType,
  }),
  table(kvRbac, keyVault, {
    compliant: { "no access policy": [{ "properties.accessPolicies": [] }] },
    broken: {
      off: [{ [roles]: false }, `${roles} is false; must be true`],
      "an access policy beside it": [
        { "properties.accessPolicies": [{ objectId: "o" }] },
        "properties.accessPolicies is a list of 1; must be empty",
      ],
    },
    absent: { "the roles, which are off then": [{ [roles]: undefined }, `${roles} is absent; must be true`] },
    unknown: { "the roles": [{ [roles]: unknownValue }, `?${roles}`] },
    notApplicable: otherType,
  }),
  table(kvNetwork, keyVault, {
    compliant: {
      "no public address, whatever its rules": [{ "properties.publicNetworkAccess": "disabled", [acls]: "Allow" }],
    },
    broken: { "everybody let in": [{ [acls]: "Allow" }, `${acls} is "Allow"; must be Deny`] },
    absent: {
      "the rules of a vault with a public address": [
        { "properties.networkAcls": undefined },
        `${acls} is absent; must be Deny`,
      ],
      "any word of public addresses, which are on then": [
        { "properties.publicNetworkAccess": undefined, [acls]: "Allow" },
        `${acls} is "Allow"; must be Deny`,
      ],
    },
    unknown: { "what the rules say": [{ [acls]: unknownValue }, `?${acls}`] },
    notApplicable: otherType,
  }),
  table(kvPublicOff, changed(keyVault, { "properties.publicNetworkAccess": "disabled", [acls]: undefined }), {
    compliant: { "an address that lets nobody in": [[keyVault]] },
    broken: {
      "a network that is let in": [
        [changed(keyVault, { "properties.networkAcls.ipRules": [{ value: "203.0.113.0/24" }] })],
        "properties.networkAcls.ipRules is a list of 1; must be empty while properties.publicNetworkAccess is not Disabled",
      ],
      "a subnet that is let in": [
        [changed(keyVault, { "properties.networkAcls.virtualNetworkRules": [{ id: "/subnets/a" }] })],
        "properties.networkAcls.virtualNetworkRules is a list of 1; must be empty while properties.publicNetworkAccess is not Disabled",
      ],
    },
    absent: {
      "both, and everybody is let in then": [
        { "properties.publicNetworkAccess": undefined },
        `${acls} is absent; must be Deny while properties.publicNetworkAccess is not Disabled`,
      ],
    },
    unknown: { "all properties": [{ properties: unknownValue }, "?properties.publicNetworkAccess"] },
    notApplicable: otherType,
  }),
  table(acrNoAdminNoAnon, registry, {
    broken: {
      "an admin user": [{ adminUserEnabled: true }, "adminUserEnabled is true; must be false"],
      "anonymous readers": [{ anonymousPullEnabled: true }, "anonymousPullEnabled is true; must be false"],
    },
    absent: { "both, which are off then": [{ adminUserEnabled: undefined, anonymousPullEnabled: undefined }] },
    unknown: { "the admin user": [{ adminUserEnabled: unknownValue }, "?adminUserEnabled"] },
    notApplicable: otherType,
  }),
  table(acrNetwork, registry, {
    compliant: {
      "named networks": [{ publicNetworkAccess: "Enabled", networkRuleSet: { defaultAction: "Deny" } }],
    },
    broken: {
      "everybody let in": [
        { publicNetworkAccess: "Enabled", networkRuleSet: { defaultAction: "Allow" } },
        `${rules} is "Allow"; must be Deny`,
      ],
    },
    absent: { "any word of networks": [{ publicNetworkAccess: undefined }, `${rules} is absent; must be Deny`] },
    unknown: {
      "what the rules say": [
        { publicNetworkAccess: "Enabled", networkRuleSet: { defaultAction: unknownValue } },
        `?${rules}`,
      ],
    },
    notApplicable: otherType,
  }),
];
