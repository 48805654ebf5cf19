import { output } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { BlobStore, type BlobStoreArgs } from "../../../../components/storage/blob-store/blob-store";
import { planBlobStore } from "../../../../components/storage/blob-store/plan";
import { allOf, idOf, only, place, problemsOf, recorded, refused, scope, tree } from "../../../recorded";

const args: BlobStoreArgs = { scope };
const account = "stgpudev0a1b2c3d";
const base = { resourceGroupName: "rg-test", accountName: account };

describe("BlobStore", () => {
  it("is an account without keys and without a public way in", async () => {
    const seen: unknown[] = [];
    const plan = await recorded(() => output(new BlobStore("data", args).ref).apply((it) => seen.push(it)));
    expect(tree(plan)).toEqual([
      "BlobStore data",
      "StorageAccount data < BlobStore data",
      "BlobServiceProperties data < BlobStore data",
      "ManagementPolicy data < BlobStore data",
    ]);
    expect(only(plan, "azure-native:storage:StorageAccount").inputs).toEqual({
      ...base,
      location: "eastus",
      tags: scope.tags,
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
    });
    expect(seen).toEqual([{ ...base, accountResourceId: idOf(`Microsoft.Storage/storageAccounts/${account}`) }]);
  });

  it("is locked against everybody once somebody types it, and the lock is no data", async () => {
    const plan = await recorded(() => new BlobStore("data", { ...args, deleteLock: true }, { protect: true }));
    const lock = only(plan, "azure-native:authorization:ManagementLockByScope", "data");
    expect(lock.inputs).toEqual({
      scope: idOf(`Microsoft.Storage/storageAccounts/${account}`),
      lockName: "keep-data",
      level: "CanNotDelete",
      notes: "Data. Take deleteLock away before you delete this.",
    });
    expect(lock.options).toEqual({});
  });

  it("forgives deletions and cools what is old, and deletes nothing by itself", async () => {
    const plan = await recorded(() => new BlobStore("data", { ...args, softDeleteDays: 7, coolAfterDays: 60 }));
    expect(only(plan, "azure-native:storage:BlobServiceProperties").inputs).toEqual({
      ...base,
      blobServicesName: "default",
      deleteRetentionPolicy: { enabled: true, days: 7 },
      containerDeleteRetentionPolicy: { enabled: true, days: 7 },
    });
    expect(only(plan, "azure-native:storage:ManagementPolicy").inputs).toEqual({
      ...base,
      managementPolicyName: "default",
      policy: {
        rules: [
          {
            enabled: true,
            name: "age",
            type: "Lifecycle",
            definition: {
              filters: { blobTypes: ["blockBlob"] },
              actions: { baseBlob: { tierToCool: { daysAfterModificationGreaterThan: 60 } } },
            },
          },
        ],
      },
    });
  });

  it("takes copies from other tenants only when told to", async () => {
    const plan = await recorded(() => new BlobStore("data", { ...args, copiesFrom: "anywhere" }));
    expect(only(plan, "azure-native:storage:StorageAccount").inputs).not.toHaveProperty("allowedCopyScope");
  });

  it("deletes after as many days as it is told", async () => {
    const plan = await recorded(() => new BlobStore("data", { ...args, deleteAfterDays: 90 }));
    expect(only(plan, "azure-native:storage:ManagementPolicy").inputs).toMatchObject({
      policy: {
        rules: [{ definition: { actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 90 } } } } }],
      },
    });
  });

  it.each([true, false])("protects the data, and only the data, when told so: %s", async (protect) => {
    const plan = await recorded(() => new BlobStore("data", { ...args, redundancy: "ZRS" }, { protect }));
    const stored = only(plan, "azure-native:storage:StorageAccount");
    expect(stored.inputs["sku"]).toEqual({ name: "Standard_ZRS" });
    expect(stored.options).toEqual(protect ? { protect: true } : {});
    expect(plan.resources.filter((it) => it.custom && it.options.protect === true)).toHaveLength(protect ? 1 : 0);
  });

  it("fails before anything is registered", async () => {
    expect(await refused(() => new BlobStore("data", { ...args, softDeleteDays: 0 }))).toEqual({
      problems: ["softDeleteDays: must be a whole number of days from 1 to 365; got 0. Use 1 or more"],
      made: [],
    });
  });

  it("refuses a second one with its name, and takes one with another", async () => {
    const made = recorded(() => {
      new BlobStore("data", args);
      new BlobStore("archive", args);
      expect(problemsOf(() => new BlobStore("data", args))).toEqual([
        `name: must be one that no other of this kind has; got "${account}". Give the component another name`,
      ]);
    });
    const [first, second, ...more] = allOf(await made, "azure-native:storage:StorageAccount");
    expect(first?.inputs["accountName"]).toBe(account);
    expect(second?.inputs["accountName"]).toMatch(/^stgpudevarchive[0-9a-f]{8}$/);
    expect(more).toEqual([]);
  });

  it("is told by a plan what it is told by a shape", async () => {
    const shape = { redundancy: "ZRS", deleteAfterDays: 90 } as const;
    const plan = planBlobStore("data", shape, place);
    const byPlan = await recorded(() => new BlobStore("data", { scope, plan }));
    const byShape = await recorded(() => new BlobStore("data", { scope, ...shape }));
    expect(byPlan.resources).toEqual(byShape.resources);
  });
});
