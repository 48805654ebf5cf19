import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planBlobStore, type BlobStorePlan } from "../../../../components/storage/blob-store/plan";
import type { BlobStoreShape } from "../../../../components/storage/blob-store/shape";
import { place, problemsOf } from "../../../recorded";

const zones = ["1", "2", "3"];
const plan = (shape: BlobStoreShape, regionZones: readonly string[]): BlobStorePlan =>
  planBlobStore("data", shape, { ...place, zones: regionZones });

/** What a store with these days asks of Azure. */
const lives = (coolAfterDays: number, deleteAfterDays: number | null, softDeleteDays: number): object => ({
  blobService: {
    blobServicesName: "default",
    deleteRetentionPolicy: { enabled: true, days: softDeleteDays },
    containerDeleteRetentionPolicy: { enabled: true, days: softDeleteDays },
  },
  managementPolicy: {
    managementPolicyName: "default",
    policy: {
      rules: [
        {
          enabled: true,
          name: "age",
          type: "Lifecycle",
          definition: {
            filters: { blobTypes: ["blockBlob"] },
            actions: {
              baseBlob: {
                tierToCool: { daysAfterModificationGreaterThan: coolAfterDays },
                ...(deleteAfterDays !== null && { delete: { daysAfterModificationGreaterThan: deleteAfterDays } }),
              },
            },
          },
        },
      ],
    },
  },
});

describe("planBlobStore", () => {
  it("keeps everything, cools it after a month, forgives deletions for two weeks and lets nobody in from outside", () => {
    expect(plan({}, [])).toEqual({
      endpoints: ["blob", "dfs"],
      deleteLock: false,
      infiniband: false,
      subnets: [{ role: "endpoints", addresses: 2, what: "private endpoints of Blob storage" }],
      account: {
        location: "eastus",
        accountName: "stgpudev0a1b2c3d",
        kind: "StorageV2",
        sku: { name: "Standard_LRS" },
        accessTier: "Hot",
        isHnsEnabled: true,
        allowSharedKeyAccess: false,
        defaultToOAuthAuthentication: true,
        allowBlobPublicAccess: false,
        allowCrossTenantReplication: false,
        allowedCopyScope: "AAD",
        sasPolicy: { sasExpirationPeriod: "1.00:00:00", expirationAction: "Block" },
        isLocalUserEnabled: false,
        isSftpEnabled: false,
        enableHttpsTrafficOnly: true,
        minimumTlsVersion: "TLS1_2",
        publicNetworkAccess: "Disabled",
        networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
      },
      ...lives(30, null, 14),
    });
  });

  it("takes what it is given", () => {
    const shape = { redundancy: "ZRS", coolAfterDays: 1, deleteAfterDays: 31, softDeleteDays: 365 } as const;
    expect(plan(shape, zones)).toMatchObject({ account: { sku: { name: "Standard_ZRS" } }, ...lives(1, 31, 365) });
  });

  it("names a second store after itself, whatever is cut off", () => {
    const named = (name: string): string => planBlobStore(name, {}, place).account.accountName;
    const names = ["archive", "checkpoints-of-vision", "checkpoints-of-voice"].map(named);
    for (const name of names) expect(name).toMatch(/^stgpudev[a-z]{7,8}[0-9a-f]{8}$/);
    expect(new Set([...names, named("data")]).size).toBe(4);
  });

  it("never deletes what has not been cool for the 30 days that are paid for", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 500 }),
        (coolAfterDays, deleteAfterDays) => {
          const decide = (): unknown => plan({ coolAfterDays, deleteAfterDays }, zones);
          if (deleteAfterDays - coolAfterDays >= 30) {
            expect(decide()).toMatchObject(lives(coolAfterDays, deleteAfterDays, 14));
          } else {
            expect(problemsOf(decide)).toEqual([
              `deleteAfterDays: must be a whole number of days from ${coolAfterDays + 30} to 99999; got ${deleteAfterDays}. Use ${coolAfterDays + 30}`,
            ]);
          }
        },
      ),
    );
  });
});

const identityResourceId =
  "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/keys/providers/Microsoft.ManagedIdentity/userAssignedIdentities/storage";

