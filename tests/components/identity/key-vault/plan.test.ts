import { describe, expect, it } from "vitest";
import { planKeyVault } from "../../../../components/identity/key-vault/plan";

import { place, problemsOf } from "../../../recorded";

const group = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/secrets";
const resourceId = `${group}/providers/Microsoft.KeyVault/vaults/kv-Teams`;

describe("planKeyVault", () => {
  it("takes a vault wherever it is, and nothing of the network", () => {
    expect(planKeyVault("secrets", { resourceId }, place)).toEqual({
      vault: { theirs: { resourceId, name: "kv-teams" } },
      vaultName: "kv-teams",
      secretsOfficerGroupObjectIds: [],
      rotationMinutes: 60,
      approval: null,
      subnets: [],
      infiniband: false,
    });
  });

  it.each([
    [{}, "automatic"],
    [{ approval: "manual" as const }, "manual"],
  ])("asks for the address of an endpoint %j", (privateEndpoint, approval) => {
    expect(planKeyVault("secrets", { resourceId, privateEndpoint, rotationMinutes: 5 }, place)).toMatchObject({
      approval,
      rotationMinutes: 5,
      subnets: [{ role: "endpoints", addresses: 1, what: "the private endpoint of the Key Vault" }],
    });
  });

  it.each([
    ["its address", "https://kv-teams.vault.azure.net"],
    ["the ID of something else", `${group}/providers/Microsoft.Storage/accounts/teams`],
    ["a secret of it", `${resourceId}/secrets/hf-token`],
    ["a managed HSM", resourceId.replace("/vaults/", "/managedHSMs/")],
  ])("fails for %s", (_, wrong) => {
    expect(problemsOf(() => planKeyVault("secrets", { resourceId: wrong }, place))).toEqual([
      expect.stringMatching(/^resourceId: must be the ARM ID of a Key Vault; got ".* Write \/subscriptions\/<UUID>/),
    ]);
  });

  it.each(["kv--teams", "1teams", "kv-teams-", "kv", "k".repeat(25)])("fails for a vault named %s", (vault) => {
    expect(
      problemsOf(() => planKeyVault("secrets", { resourceId: resourceId.replace("kv-Teams", vault) }, place)),
    ).toEqual([expect.stringContaining("keyvault:Vault: 3 to 24 characters")]);
  });

  it.each([0, 1441, 1.5])("fails for %d minutes", (rotationMinutes) => {
    expect(problemsOf(() => planKeyVault("secrets", { resourceId, rotationMinutes }, place))[0]).toMatch(
      /^rotationMinutes: must be a whole number/,
    );
  });

  it("makes one without an ID, and gives it a private endpoint", () => {
    const officers = ["77777777-7777-4777-8777-777777777777"];
    expect(planKeyVault("secrets", { secretsOfficerGroupObjectIds: officers }, place)).toMatchObject({
      vault: { ours: { vaultName: "kv-gpu-dev-0a1b2c3d" } },
      vaultName: "kv-gpu-dev-0a1b2c3d",
      secretsOfficerGroupObjectIds: officers,
      approval: "automatic",
      subnets: [{ role: "endpoints", addresses: 1, what: "the private endpoint of the Key Vault" }],
    });
  });

  it.each([
    [{ privateEndpoint: {} }, /^privateEndpoint: must be left out without resourceId/],
    [{ secretsOfficerGroupObjectIds: ["people"] }, /^secretsOfficerGroupObjectIds\[0\]: must be the object ID/],
    [{ resourceId, recoverDeleted: true }, /^recoverDeleted: must be left out beside resourceId/],
    [{ resourceId, secretsOfficerGroupObjectIds: ["x"] }, /^secretsOfficerGroupObjectIds: must be left out beside/],
  ])("fails on %j", (given, says) => {
    expect(problemsOf(() => planKeyVault("secrets", given, place))).toEqual([expect.stringMatching(says)]);
  });
});
