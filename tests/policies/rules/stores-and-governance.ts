import type { RoleDefinitionArgs } from "@pulumi/azure-native/authorization/roleDefinition";
import type { WorkflowArgs } from "@pulumi/azure-native/logic/workflow";
import type { CapacityPoolArgs } from "@pulumi/azure-native/netapp/capacityPool";
import type { WorkspaceArgs } from "@pulumi/azure-native/operationalinsights/workspace";
import type { ResourceGroupArgs } from "@pulumi/azure-native/resources/resourceGroup";
import type { FileShareArgs } from "@pulumi/azure-native/storage/fileShare";
import { roles } from "../../../catalog/roles";
import { unknownValue } from "../../../core/property-marks";
import type { Subject } from "../../../policies/engine/rule";
import { types } from "../../../policies/engine/types";
import { finMaxGpus } from "../../../policies/rules/cost/fin-max-gpus";
import { finMaxHourlyCost } from "../../../policies/rules/cost/fin-max-hourly-cost";
import { finTtlDev } from "../../../policies/rules/cost/fin-ttl-dev";
import { govAllowedRegions } from "../../../policies/rules/cost/gov-allowed-regions";
import { govNoPreviewApi } from "../../../policies/rules/cost/gov-no-preview-api";
import { acrPremiumProd } from "../../../policies/rules/identity/acr-premium-prod";
import { lawRetentionAndCap } from "../../../policies/rules/identity/law-retention-and-cap";
import { logicTriggerClosed } from "../../../policies/rules/identity/logic-trigger-closed";
import { noSpSecrets } from "../../../policies/rules/identity/no-sp-secrets";
import { roleNoCustomWildcard } from "../../../policies/rules/identity/role-no-custom-wildcard";
import { metaAllowedTypes } from "../../../policies/rules/meta/meta-allowed-types";
import { metaEnvMatches } from "../../../policies/rules/meta/meta-env-matches";
import { metaIgnorechangesAllowlist } from "../../../policies/rules/meta/meta-ignorechanges-allowlist";
import { metaNoEscapeHatch } from "../../../policies/rules/meta/meta-no-escape-hatch";
import { metaProtectStateful } from "../../../policies/rules/meta/meta-protect-stateful";
import { metaSubscriptionPinned } from "../../../policies/rules/meta/meta-subscription-pinned";
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
import {
  account,
  blobService,
  lustre,
  nodePool,
  registry,
  roleAssignment,
  scaleSet,
  subnet,
  volume,
} from "../fixtures";
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

const roleDefinition = resource("azure-native:authorization:RoleDefinition", {
  scope: "/subscriptions/s",
  permissions: [{ actions: ["Microsoft.Compute/virtualMachines/read"], dataActions: [] }],
} satisfies RoleDefinitionArgs);
const workspace = resource("azure-native:operationalinsights:Workspace", {
  resourceGroupName: "g",
  retentionInDays: 90,
  features: { disableLocalAuth: true },
  workspaceCapping: { dailyQuotaGb: 10 },
} satisfies WorkspaceArgs);
const workflow = resource("azure-native:logic:Workflow", {
  resourceGroupName: "g",
  definition: { triggers: { manual: { type: "Request", kind: "Http" } } },
  accessControl: { triggers: { allowedCallerIpAddresses: [{ addressRange: "10.64.0.0/16" }] } },
} satisfies WorkflowArgs);
const group = resource("azure-native:resources:ResourceGroup", {
  location: "eastus",
  tags: {},
} satisfies ResourceGroupArgs);
const provider = resource("pulumi:providers:azure-native", { subscriptionId: "11111111-1111-4111-8111-111111111111" });
const callers = "accessControl.triggers.allowedCallerIpAddresses";
const [services, versions] = [
  "accountName is an account without BlobServiceProperties; must have them",
  "isVersioningEnabled",
];
const ignoring = (it: Subject, ...ignoreChanges: string[]): Subject => ({ ...it, options: { ignoreChanges } });
const day = { environment: "dev", settings: { maxTtlDays: 14 } } as const;