describe("planBlobStore encrypts", () => {
  it("with Microsoft's keys and says nothing of it", () => {
    expect(plan({}, zones).account).not.toHaveProperty("encryption");
    expect(plan({}, zones).account).not.toHaveProperty("identity");
  });

  it.each([
    ["https://kv-ml.vault.azure.net/keys/data", {}],
    [`https://kv-ml.vault.azure.net/keys/data/${"a".repeat(32)}`, { keyVersion: "a".repeat(32) }],
  ])("with a key of yours, %s", (keyUrl, version) => {
    expect(plan({ customerManagedKey: { keyUrl, identityResourceId } }, zones).account).toMatchObject({
      identity: { type: "UserAssigned", userAssignedIdentities: [identityResourceId] },
      encryption: {
        keySource: "Microsoft.Keyvault",
        keyVaultProperties: { keyVaultUri: "https://kv-ml.vault.azure.net", keyName: "data", ...version },
        encryptionIdentity: { encryptionUserAssignedIdentity: identityResourceId },
      },
    });
  });

  it("twice, with either key", () => {
    const twice = { infrastructureEncryption: true };
    expect(plan(twice, zones).account.encryption).toEqual({
      keySource: "Microsoft.Storage",
      requireInfrastructureEncryption: true,
    });
    const customerManagedKey = { keyUrl: "https://hsm.managedhsm.azure.net/keys/data", identityResourceId };
    expect(plan({ ...twice, customerManagedKey }, zones).account.encryption).toMatchObject({
      keySource: "Microsoft.Keyvault",
      requireInfrastructureEncryption: true,
    });
  });

  it.each([
    "http://kv-ml.vault.azure.net/keys/data",
    "https://kv-ml.vault.azure.net/secrets/data",
    "https://kv-ml.vault.azure.net/keys/data/1",
    "https://kv-ml.vault.azure.net.evil.example/keys/data",
    "",
  ])("not with %j", (keyUrl) => {
    const customerManagedKey = { keyUrl, identityResourceId: "storage" };
    expect(problemsOf(() => plan({ customerManagedKey }, zones))).toEqual([
      expect.stringMatching(
        /^customerManagedKey\.identityResourceId: must be the ARM ID of a user-assigned identity; got "storage"/,
      ),
      expect.stringMatching(
        /^customerManagedKey\.keyUrl: must be the identifier of a key in a Key Vault; got .* says it/,
      ),
    ]);
  });
});

describe("planBlobStore fails", () => {
  it("under one subject", () => {
    expect(() => plan({ softDeleteDays: 0 }, zones)).toThrow(
      "Blob store 'data' is misconfigured:\n  softDeleteDays: must be a whole number of days from 1 to 365; got 0",
    );
  });

  it.each([
    [
      "without a day before cooling",
      { coolAfterDays: 0 },
      zones,
      ["coolAfterDays: must be a whole number of days from 1 to 99999; got 0. Use 1 or more"],
    ],
    [
      "with part of a day",
      { coolAfterDays: 1.5 },
      zones,
      ["coolAfterDays: must be a whole number; got 1.5 (number). Use 1 or 2"],
    ],
    [
      "with more than a year of forgiveness",
      { softDeleteDays: 366 },
      zones,
      ["softDeleteDays: must be a whole number of days from 1 to 365; got 366. Use 365 or less"],
    ],
    [
      "with a deletion that is too far away",
      { deleteAfterDays: 100_000 },
      zones,
      ["deleteAfterDays: must be a whole number of days from 60 to 99999; got 100000. Use 99999"],
    ],
    [
      "with copies over zones that are not there",
      { redundancy: "ZRS" },
      [],
      ['redundancy: must be LRS: the region has no zones; got "ZRS". Write redundancy: LRS'],
    ],
    [
      "with several problems at once",
      { redundancy: "ZRS", coolAfterDays: 5, deleteAfterDays: 34 },
      [],
      [
        "deleteAfterDays: must be a whole number of days from 35 to 99999; got 34. Use 35",
        'redundancy: must be LRS: the region has no zones; got "ZRS". Write redundancy: LRS',
      ],
    ],
  ] satisfies [string, BlobStoreShape, string[], string[]][])("%s", (_, shape, regionZones, lines) => {
    expect(problemsOf(() => plan(shape, regionZones))).toEqual(lines);
  });
});
