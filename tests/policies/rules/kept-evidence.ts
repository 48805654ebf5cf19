import type { ManagementLockAtResourceGroupLevelArgs } from "@pulumi/azure-native/authorization/managementLockAtResourceGroupLevel";
import type { ManagementLockByScopeArgs } from "@pulumi/azure-native/authorization/managementLockByScope";
import type { DiagnosticSettingArgs } from "@pulumi/azure-native/monitor/diagnosticSetting";
import { unknownValue } from "../../../core/property-marks";
import type { Subject } from "../../../policies/engine/rule";
import { types } from "../../../policies/engine/types";
import { diagEverywhere } from "../../../policies/rules/identity/diag-everywhere";
import { lockState } from "../../../policies/rules/identity/lock-state";
import { account, keyVault, registry, subnet } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";

const notApplicable = { "another type": [[subnet("nodes", "10.64.0.0/20")]] } as const;

const providers = "/subscriptions/s/resourceGroups/g/providers";

/** A setting that keeps the log of a resource. */
function kept(id: string): Subject {
  return resource(
    types.diagnosticSetting,
    {
      name: "audit",
      resourceUri: `${providers}/${id}`,
      workspaceId: "/subscriptions/s/log",
      logs: [{ category: "AuditEvent", enabled: true }],
    } satisfies DiagnosticSettingArgs,
    "audit",
  );
}
const ofVault = kept("Microsoft.KeyVault/vaults/KV");
const ofCluster = kept("Microsoft.ContainerService/managedClusters/aks-1");
const workspace = resource(types.workspace, { retentionInDays: 90 });
const firewall = resource(types.firewall, { azureFirewallName: "fw", resourceGroupName: "g" });
const isOpen = (what: string): string => `id is ${what} whose log nobody keeps; must have a diagnostic setting`;

/** A setting whose resource Azure has yet to give an ID. */
function hangingOn(setting: Subject, ...urns: readonly string[]): Subject {
  return {
    ...changed(setting, { resourceUri: unknownValue }),
    propertyDependencies: { resourceUri: urns },
  };
}

const state = changed(account, {
  "tags.purpose": "pulumi-state",
  accountName: "ststate",
  resourceGroupName: "rg-state",
});
const group = "/subscriptions/s/resourceGroups/RG-state";
const lock = resource(types.resourceLock, {
  level: "CanNotDelete",
  scope: group,
} satisfies ManagementLockByScopeArgs);
const groupLock = resource(types.groupLock, {
  level: "ReadOnly",
  resourceGroupName: "rg-state",
} satisfies ManagementLockAtResourceGroupLevelArgs);
const unlocked = "id is an account with state that no lock keeps; must have one";

