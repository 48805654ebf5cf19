import { describe, expect, it } from "vitest";
import { planCustomerManagedKeys } from "../../../../components/identity/customer-managed-keys/plan";
import { encryptedKinds } from "../../../../components/identity/customer-managed-keys/shape";
import { place, problemsOf } from "../../../recorded";

const rotating = (kty: string, days: number) => ({
  kty,
  keySize: 3072,
  keyOps: ["wrapKey", "unwrapKey"],
  rotationPolicy: { lifetimeActions: [{ action: { type: "rotate" }, trigger: { timeAfterCreate: `P${days}D` } }] },
});
const ofLustre = { kty: "RSA", keySize: 2048, keyOps: ["wrapKey", "unwrapKey"] };
const identity = (kind: string) => ({
  identity: { location: "eastus", resourceName: `id-gpu-dev-eastus-keys-${kind}` },
});

describe("planCustomerManagedKeys", () => {
  it("makes a vault that nobody empties, and a key with a user of its own for each kind of thing", () => {
    expect(planCustomerManagedKeys("keys", {}, place, encryptedKinds)).toEqual({
      vault: {
        location: "eastus",
        vaultName: expect.stringMatching(/^kv-gpu-dev-keys-[0-9a-f]{8}$/) as string,
        properties: {
          sku: { family: "A", name: "standard" },
          enableRbacAuthorization: true,
          enableSoftDelete: true,
          softDeleteRetentionInDays: 90,
          enablePurgeProtection: true,
          enabledForDeployment: false,
          enabledForDiskEncryption: false,
          enabledForTemplateDeployment: false,
          publicNetworkAccess: "Enabled",
          networkAcls: { defaultAction: "Deny", bypass: "AzureServices" },
        },
      },
      keys: [
        {
          kind: "disks",
          keyName: "disks",
          properties: rotating("RSA", 365),
          user: {
            diskEncryptionSet: {
              location: "eastus",
              diskEncryptionSetName: "des-gpu-dev-eastus",
              encryptionType: "EncryptionAtRestWithCustomerKey",
              identity: { type: "SystemAssigned" },
              rotationToLatestKeyVersionEnabled: true,
            },
          },
        },
        { kind: "storage", keyName: "storage", properties: rotating("RSA", 365), user: identity("storage") },
        { kind: "lustre", keyName: "lustre", properties: ofLustre, user: identity("lustre") },
        { kind: "registry", keyName: "registry", properties: rotating("RSA", 365), user: identity("registry") },
      ],
    });
  });

  it("has no public address where no Lustre asks for one", () => {
    const { vault } = planCustomerManagedKeys("keys", {}, place, ["disks", "storage"]);
    expect(vault.properties.publicNetworkAccess).toBe("Disabled");
  });

  it("keeps keys in hardware, but that of Lustre, which takes none", () => {
    const given = { hardware: true, rotationDays: 90 };
    const { vault, keys } = planCustomerManagedKeys("keys", given, place, ["disks", "lustre"]);
    expect(vault.properties.sku).toEqual({ family: "A", name: "premium" });
    expect(keys.map(({ properties }) => properties)).toEqual([rotating("RSA-HSM", 90), ofLustre]);
  });

  it("makes keys for what is there, and for no more than was said", () => {
    const made = (given: Parameters<typeof planCustomerManagedKeys>[1]): string[] =>
      planCustomerManagedKeys("keys", given, place, ["disks", "lustre"]).keys.map(({ kind }) => kind);
    expect(made({})).toEqual(["disks", "lustre"]);
    expect(made({ encrypts: ["lustre"] })).toEqual(["lustre"]);
  });

  it("takes another name for a vault whose predecessor still holds its own", () => {
    const names = [1, 2, 3].map(
      (generation) => planCustomerManagedKeys("keys", { generation }, place, ["disks"]).vault.vaultName,
    );
    expect(new Set(names).size).toBe(3);
    expect(planCustomerManagedKeys("keys", {}, place, ["disks"]).vault.vaultName).toBe(names[0]);
  });

  it.each([
    [{ encrypts: ["registry" as const] }, /^encrypts: must name what the environment has .*got "registry".*disks$/],
    [{ encrypts: ["disks" as const, "disks" as const] }, /^encrypts/],
    [{ encrypts: [] }, /^encrypts: must name at least one kind/],
    [{ rotationDays: 27 }, /^rotationDays: must be a whole number of days from 28 to 730/],
    [{ generation: 0 }, /^generation: must be a whole number from 1 to 99/],
  ])("fails on %j", (given, says) => {
    expect(problemsOf(() => planCustomerManagedKeys("keys", given, place, ["disks"]))).toEqual([
      expect.stringMatching(says),
    ]);
  });
});
