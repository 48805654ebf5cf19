import type { CapacityPoolArgs } from "@pulumi/azure-native/netapp/capacityPool";
import type { FileShareArgs } from "@pulumi/azure-native/storage/fileShare";
import { roles } from "../../../catalog/roles";
import { unknownValue } from "../../../core/property-marks";
import type { Subject } from "../../../policies/engine/rule";
import { amlfsMaintenanceWindow } from "../../../policies/rules/storage/amlfs-maintenance-window";
import { amlfsRootSquash } from "../../../policies/rules/storage/amlfs-root-squash";
import { anfProtocol } from "../../../policies/rules/storage/anf-protocol";
import { anfRootAccess } from "../../../policies/rules/storage/anf-root-access";
import { anfServiceLevel } from "../../../policies/rules/storage/anf-service-level";
import { anfSnapshots } from "../../../policies/rules/storage/anf-snapshots";
import { stGrsHasPair } from "../../../policies/rules/storage/st-grs-has-pair";
import { stNfsShape } from "../../../policies/rules/storage/st-nfs-shape";
import { stNoCrossTenant } from "../../../policies/rules/storage/st-no-cross-tenant";
import { stNoLocalUsers } from "../../../policies/rules/storage/st-no-local-users";
import { stRecoverable } from "../../../policies/rules/storage/st-recoverable";
import { stStateAccountHard } from "../../../policies/rules/storage/st-state-account-hard";
import { account, blobService, lustre, roleAssignment, subnet, volume } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";

