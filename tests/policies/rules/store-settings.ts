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
    compliant: { "a region with a pair": [{ location: "eastus", "sku.name": "Standard_GRS" }] },
    broken: {
      "a copy that has nowhere to go": [
        { "sku.name": "Standard_GRS" },
        'sku.name is "Standard_GRS"; must not copy to a second region: qatarcentral has no pair',
      ],
      "one that is read there": [
        { "sku.name": "Standard_RAGZRS" },
        'sku.name is "Standard_RAGZRS"; must not copy to a second region: qatarcentral has no pair',
      ],
    },
    absent: { "the region": [{ location: undefined, "sku.name": "Standard_GRS" }] },
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
    },
    absent: {
      "the properties": [[named], services],
      "the containers": [
        [named, changed(blobService, { containerDeleteRetentionPolicy: undefined })],
        "containerDeleteRetentionPolicy.enabled is absent; must be true",
      ],
    },
    unknown: {
      "the policy": [[named, changed(blobService, { deleteRetentionPolicy: unknownValue })], "?deleteRetentionPolicy"],
      "what it is for": [
        [changed(flat, { "tags.purpose": unknownValue }), changed(blobService, { [versions]: false })],
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
    },
    absent: { "the properties": [[stateAccount], services] },
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
    compliant: { "a share of SMB": [{ enabledProtocols: "SMB", rootSquash: undefined }] },
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
    },
    absent: {
      "the settings": [
        { rootSquashSettings: undefined },
        "rootSquashSettings.mode is absent; must be RootOnly, All or None",
      ],
    },
    unknown: { "the mode": [{ "rootSquashSettings.mode": unknownValue }, "?rootSquashSettings.mode"] },
    notApplicable,
  }),
  table(amlfsMaintenanceWindow, lustre, {
    broken: {
      "no day": [
        { "maintenanceWindow.dayOfWeek": "Someday" },
        'maintenanceWindow.dayOfWeek is "Someday"; must be one of Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday',
      ],
      "no time": [
        { "maintenanceWindow.timeOfDayUTC": "24:00" },
        'maintenanceWindow.timeOfDayUTC is "24:00"; must be HH:MM',
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
    broken: {
      "a rule for a protocol that the volume lacks": [
        { "exportPolicy.rules[0].nfsv41": true },
        "exportPolicy.rules[0].nfsv41 is true; must not be true: protocolTypes lacks NFSv4.1",
      ],
      "a rule without that of the volume": [
        { "exportPolicy.rules[0].nfsv3": false },
        "exportPolicy.rules[0].nfsv3 is false; must not be false: protocolTypes has NFSv3",
      ],
    },
    absent: { "the protocols, which are NFS 3 for Azure": [{ protocolTypes: undefined }] },
    unknown: { "the protocols": [{ protocolTypes: unknownValue }, "?protocolTypes"] },
    notApplicable,
  }),
];