/** Rules about what must be there after somebody did harm. */
export const keptEvidenceTables: readonly RuleCases[] = [
  table(diagEverywhere, [keyVault, ofVault], {
    compliant: {
      "all three": [
        [
          keyVault,
          registry,
          firewall,
          ofVault,
          kept("Microsoft.ContainerRegistry/registries/cr"),
          kept("Microsoft.Network/azureFirewalls/fw"),
        ],
      ],
      "a stack that keeps no logs": [[keyVault, registry]],
      "a vault that Azure has yet to make": [[keyVault, hangingOn(ofVault, keyVault.urn)]],
      "a setting of which nobody knows what it hangs on": [[keyVault, changed(ofVault, { resourceUri: unknownValue })]],
      "a vault whose name Azure makes up": [[changed(keyVault, { vaultName: undefined }), ofVault]],
      "an ID in another letter case": [
        [keyVault, changed(ofVault, { resourceUri: `${providers}/microsoft.keyvault/VAULTS/kv` })],
      ],
    },
    broken: {
      "a vault beside a cluster that keeps its log": [[keyVault, ofCluster], isOpen("a vault")],
      "a registry beside a workspace": [[registry, workspace], isOpen("a registry")],
      "a firewall": [[firewall, ofVault], isOpen("a firewall")],
      "a setting that is off": [[keyVault, changed(ofVault, { "logs[0].enabled": false })], isOpen("a vault")],
      "a setting of another vault": [[keyVault, kept("Microsoft.KeyVault/vaults/other")], isOpen("a vault")],
      "a setting that hangs on something else": [[keyVault, hangingOn(ofVault, "urn:other")], isOpen("a vault")],
      "a setting on what lies in a vault": [[keyVault, kept("Microsoft.KeyVault/vaults/kv/keys/k")], isOpen("a vault")],
      "a setting on nothing": [[keyVault, changed(ofVault, { resourceUri: undefined })], isOpen("a vault")],
      "a setting on nothing, beside a vault whose name Azure makes up": [
        [changed(keyVault, { vaultName: undefined }), changed(ofVault, { resourceUri: undefined })],
        isOpen("a vault"),
      ],
    },
    absent: {
      "the setting, beside the workspace": [[keyVault, workspace], isOpen("a vault")],
      "the logs": [[keyVault, changed(ofVault, { logs: undefined })], isOpen("a vault")],
    },
    unknown: {
      "the logs": [[keyVault, changed(ofVault, { logs: unknownValue })], "?logs"],
      "whether one is on": [[keyVault, changed(ofVault, { "logs[0].enabled": unknownValue })], "?logs"],
    },
    notApplicable,
  }),
  table(lockState, [state, lock], {
    compliant: {
      "a lock on the account itself": [
        [state, changed(lock, { scope: `${group}/providers/Microsoft.Storage/storageAccounts/STSTATE` })],
      ],
      "a lock of the group, in the other type": [[state, groupLock]],
      "a lock against every change": [[state, changed(lock, { level: "ReadOnly" })]],
      "an account of something else": [[account]],
      "a group that Azure has yet to make": [
        [
          {
            ...changed(state, { resourceGroupName: unknownValue }),
            propertyDependencies: { resourceGroupName: ["urn:g"] },
          },
          { ...changed(lock, { scope: unknownValue }), propertyDependencies: { scope: ["urn:g"] } },
        ],
      ],
      "a scope of which nobody knows what it hangs on": [[state, changed(lock, { scope: unknownValue })]],
      "a scope that hangs on the account": [
        [
          { ...state, propertyDependencies: { resourceGroupName: ["urn:g"] } },
          { ...changed(lock, { scope: unknownValue }), propertyDependencies: { scope: [state.urn] } },
        ],
      ],
      "a slash behind the group": [[state, changed(lock, { scope: `${group}/` })]],
      "a lock of a group whose name Azure makes up": [[changed(state, { resourceGroupName: undefined }), lock]],
      "a lock of a group that is not known yet": [[state, changed(groupLock, { resourceGroupName: unknownValue })]],
      "a lock of the group of the account that is not known yet": [
        [changed(state, { resourceGroupName: unknownValue }), groupLock],
      ],
      "a scope that hangs on the group among others": [
        [
          { ...state, propertyDependencies: { resourceGroupName: ["urn:g", "urn:more"] } },
          { ...changed(lock, { scope: unknownValue }), propertyDependencies: { scope: ["urn:other", "urn:g"] } },
        ],
      ],
      "a scope that hangs on something, of an account of a known group": [
        [state, { ...changed(lock, { scope: unknownValue }), propertyDependencies: { scope: ["urn:g"] } }],
      ],
    },
    broken: {
      "a lock of another group": [
        [state, changed(lock, { scope: "/subscriptions/s/resourceGroups/rg-other" })],
        unlocked,
      ],
      "a lock of the whole subscription, which somebody takes away for something else": [
        [state, changed(lock, { scope: "/subscriptions/s" })],
        unlocked,
      ],
      "a lock on another account of the group": [
        [state, changed(lock, { scope: `${group}/providers/Microsoft.Storage/storageAccounts/stother` })],
        unlocked,
      ],
      "a lock on a vault of the group": [
        [state, changed(lock, { scope: `${group}/providers/Microsoft.KeyVault/vaults/ststate` })],
        unlocked,
      ],
      "a lock of another group, in the other type": [
        [state, changed(groupLock, { resourceGroupName: "rg-other" })],
        unlocked,
      ],
      "a lock that keeps nothing": [[state, changed(lock, { level: "NotSpecified" })], unlocked],
      "a lock that hangs on another group": [
        [
          { ...state, propertyDependencies: { resourceGroupName: ["urn:g"] } },
          { ...changed(lock, { scope: unknownValue }), propertyDependencies: { scope: ["urn:other"] } },
        ],
        unlocked,
      ],
      "a lock on what lies in the account": [
        [
          state,
          changed(lock, { scope: `${group}/providers/Microsoft.Storage/storageAccounts/ststate/blobServices/default` }),
        ],
        unlocked,
      ],
      "a lock without scope": [[state, changed(lock, { scope: undefined })], unlocked],
    },
    absent: { "the lock": [[state], unlocked] },
    unknown: { "the level": [[state, changed(lock, { level: unknownValue })], "?level"] },
    notApplicable,
  }),
];
