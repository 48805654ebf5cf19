import { describe, expect, it } from "vitest";
import { CustomerManagedKeys } from "../../../../components/identity/customer-managed-keys/customer-managed-keys";
import { allOf, only, recorded, scope, tree } from "../../../recorded";

const tenantId = "99999999-9999-4999-8999-999999999999";

describe("CustomerManagedKeys", () => {
  it("lets each user wrap with its own key and with no other", async () => {
    const plan = await recorded(() => new CustomerManagedKeys("keys", { scope, tenantId }));
    const grants = allOf(plan, "azure-native:authorization:RoleAssignment");
    expect(grants.map(({ inputs }) => String(inputs["scope"]).split("/").at(-1))).toEqual([
      "disks",
      "storage",
      "lustre",
      "registry",
    ]);
    expect(new Set(grants.map(({ inputs }) => inputs["principalId"])).size).toBe(4);
    expect(
      grants.every(({ inputs }) => /e147488a-f6f5-4113-8e2d-b22465e65bf6$/.test(String(inputs["roleDefinitionId"]))),
    ).toBe(true);
  });

  it("keeps keys that are taken out: what they encrypted may still be there", async () => {
    const plan = await recorded(() => new CustomerManagedKeys("keys", { scope, tenantId }, { protect: true }));
    const keys = allOf(plan, "azure-native:keyvault:Key");
    expect(keys.map(({ options }) => [options.protect, options.retainOnDelete, options.ignoreChanges])).toEqual(
      Array.from({ length: 4 }, () => [true, true, ["properties"]]),
    );
    expect(only(plan, "azure-native:keyvault:Vault")).toMatchObject({
      options: { protect: true },
      inputs: { properties: { tenantId } },
    });
  });

  it("hands out a key with its user, and says of none that it is not there", async () => {
    let made: CustomerManagedKeys | undefined;
    const plan = await recorded(() => {
      made = new CustomerManagedKeys("keys", { scope, tenantId, encrypts: ["storage"] });
    });
    const { vaultName } = only(plan, "azure-native:keyvault:Vault").inputs;
    expect(made?.keyFor("storage")).toMatchObject({
      vaultUri: `https://${String(vaultName)}.vault.azure.net`,
      keyName: "storage",
    });
    expect([made?.keyFor("lustre"), made?.diskEncryptionSetResourceId]).toEqual([undefined, undefined]);
    expect(tree(plan)).toEqual([
      "CustomerManagedKeys keys",
      "Vault keys < CustomerManagedKeys keys",
      "Key keys-storage < CustomerManagedKeys keys",
      "UserAssignedIdentity keys-storage < CustomerManagedKeys keys",
      "RoleGrant keys-storage < CustomerManagedKeys keys",
      "RoleAssignment keys-storage < RoleGrant keys-storage",
    ]);
  });
});
