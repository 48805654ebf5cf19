import { describe, expect, it } from "vitest";
import { planStateAccount } from "../../../../components/storage/state-account/plan";
import type { StateAccountShape } from "../../../../components/storage/state-account/shape";
import { StateAccount } from "../../../../components/storage/state-account/state-account";
import { only, place, problemsOf, recorded, scope, tree } from "../../../recorded";

describe("planStateAccount", () => {
  it("keeps every version, and is reached by identities alone", () => {
    const { account, blobService, containerName, stateUrl, managementPolicy } = planStateAccount("prod", {}, place);
    expect(account).toMatchObject({
      sku: { name: "Standard_ZRS" },
      allowSharedKeyAccess: false,
      publicNetworkAccess: "Disabled",
      networkRuleSet: { defaultAction: "Deny", bypass: "None" },
      minimumTlsVersion: "TLS1_2",
    });
    expect(account).not.toHaveProperty("isHnsEnabled");
    const softDelete = { enabled: true, days: 90 };
    expect(blobService).toEqual({
      blobServicesName: "default",
      isVersioningEnabled: true,
      deleteRetentionPolicy: softDelete,
      containerDeleteRetentionPolicy: softDelete,
    });
    expect([containerName, stateUrl]).toEqual([
      "state-prod",
      `azblob://state-prod?storage_account=${account.accountName}`,
    ]);
    // The newest version of a state is never deleted.
    expect(JSON.stringify(managementPolicy)).not.toMatch(/baseBlob|snapshot/);
  });

  it("lets in listed ranges, as its firewall takes them", () => {
    const allowedRanges = ["198.51.100.0/28", "203.0.113.7/32", "203.0.113.8/31"];
    expect(planStateAccount("prod", { allowedRanges }, place).account).toMatchObject({
      publicNetworkAccess: "Enabled",
      networkRuleSet: {
        defaultAction: "Deny",
        ipRules: ["198.51.100.0/28", "203.0.113.7", "203.0.113.8", "203.0.113.9"].map((iPAddressOrRange) => ({
          iPAddressOrRange,
          action: "Allow",
        })),
      },
    });
  });

  it("has two environments meet in no account", () => {
    const nameOf = (name: string): string => planStateAccount(name, {}, place).account.accountName;
    const names = ["prod", "prod-eastus-1", "prod-eastus-2", "staging"].map(nameOf);
    expect(new Set(names).size).toBe(names.length);
    for (const it of names) expect(it).toMatch(/^[a-z0-9]{3,24}$/);
  });

  it.each<[what: string, name: string, shape: StateAccountShape, ...said: string[]]>([
    [
      "a name that no container has",
      "Prod",
      {},
      "name: must lead to a name that Azure takes for storage:BlobContainer",
    ],
    ["a private range", "prod", { allowedRanges: ["10.1.0.0/16"] }, "allowedRanges[0]: must be public"],
    [
      "half of the world",
      "prod",
      { allowedRanges: ["128.0.0.0/1"] },
      "allowedRanges[0]: must be public",
      "allowedRanges[0]: must not be wider than /8",
    ],
    [
      "a range twice",
      "prod",
      { allowedRanges: ["198.51.100.0/28", "198.51.100.0/28"] },
      "allowedRanges[1]: must not be there twice",
    ],
    [
      "more ranges than a firewall takes",
      "prod",
      { allowedRanges: Array.from({ length: 128 }, (_, at) => `198.51.${at}.0/28`) },
      "allowedRanges: must be at most 127 ranges and addresses; got 128",
    ],
    [
      "days of nothing",
      "prod",
      { softDeleteDays: 1, versionDays: 1 },
      "softDeleteDays: must be",
      "versionDays: must be",
    ],
    ["an unknown key", "prod", { sharedKey: true } as StateAccountShape, "sharedKey: "],
  ])("fails on %s", (_, name, shape, ...said) => {
    const problems = problemsOf(() => planStateAccount(name, shape, place));
    expect(problems).toEqual(said.map((it) => expect.stringContaining(it) as string));
  });
});

it("protects account and container, and says what it is for in a tag", async () => {
  const plan = await recorded(() => new StateAccount("state-prod", { scope }, { protect: true }));
  expect(tree(plan).map((it) => it.split(" <")[0])).toEqual([
    "StateAccount state-prod",
    "StorageAccount state-prod",
    "BlobServiceProperties state-prod",
    "ManagementPolicy state-prod",
    "BlobContainer state-prod",
  ]);
  const { inputs, options } = only(plan, "azure-native:storage:StorageAccount");
  expect([inputs["tags"], options.protect]).toEqual([{ owner: "ml-platform", purpose: "pulumi-state" }, true]);
  expect(only(plan, "azure-native:storage:BlobContainer").options.protect).toBe(true);
});
