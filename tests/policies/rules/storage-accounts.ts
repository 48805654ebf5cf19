import type { FileShareArgs } from "@pulumi/azure-native/storage/fileShare";
import { roles } from "../../../catalog/roles";
import { unknownValue } from "../../../core/property-marks";
import type { Subject } from "../../../policies/engine/rule";
import { stGrsHasPair } from "../../../policies/rules/storage/st-grs-has-pair";
import { stNfsShape } from "../../../policies/rules/storage/st-nfs-shape";
import { stNoCrossTenant } from "../../../policies/rules/storage/st-no-cross-tenant";
import { stNoLocalUsers } from "../../../policies/rules/storage/st-no-local-users";
import { stRecoverable } from "../../../policies/rules/storage/st-recoverable";
import { stStateAccountHard } from "../../../policies/rules/storage/st-state-account-hard";
import { account, blobService, roleAssignment, subnet } from "../fixtures";
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

const [services, versions] = [
  "accountName is an account without BlobServiceProperties; must have them",
  "isVersioningEnabled",
];

/** Rules about what storage accounts keep, and from whom. */
export const storageAccountTables: readonly RuleCases[] = [
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
];