const other = subnet("nodes", "10.64.0.0/20");
const notApplicable = { "another type": [[other]] } as const;
const named = changed(account, { accountName: "stdata" });
const stateAccount: Subject = { ...changed(named, { "tags.purpose": "pulumi-state" }), options: { protect: true } };
const checkpoints = changed(named, { "tags.purpose": "checkpoints" });
const flat = changed(checkpoints, { isHnsEnabled: undefined });
const stateScope = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/stdata";
/** A grant to read and write blobs. */
function grant(scope: string): Subject {
  return changed(roleAssignment, {
    scope,
    roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${roles["Storage Blob Data Contributor"].id}`,
  });
}
const share = resource("azure-native:storage:FileShare", {
  accountName: "stdata",
  resourceGroupName: "g",
  enabledProtocols: "NFS",
  rootSquash: "RootSquash",
} satisfies FileShareArgs);
const squashed = changed(lustre, {
  rootSquashSettings: {
    mode: "RootOnly",
    squashUID: 1000,
    squashGID: 1000,
    noSquashNidLists: "10.64.0.4@tcp;10.64.0.[5-9]@tcp",
  },
});
const closedVolume = changed(volume, {
  "exportPolicy.rules[0].hasRootAccess": false,
  "exportPolicy.rules[0].nfsv3": true,
  "exportPolicy.rules[0].nfsv41": false,
  protocolTypes: ["NFSv3"],
  dataProtection: { snapshot: { snapshotPolicyId: "/subscriptions/s/policy" } },
});
const capacityPool = resource("azure-native:netapp:CapacityPool", {
  accountName: "a",
  resourceGroupName: "g",
  serviceLevel: "Premium",
  size: 2 ** 40,
} satisfies CapacityPoolArgs);
const [services, versions] = [
  "accountName is an account without BlobServiceProperties; must have them",
  "isVersioningEnabled",
];

/** Rules about what stores keep, and from whom. */
export const storeSettingTables: readonly RuleCases[] = [
  table(stNoCrossTenant, account, {
    broken: {
      "another tenant": [
        { allowCrossTenantReplication: true },
        "allowCrossTenantReplication is true; must not be true",
      ],
    },
    absent: { "the word": [{ allowCrossTenantReplication: undefined }] },
    unknown: { "the word": [{ allowCrossTenantReplication: unknownValue }, "?allowCrossTenantReplication"] },
    notApplicable,
  }),
  table(stNoLocalUsers, account, {
    broken: {
      users: [{ isLocalUserEnabled: true }, "isLocalUserEnabled is true; must not be true"],
      SFTP: [{ isSftpEnabled: true }, "isSftpEnabled is true; must not be true"],
    },
    absent: { "both words": [{ isLocalUserEnabled: undefined, isSftpEnabled: undefined }] },
    unknown: { users: [{ isLocalUserEnabled: unknownValue }, "?isLocalUserEnabled"] },
    notApplicable,
  }),
  table(stGrsHasPair, changed(account, { location: "qatarcentral", "sku.name": "Standard_ZRS" }), {
    compliant: {
      "a region with a pair": [{ location: "eastus", "sku.name": "Standard_GRS" }],
      "one that is always in one region": [{ "sku.name": "Premium_LRS" }],
      "a region that nobody knows": [{ location: "moonbase", "sku.name": "Standard_GRS" }],
    },
    broken: {
      "a copy that has nowhere to go": [
        { "sku.name": "Standard_GRS" },
        'sku.name is "Standard_GRS"; must not copy to a second region: qatarcentral has no pair',
      ],
      "one that is read there": [
        { "sku.name": "Standard_RAGZRS" },
        'sku.name is "Standard_RAGZRS"; must not copy to a second region: qatarcentral has no pair',
      ],
      "one that is read there, in one zone": [
        { "sku.name": "Standard_RAGRS" },
        'sku.name is "Standard_RAGRS"; must not copy to a second region: qatarcentral has no pair',
      ],
      "one in zones": [
        { "sku.name": "Standard_GZRS" },
        'sku.name is "Standard_GZRS"; must not copy to a second region: qatarcentral has no pair',
      ],
      "one of the second version": [
        { "sku.name": "StandardV2_GZRS" },
        'sku.name is "StandardV2_GZRS"; must not copy to a second region: qatarcentral has no pair',
      ],
    },
    absent: {
      "the region": [{ location: undefined, "sku.name": "Standard_GRS" }],
      "the kind": [{ "sku.name": undefined }],
    },
    unknown: { "the kind": [{ "sku.name": unknownValue }, "?sku.name"] },
    notApplicable,
  }),
  table(stRecoverable, [named, blobService], {
    compliant: {
      "an account of file shares": [[changed(named, { kind: "FileStorage" })]],
      "checkpoints in an account with a hierarchical namespace, which has no versions": [
        [checkpoints, changed(blobService, { [versions]: false })].map((it, at) =>
          at === 0 ? changed(it, { isHnsEnabled: true }) : it,
        ),
      ],
      "checkpoints with earlier versions": [[flat, changed(blobService, { [versions]: true })]],
      "an account whose name Azure makes up": [[changed(named, { accountName: undefined }), blobService]],
      "properties of an account whose name is not known yet": [
        [named, changed(blobService, { accountName: unknownValue })],
      ],
      "versions, whatever it is for": [
        [changed(flat, { "tags.purpose": unknownValue }), changed(blobService, { [versions]: true })],
      ],
      "something that can be made again": [
        [changed(flat, { "tags.purpose": "datasets" }), changed(blobService, { [versions]: false })],
      ],
    },
    broken: {
      "checkpoints that are written over": [
        [flat, changed(blobService, { [versions]: false })],
        "isVersioningEnabled is false; must be true",
      ],
      "blobs that are gone at once": [
        [named, changed(blobService, { "deleteRetentionPolicy.enabled": false })],
        "deleteRetentionPolicy.enabled is false; must be true",
      ],
      "properties of another account": [[named, changed(blobService, { accountName: "stother" })], services],
      "weights that are written over": [
        [changed(flat, { "tags.purpose": "weights" }), changed(blobService, { [versions]: false })],
        "isVersioningEnabled is false; must be true",
      ],
      "state that is written over": [
        [changed(flat, { "tags.purpose": "pulumi-state" }), changed(blobService, { [versions]: undefined })],
        "isVersioningEnabled is absent; must be true",
      ],
      "properties of one of two accounts, and nobody knows which": [
        [
          named,
          { ...changed(named, { accountName: "stother" }), urn: "urn:other" },
          changed(blobService, { accountName: unknownValue }),
        ],
        services,
        services,
      ],
      "one of two accounts": [
        [named, { ...changed(named, { accountName: "stother" }), urn: "urn:other" }, blobService],
        services,
      ],
    },
    absent: {
      "the properties": [[named], services],
      "the containers": [
        [named, changed(blobService, { containerDeleteRetentionPolicy: undefined })],
        "containerDeleteRetentionPolicy.enabled is absent; must be true",
      ],
      "the account of the properties": [[named, changed(blobService, { accountName: undefined })], services],
      "both names": [
        [changed(named, { accountName: undefined }), changed(blobService, { accountName: undefined })],
        services,
      ],
    },
    unknown: {
      "the policy": [[named, changed(blobService, { deleteRetentionPolicy: unknownValue })], "?deleteRetentionPolicy"],
      "what it is for": [
        [changed(flat, { "tags.purpose": unknownValue }), changed(blobService, { [versions]: false })],
        "?isVersioningEnabled",
      ],
      "whether it has folders": [
        [changed(flat, { isHnsEnabled: unknownValue }), changed(blobService, { [versions]: false })],
        "?isVersioningEnabled",
      ],
    },
    notApplicable,
  }),
  table(stStateAccountHard, [stateAccount, blobService], {
    compliant: {
      "an account of something else": [[changed(named, { allowSharedKeyAccess: true })]],
      "a grant on one container": [
        [stateAccount, blobService, grant(`${stateScope}/blobServices/default/containers/dev`)],
      ],
      "a grant on another account": [[stateAccount, blobService, grant(stateScope.replace("stdata", "stother"))]],
      "a right that reads no blob": [
        [
          stateAccount,
          blobService,
          changed(grant(stateScope), { roleDefinitionId: "/r/acdd72a7-3385-48ef-bd42-f606fba81ae7" }),
        ],
      ],
      "a grant on a place that comes of something else": [
        [
          stateAccount,
          blobService,
          { ...changed(grant(""), { scope: unknownValue }), propertyDependencies: { scope: ["urn:other"] } },
        ],
      ],
      "a grant on a place of which nobody knows what it comes of": [
        [stateAccount, blobService, changed(grant(""), { scope: unknownValue })],
      ],
      "a grant whose scope comes of nothing": [
        [stateAccount, blobService, { ...changed(grant(""), { scope: unknownValue }), propertyDependencies: {} }],
      ],
      "a grant without scope, which Azure refuses": [
        [stateAccount, blobService, changed(grant(""), { scope: undefined })],
      ],
      "a grant beside an account whose name Azure makes up": [
        [changed(stateAccount, { accountName: undefined }), blobService, grant(stateScope)],
      ],
      "a grant beside an account whose name is not known yet": [
        [changed(stateAccount, { accountName: unknownValue }), blobService, grant(stateScope)],
      ],
      "a grant on the group": [[stateAccount, blobService, grant("/subscriptions/s/resourceGroups/stdata")]],
      "properties of an account whose name is not known yet": [
        [stateAccount, changed(blobService, { accountName: unknownValue })],
      ],
    },
    broken: {
      "a grant on all containers": [
        [stateAccount, blobService, grant(stateScope)],
        `scope is "${stateScope}"; must be a container of the account`,
      ],
      "a grant on the service of blobs": [
        [stateAccount, blobService, grant(`${stateScope}/blobServices/default`)],
        `scope is "${stateScope}/blobServices/default"; must be a container of the account`,
      ],
      "no protection": [[{ ...stateAccount, options: {} }, blobService], "opts.protect is false; must be true"],
      keys: [{ allowSharedKeyAccess: true }, "allowSharedKeyAccess is true; must be false"],
      "anonymous readers": [{ allowBlobPublicAccess: true }, "allowBlobPublicAccess is true; must be false"],
      "no earlier versions": [
        [stateAccount, changed(blobService, { [versions]: false })],
        "isVersioningEnabled is false; must be true",
      ],
      "a grant on all containers, in another letter case and with a slash behind it": [
        [stateAccount, blobService, grant(`${stateScope.toUpperCase()}/`)],
        `scope is "${stateScope.toUpperCase()}/"; must be a container of the account`,
      ],
      "a grant of a role in another letter case": [
        [
          stateAccount,
          blobService,
          changed(grant(stateScope), { roleDefinitionId: `/R/${roles["Storage Blob Data Reader"].id.toUpperCase()}` }),
        ],
        `scope is "${stateScope}"; must be a container of the account`,
      ],
      "blobs and containers that are gone at once": [
        [
          stateAccount,
          changed(blobService, {
            "deleteRetentionPolicy.enabled": false,
            "containerDeleteRetentionPolicy.enabled": false,
          }),
        ],
        "deleteRetentionPolicy.enabled is false; must be true",
        "containerDeleteRetentionPolicy.enabled is false; must be true",
      ],
      "properties of another account": [
        [stateAccount, changed(blobService, { accountName: "stother", [versions]: false })],
        services,
      ],
    },
    absent: {
      "the properties": [[stateAccount], services],
      "the role, which Azure refuses": [
        [stateAccount, blobService, changed(grant(stateScope), { roleDefinitionId: undefined })],
        `scope is "${stateScope}"; must be a container of the account`,
      ],
    },
    unknown: {
      "the versions": [[stateAccount, changed(blobService, { [versions]: unknownValue })], "?isVersioningEnabled"],
      "the role on all containers": [
        [stateAccount, blobService, changed(grant(stateScope), { roleDefinitionId: unknownValue })],
        "?roleDefinitionId",
      ],
      "a place that comes of the account": [
        [
          stateAccount,
          blobService,
          { ...changed(grant(""), { scope: unknownValue }), propertyDependencies: { scope: [stateAccount.urn] } },
        ],
        "?scope",
      ],
    },
    notApplicable,
  }),
  table(stNfsShape, share, {
    compliant: {
      "a share of SMB": [{ enabledProtocols: "SMB", rootSquash: undefined }],
      "everybody squashed": [{ rootSquash: "AllSquash" }],
    },
    broken: {
      "root stays root": [
        { rootSquash: "NoRootSquash" },
        'rootSquash is "NoRootSquash"; must be RootSquash or AllSquash on an NFS share',
      ],
    },
    absent: {
      "the word": [{ rootSquash: undefined }, "rootSquash is absent; must be RootSquash or AllSquash on an NFS share"],
    },
    unknown: { "the word": [{ rootSquash: unknownValue }, "?rootSquash"] },
    notApplicable,
  }),
  table(amlfsRootSquash, squashed, {
    compliant: {
      "said to be none": [{ rootSquashSettings: { mode: "None" } }],
      "nobody is trusted": [{ "rootSquashSettings.noSquashNidLists": undefined }],
      "all users squashed, to the highest number": [
        { "rootSquashSettings.mode": "All", "rootSquashSettings.squashUID": 2 ** 32 - 1 },
      ],
      "trust in one machine written as a range, with spaces and an end": [
        { "rootSquashSettings.noSquashNidLists": "100.64.0.[255]@tcp0; 10.64.0.[100-255] ;" },
      ],
      "trust in no machine of a network": [{ "rootSquashSettings.noSquashNidLists": "@tcp" }],
      "trust in machine 14": [{ "rootSquashSettings.noSquashNidLists": "10.64.0.14@tcp" }],
    },
    broken: {
      "squashed to root": [{ "rootSquashSettings.squashUID": 0 }, "rootSquashSettings.squashUID is 0; must be above 0"],
      "everybody is trusted": [
        { "rootSquashSettings.noSquashNidLists": "10.64.0.4@tcp;*@tcp" },
        'rootSquashSettings.noSquashNidLists is "10.64.0.4@tcp;*@tcp"; must name machines, and no range of a whole network',
      ],
      "a network is trusted": [
        { "rootSquashSettings.noSquashNidLists": "10.64.[0-255].[0-255]@tcp" },
        'rootSquashSettings.noSquashNidLists is "10.64.[0-255].[0-255]@tcp"; must name machines, and no range of a whole network',
      ],
      "a mode that does not exist": [
        { "rootSquashSettings.mode": "Some" },
        'rootSquashSettings.mode is "Some"; must be RootOnly, All or None',
      ],
      "a group that is root's": [
        { "rootSquashSettings.squashGID": 0 },
        "rootSquashSettings.squashGID is 0; must be above 0",
      ],
      "a number that no user has": [
        { "rootSquashSettings.squashUID": 2 ** 32 },
        "rootSquashSettings.squashUID is 4294967296; must be above 0",
      ],
      "trust in x10.64.0.4@tcp": [
        { "rootSquashSettings.noSquashNidLists": "x10.64.0.4@tcp" },
        'rootSquashSettings.noSquashNidLists is "x10.64.0.4@tcp"; must name machines, and no range of a whole network',
      ],
      "trust in 10.64.0.4/8@tcp": [
        { "rootSquashSettings.noSquashNidLists": "10.64.0.4/8@tcp" },
        'rootSquashSettings.noSquashNidLists is "10.64.0.4/8@tcp"; must name machines, and no range of a whole network',
      ],
      "trust in 10.64.0.[4-9].0@tcp": [
        { "rootSquashSettings.noSquashNidLists": "10.64.0.[4-9].0@tcp" },
        'rootSquashSettings.noSquashNidLists is "10.64.0.[4-9].0@tcp"; must name machines, and no range of a whole network',
      ],
      "trust in 1000.64.0.4@tcp": [
        { "rootSquashSettings.noSquashNidLists": "1000.64.0.4@tcp" },
        'rootSquashSettings.noSquashNidLists is "1000.64.0.4@tcp"; must name machines, and no range of a whole network',
      ],
      "trust in 10.64.4@tcp": [
        { "rootSquashSettings.noSquashNidLists": "10.64.4@tcp" },
        'rootSquashSettings.noSquashNidLists is "10.64.4@tcp"; must name machines, and no range of a whole network',
      ],
    },
    absent: {
      "the settings": [
        { rootSquashSettings: undefined },
        "rootSquashSettings.mode is absent; must be RootOnly, All or None",
      ],
    },
    unknown: {
      "the mode": [{ "rootSquashSettings.mode": unknownValue }, "?rootSquashSettings.mode"],
      "the mode, which may be none": [
        { rootSquashSettings: { mode: unknownValue, squashUID: 0 } },
        "?rootSquashSettings.mode",
      ],
    },
    notApplicable,
  }),
  table(amlfsMaintenanceWindow, lustre, {
    compliant: {
      "the first minute": [{ "maintenanceWindow.timeOfDayUTC": "00:00" }],
      "the last minute": [{ "maintenanceWindow.timeOfDayUTC": "23:59" }],
      "in the morning": [{ "maintenanceWindow.timeOfDayUTC": "19:05" }],
    },
    broken: {
      "no day": [
        { "maintenanceWindow.dayOfWeek": "Someday" },
        'maintenanceWindow.dayOfWeek is "Someday"; must be one of Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday',
      ],
      "no time": [
        { "maintenanceWindow.timeOfDayUTC": "24:00" },
        'maintenanceWindow.timeOfDayUTC is "24:00"; must be HH:MM',
      ],
      "the time 022:00": [
        { "maintenanceWindow.timeOfDayUTC": "022:00" },
        'maintenanceWindow.timeOfDayUTC is "022:00"; must be HH:MM',
      ],
      "the time 22:000": [
        { "maintenanceWindow.timeOfDayUTC": "22:000" },
        'maintenanceWindow.timeOfDayUTC is "22:000"; must be HH:MM',
      ],
      "the time 22:60": [
        { "maintenanceWindow.timeOfDayUTC": "22:60" },
        'maintenanceWindow.timeOfDayUTC is "22:60"; must be HH:MM',
      ],
      "the time 9:00": [
        { "maintenanceWindow.timeOfDayUTC": "9:00" },
        'maintenanceWindow.timeOfDayUTC is "9:00"; must be HH:MM',
      ],
    },
    absent: {
      "the time": [
        { "maintenanceWindow.timeOfDayUTC": undefined },
        "maintenanceWindow.timeOfDayUTC is absent; must be HH:MM",
      ],
    },
    unknown: { "the day": [{ "maintenanceWindow.dayOfWeek": unknownValue }, "?maintenanceWindow.dayOfWeek"] },
    notApplicable,
  }),
  table(anfRootAccess, closedVolume, {
    broken: {
      "root stays root": [
        { "exportPolicy.rules[0].hasRootAccess": true },
        "exportPolicy.rules[0].hasRootAccess is true; must be false",
      ],
    },
    absent: {
      "the word, which is true for Azure": [
        { "exportPolicy.rules[0].hasRootAccess": undefined },
        "exportPolicy.rules[0].hasRootAccess is absent; must be false",
      ],
    },
    unknown: {
      "the word": [{ "exportPolicy.rules[0].hasRootAccess": unknownValue }, "?exportPolicy.rules[0].hasRootAccess"],
    },
    notApplicable,
  }),
  table(
    anfServiceLevel,
    capacityPool,
    {
      broken: {
        "the dearest": [
          { serviceLevel: "Ultra" },
          'serviceLevel is "Ultra"; must be one of Standard, Premium, Flexible',
        ],
      },
      absent: {
        "the level": [
          { serviceLevel: undefined },
          "serviceLevel is absent; must be one of Standard, Premium, Flexible",
        ],
      },
      unknown: { "the level": [{ serviceLevel: unknownValue }, "?serviceLevel"] },
      notApplicable,
    },
    { environment: "staging" },
  ),
  table(anfServiceLevel, capacityPool, {
    compliant: { "the dearest, in production": [{ serviceLevel: "Ultra" }] },
    broken: {
      "a level that does not exist": [
        { serviceLevel: "Basic" },
        'serviceLevel is "Basic"; must be one of Standard, Premium, Flexible, Ultra',
      ],
    },
    absent: {},
    unknown: {},
    notApplicable,
  }),
  table(anfSnapshots, closedVolume, {
    compliant: {
      "nothing worth keeping": [{ dataProtection: undefined, "tags.purpose": "scratch" }],
      "a policy that is not there yet": [{ "dataProtection.snapshot.snapshotPolicyId": unknownValue }],
    },
    broken: {
      "an empty policy": [
        { "dataProtection.snapshot.snapshotPolicyId": "" },
        'dataProtection.snapshot.snapshotPolicyId is ""; must name a snapshot policy',
      ],
    },
    absent: {
      "the policy": [
        { dataProtection: undefined },
        "dataProtection.snapshot.snapshotPolicyId is absent; must name a snapshot policy",
      ],
    },
    unknown: { "all of it is wiring": [{ dataProtection: unknownValue }] },
    notApplicable,
  }),
  table(anfProtocol, closedVolume, {
    compliant: {
      "a volume of NFS 4.1": [
        {
          protocolTypes: ["NFSv4.1"],
          "exportPolicy.rules[0].nfsv3": false,
          "exportPolicy.rules[0].nfsv41": true,
        },
      ],
    },
    broken: {
      "a rule for a protocol that the volume lacks": [
        { "exportPolicy.rules[0].nfsv41": true },
        "exportPolicy.rules[0].nfsv41 is true; must not be true: protocolTypes lacks NFSv4.1",
      ],
      "a rule without that of the volume": [
        { "exportPolicy.rules[0].nfsv3": false },
        "exportPolicy.rules[0].nfsv3 is false; must not be false: protocolTypes has NFSv3",
      ],
      "a volume of NFS 4.1 with a rule of NFS 3 alone": [
        { protocolTypes: ["NFSv4.1"] },
        "exportPolicy.rules[0].nfsv3 is true; must not be true: protocolTypes lacks NFSv3",
        "exportPolicy.rules[0].nfsv41 is false; must not be false: protocolTypes has NFSv4.1",
      ],
    },
    absent: {
      "the protocols, which are NFS 3 for Azure": [{ protocolTypes: undefined }],
      "the protocols, beside a rule of NFS 4.1": [
        { protocolTypes: undefined, "exportPolicy.rules[0].nfsv41": true },
        "exportPolicy.rules[0].nfsv41 is true; must not be true: protocolTypes lacks NFSv4.1",
      ],
      "the words of the rule": [
        { "exportPolicy.rules[0].nfsv3": undefined, "exportPolicy.rules[0].nfsv41": undefined },
      ],
    },
    unknown: { "the protocols": [{ protocolTypes: unknownValue }, "?protocolTypes"] },
    notApplicable,
  }),
];
