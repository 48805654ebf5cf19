import { describe, expect, it } from "vitest";
import { KeyVault } from "../../../../components/identity/key-vault/key-vault";
import { only, ownId, recorded, refused, scope } from "../../../recorded";

const tenantId = "99999999-9999-4999-8999-999999999999";

describe("KeyVault", () => {
  it("has no public address, and lets in nobody by itself", async () => {
    const plan = await recorded(() => new KeyVault("secrets", { scope, tenantId }, { protect: true }));
    const { inputs, options } = only(plan, "azure-native:keyvault:Vault");
    expect(options.protect).toBe(true);
    expect(inputs).toMatchObject({
      vaultName: "kv-gpu-dev-0a1b2c3d",
      properties: {
        tenantId,
        enableRbacAuthorization: true,
        enablePurgeProtection: true,
        softDeleteRetentionInDays: 90,
        publicNetworkAccess: "Disabled",
        networkAcls: { defaultAction: "Deny", bypass: "None" },
      },
    });
    expect(inputs["properties"]).not.toHaveProperty("createMode");
  });

  it("is brought back where somebody says so", async () => {
    const plan = await recorded(() => new KeyVault("secrets", { scope, tenantId, recoverDeleted: true }));
    expect(only(plan, "azure-native:keyvault:Vault").inputs).toMatchObject({ properties: { createMode: "recover" } });
  });

  it("is not made of somebody else's", async () => {
    const resourceId = ownId("Microsoft.KeyVault/vaults/kv-teams");
    const { made, problems } = await refused(() => new KeyVault("secrets", { scope, tenantId, resourceId }));
    expect([made, problems]).toEqual([[], [expect.stringContaining("resourceId: must be left out")]]);
  });
});