/** Rules about stores, who may do what, cost and the program itself. */
export const governanceTables: readonly RuleCases[] = [
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
  table(roleNoCustomWildcard, roleDefinition, {
    compliant: {
      "all of one kind of resource": [
        { "permissions[0].actions": ["Microsoft.Compute/virtualMachines/*", "Microsoft.Authorization/*/read"] },
      ],
    },
    broken: {
      everything: [
        { "permissions[0].actions": ["*"] },
        'permissions[0].actions[0] is "*"; must be neither * nor a write of Microsoft.Authorization',
      ],
      "every write": [
        { "permissions[0].actions": ["*/write"] },
        'permissions[0].actions[0] is "*/write"; must be neither * nor a write of Microsoft.Authorization',
      ],
      "roles for others": [
        { "permissions[0].actions": ["microsoft.authorization/roleAssignments/write"] },
        'permissions[0].actions[0] is "microsoft.authorization/roleAssignments/write"; must be neither * nor a write of Microsoft.Authorization',
      ],
      "all data": [
        { "permissions[0].dataActions": ["*"] },
        'permissions[0].dataActions[0] is "*"; must be neither * nor a write of Microsoft.Authorization',
      ],
    },
    absent: { "the permissions": [{ permissions: undefined }] },
    unknown: { "an action": [{ "permissions[0].actions[0]": unknownValue }, "?permissions[0].actions[0]"] },
    notApplicable,
  }),
  table(noSpSecrets, other, {
    broken: {
      "of an application": [
        [resource("azuread:index/applicationPassword:ApplicationPassword", {})],
        'type is "azuread:index/applicationPassword:ApplicationPassword"; must not be a password of an application',
      ],
      "of a service principal": [
        [resource("azuread:index/servicePrincipalPassword:ServicePrincipalPassword", {})],
        'type is "azuread:index/servicePrincipalPassword:ServicePrincipalPassword"; must not be a password of an application',
      ],
    },
    absent: { "all properties": [[resource("azuread:index/application:Application", {})]] },
    unknown: { "a property": [[resource("azuread:index/application:Application", { displayName: unknownValue })]] },
    notApplicable,
  }),
  table(acrPremiumProd, changed(registry, { zoneRedundancy: "Enabled" }), {
    broken: { "a lower tier": [{ "sku.name": "Standard" }, 'sku.name is "Standard"; must be Premium'] },
    absent: { "the zones": [{ zoneRedundancy: undefined }, "zoneRedundancy is absent; must be Enabled"] },
    unknown: { "the zones": [{ zoneRedundancy: unknownValue }, "?zoneRedundancy"] },
    notApplicable,
  }),
  table(
    lawRetentionAndCap,
    workspace,
    {
      broken: {
        keys: [{ "features.disableLocalAuth": false }, "features.disableLocalAuth is false; must be true"],
        "logs for a week": [{ retentionInDays: 7 }, "retentionInDays is 7; must be days from 30 to 730"],
      },
      absent: {
        "the cap, in dev": [
          { workspaceCapping: undefined },
          "workspaceCapping.dailyQuotaGb is absent; must be set in dev",
        ],
      },
      unknown: { "the days": [{ retentionInDays: unknownValue }, "?retentionInDays"] },
      notApplicable,
    },
    { environment: "dev" },
  ),
  table(logicTriggerClosed, workflow, {
    compliant: {
      "by the clock": [{ "definition.triggers": { hourly: { type: "Recurrence" } }, accessControl: undefined }],
      "callers of Entra ID": [
        { "accessControl.triggers": { openAuthenticationPolicies: { policies: { ours: { type: "AAD" } } } } },
      ],
    },
    broken: {
      "all addresses": [
        { [callers]: [{ addressRange: "0.0.0.0/0" }] },
        `${callers}[0].addressRange is "0.0.0.0/0"; must not be all addresses`,
      ],
      "no addresses": [
        { [callers]: [] },
        `${callers} is absent; must name callers, or openAuthenticationPolicies must`,
      ],
    },
    absent: {
      "who may call": [
        { accessControl: undefined },
        `${callers} is absent; must name callers, or openAuthenticationPolicies must`,
      ],
    },
    unknown: {
      "the definition": [{ definition: unknownValue }, "?definition"],
      "who may call": [{ [callers]: unknownValue }, `?${callers}`],
    },
    notApplicable,
  }),
  table(
    finMaxGpus,
    [scaleSet, nodePool],
    {
      broken: {
        "one node too many": [{ "sku.capacity": 17 }, "the GPUs of all full pools is 392; must be at most 384"],
        "a machine of its own": [
          [
            scaleSet,
            nodePool,
            resource(types.virtualMachine, { hardwareProfile: { vmSize: "Standard_NC40ads_H100_v5" } }),
          ],
          "the GPUs of all full pools is 385; must be at most 384",
        ],
        "nodes that an upgrade brings": [
          [scaleSet, changed(nodePool, { "upgradeSettings.maxSurge": "2" })],
          "the GPUs of all full pools is 400; must be at most 384",
        ],
        "a part of a pool that an upgrade brings, as AKS does where nothing is said": [
          [scaleSet, changed(nodePool, { upgradeSettings: undefined })],
          "the GPUs of all full pools is 416; must be at most 384",
        ],
        "a size whose GPUs nobody knows": [
          [scaleSet, changed(nodePool, { vmSize: "Standard_ND999_v9" })],
          'vmSize is "Standard_ND999_v9"; must be a size whose GPUs are known: of the catalogue, or declared by tags',
        ],
      },
      absent: { "the number of nodes": [{ "sku.capacity": undefined }] },
      unknown: {
        "the size": [{ "sku.name": unknownValue }, "?sku.name"],
        "the number of nodes": [{ "sku.capacity": unknownValue }, "?sku.capacity"],
        "the nodes of an upgrade": [
          [scaleSet, changed(nodePool, { "upgradeSettings.maxSurge": unknownValue })],
          "?upgradeSettings.maxSurge",
        ],
      },
      notApplicable,
    },
    { settings: { maxGpus: 384 } },
  ),
  table(
    finMaxHourlyCost,
    changed(scaleSet, { "sku.capacity": 1 }),
    {
      broken: {
        "one node more": [
          { "sku.capacity": 2 },
          "the full hour of the stack is 196.64 USD without what has no price here (managed disks); must be at most 100 USD",
        ],
      },
      absent: { "the number of nodes": [{ "sku.capacity": undefined }] },
      unknown: { "the number of nodes, which is not counted": [{ "sku.capacity": unknownValue }] },
      notApplicable,
    },
    { settings: { maxHourlyUsd: 100 } },
  ),
  table(
    finTtlDev,
    changed(group, { "tags.expiresOn": "2026-09-10" }),
    {
      broken: {
        "a day that is over": [
          { "tags.expiresOn": "2026-08-31" },
          'tags.expiresOn is "2026-08-31"; must be a day from 2026-09-01 to 2026-09-15',
        ],
        "a day far away": [
          { "tags.expiresOn": "2027-01-01" },
          'tags.expiresOn is "2027-01-01"; must be a day from 2026-09-01 to 2026-09-15',
        ],
        "no day": [
          { "tags.expiresOn": "soon" },
          'tags.expiresOn is "soon"; must be a day from 2026-09-01 to 2026-09-15',
        ],
      },
      absent: {
        "the tag": [{ tags: undefined }, "tags.expiresOn is absent; must be a day from 2026-09-01 to 2026-09-15"],
      },
      unknown: { "the tag": [{ "tags.expiresOn": unknownValue }, "?tags.expiresOn"] },
      notApplicable,
    },
    day,
  ),
  table(finTtlDev, group, {
    broken: {
      "an end of production": [
        { "tags.expiresOn": "2026-09-10" },
        'tags.expiresOn is "2026-09-10"; must be absent in prod',
      ],
    },
    absent: { "all tags": [{ tags: undefined }] },
    unknown: { "all tags": [{ tags: unknownValue }, "?tags"] },
    notApplicable,
  }),
  table(
    govAllowedRegions,
    changed(scaleSet, { location: "East US" }),
    {
      compliant: { "what has no region": [[changed(other, { location: "global" })]] },
      broken: {
        "another region": [{ location: "westus2" }, 'location is "westus2"; must be one of eastus'],
        "a zone that is not there": [{ zones: ["4"] }, 'zones[0] is "4"; must be a zone of eastus'],
      },
      absent: { "the region": [{ location: undefined }] },
      unknown: { "the region": [{ location: unknownValue }, "?location"] },
      notApplicable: { "another provider": [[resource("kubernetes:core/v1:Pod", {})]] },
    },
    { settings: { allowedRegions: ["eastus"] } },
  ),
  table(govNoPreviewApi, scaleSet, {
    broken: {
      "a preview of a package that was made for it": [
        [resource("azure-native_compute_v20260101preview:compute:VirtualMachineScaleSet", {})],
        'type is "azure-native_compute_v20260101preview:compute:VirtualMachineScaleSet"; must have a version that is no preview',
      ],
      "a preview": [
        [resource("azure-native:compute/v20260101preview:VirtualMachineScaleSet", {})],
        'type is "azure-native:compute/v20260101preview:VirtualMachineScaleSet"; must have a version that is no preview',
      ],
    },
    absent: { "the version": [[resource("azure-native:compute:Disk", {})]] },
    unknown: { "a property": [{ location: unknownValue }] },
    notApplicable: { "another provider": [[resource("kubernetes:core/v1:Pod", {})]] },
  }),
  table(metaAllowedTypes, scaleSet, {
    compliant: { "a component of the program": [[resource("azure-gpu-cluster:compute:GpuScaleSet", {})]] },
    broken: {
      "the older provider": [
        [resource("azure:compute/virtualMachine:VirtualMachine", {})],
        'type is "azure:compute/virtualMachine:VirtualMachine"; must be one of azure-native:*, kubernetes:*, pulumi:*, azure-gpu-cluster:*, azuread:*, random:*, tls:*, time:*, pulumi-nodejs:*, command:*',
      ],
    },
    absent: { "all properties": [[resource("azure-native:compute:Disk", {})]] },
    unknown: { "a property": [{ location: unknownValue }] },
    notApplicable: { "the stack itself": [[resource("pulumi:pulumi:Stack", {})]] },
  }),
  table(metaNoEscapeHatch, scaleSet, {
    broken: {
      "a template": [
        [resource("azure-native:resources/v20240301:Deployment", {})],
        'type is "azure-native:resources/v20240301:Deployment"; must not run a script or a template',
      ],
      "a script, of which nothing is shown": [
        [resource("command:local:Command", { create: "curl example.com" })],
        'type is "command:local:Command"; must not run a script or a template',
      ],
      "code of the program, under a name of its own": [
        [resource("pulumi-python:dynamic/site:Site", {})],
        'type is "pulumi-python:dynamic/site:Site"; must not run a script or a template',
      ],
      "a command on a machine": [
        [resource("azure-native:compute:VirtualMachineScaleSetVMRunCommand", {})],
        'type is "azure-native:compute:VirtualMachineScaleSetVMRunCommand"; must not run a script or a template',
      ],
    },
    absent: { "all properties": [[resource("azure-native:compute:Disk", {})]] },
    unknown: { "a property": [{ location: unknownValue }] },
    notApplicable: { "the stack itself": [[resource("pulumi:pulumi:Stack", {})]] },
  }),
  table(
    metaNoEscapeHatch,
    resource("command:local:Command", {}, "render"),
    {
      broken: {
        "another one": [
          [resource("command:local:Command", {}, "deploy")],
          'type is "command:local:Command"; must not run a script or a template',
        ],
      },
      absent: { "all properties": [{}] },
      unknown: { "a property": [{ create: unknownValue }] },
      notApplicable: { "the stack itself": [[resource("pulumi:pulumi:Stack", {})]] },
    },
    { settings: { allowedEscapes: ["render"] } },
  ),
  table(metaEnvMatches, changed(scaleSet, { "tags.environmentKind": "prod" }), {
    broken: {
      "another kind": [
        { "tags.environmentKind": "dev" },
        'tags.environmentKind is "dev"; must be "prod", as the name of stack prod says',
      ],
    },
    absent: { "the tag": [{ tags: undefined }] },
    unknown: { "the tags": [{ tags: unknownValue }, "?tags"] },
    notApplicable: { "another provider": [[resource("kubernetes:core/v1:Pod", {})]] },
  }),
  table(metaSubscriptionPinned, provider, {
    broken: { "an empty one": [{ subscriptionId: "" }, 'subscriptionId is ""; must be set'] },
    absent: { "the subscription": [{ subscriptionId: undefined }, "subscriptionId is absent; must be set"] },
    unknown: { "the subscription": [{ subscriptionId: unknownValue }, "?subscriptionId"] },
    notApplicable,
  }),
  table(
    metaSubscriptionPinned,
    provider,
    {
      broken: {
        "that of somebody else": [
          { subscriptionId: "22222222-2222-4222-8222-222222222222" },
          'subscriptionId is "22222222-2222-4222-8222-222222222222"; must be the subscription of the policy configuration',
        ],
      },
      absent: {
        "the subscription": [
          { subscriptionId: undefined },
          "subscriptionId is absent; must be the subscription of the policy configuration",
        ],
      },
      unknown: { "the subscription": [{ subscriptionId: unknownValue }, "?subscriptionId"] },
      notApplicable,
    },
    { settings: { subscriptionId: "11111111-1111-4111-8111-111111111111" } },
  ),
  table(
    metaProtectStateful,
    { ...account, options: { protect: true } },
    {
      broken: { "an account": [[{ ...account, options: { protect: false } }], "opts.protect is false; must be true"] },
      absent: { "the option": [[{ ...account, options: {} }], "opts.protect is false; must be true"] },
      unknown: { "a property": [{ location: unknownValue }] },
      notApplicable,
    },
  ),
  table(metaIgnorechangesAllowlist, ignoring(nodePool, "count"), {
    broken: {
      "a guarded property": [
        [ignoring(nodePool, "count", "enableNodePublicIP")],
        'opts.ignoreChanges is "enableNodePublicIP"; must hold only count',
      ],
      "a type that nobody else writes": [
        [ignoring(account, "networkRuleSet")],
        'opts.ignoreChanges is "networkRuleSet"; must be empty for this type',
      ],
      everything: [[ignoring(nodePool, "*")], 'opts.ignoreChanges is "*"; must hold only count'],
    },
    absent: { "the option": [[nodePool]] },
    unknown: { "a property": [{ count: unknownValue }] },
    notApplicable: { "another provider": [[ignoring(resource("random:index:Pet", {}), "length")]] },
  }),
  table(
    metaIgnorechangesAllowlist,
    ignoring(account, "tags"),
    {
      broken: { "another path": [[ignoring(account, "sku")], 'opts.ignoreChanges is "sku"; must hold only tags'] },
      absent: { "the option": [[account]] },
      unknown: { "a property": [{ location: unknownValue }] },
      notApplicable: { "another provider": [[ignoring(resource("random:index:Pet", {}), "length")]] },
    },
    { settings: { allowedIgnoreChanges: { [types.storageAccount]: ["tags"] } } },
  ),
];
