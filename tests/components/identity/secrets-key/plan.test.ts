import { describe, expect, it } from "vitest";
import { planSecretsKey } from "../../../../components/identity/secrets-key/plan";
import { SecretsKey } from "../../../../components/identity/secrets-key/secrets-key";
import type { Output } from "@pulumi/pulumi";
import { only, place, problemsOf, recorded, scope } from "../../../recorded";

const tenantId = "99999999-9999-4999-8999-999999999999";

describe("planSecretsKey", () => {
  it("has a closed vault, and a key that Pulumi alone can use", () => {
    const { vault, keyName, properties } = planSecretsKey("prod", {}, place);
    expect([keyName, properties]).toEqual(["pulumi", { kty: "RSA", keySize: 3072, keyOps: ["encrypt", "decrypt"] }]);
    expect(vault.vaultName).toMatch(/^kv-gpu-prod-[a-z]+-[0-9a-f]{8}$/);
    expect(vault.vaultName.length).toBeLessThanOrEqual(24);
    expect(vault.properties).toMatchObject({
      enableRbacAuthorization: true,
      enablePurgeProtection: true,
      publicNetworkAccess: "Disabled",
      networkAcls: { defaultAction: "Deny", bypass: "None" },
    });
  });

  it("lets in listed ranges and nobody else", () => {
    const { vault } = planSecretsKey("prod", { allowedRanges: ["198.51.100.0/28", "203.0.113.7/32"] }, place);
    expect(vault.properties).toMatchObject({
      publicNetworkAccess: "Enabled",
      networkAcls: {
        defaultAction: "Deny",
        bypass: "None",
        ipRules: [{ value: "198.51.100.0/28" }, { value: "203.0.113.7" }],
      },
    });
  });

  it.each([
    ["10.0.0.0/8", "must be public"],
    ["0.0.0.0/0", "must be public"],
    ["198.51.100.1/28", "must be an IPv4 range"],
    ["everywhere", "must be an IPv4 range"],
  ])("fails on %s", (range, said) => {
    expect(problemsOf(() => planSecretsKey("prod", { allowedRanges: [range] }, place))[0]).toContain(
      `allowedRanges[0]: ${said}`,
    );
  });

  it("has two environments meet in no vault", () => {
    const nameOf = (name: string): string => planSecretsKey(name, {}, place).vault.vaultName;
    expect(nameOf("prod-eastus-1")).not.toBe(nameOf("prod-eastus-2"));
  });
});

it("says the address with the version of the key, without which Pulumi would decrypt with a newer one", async () => {
  let address: Output<string> | undefined;
  const plan = await recorded(() => {
    address = new SecretsKey("state-prod", { scope, tenantId }, { protect: true }).secretsProvider;
  });
  const said = await new Promise<string>((done) => address?.apply(done));
  const vault = String(only(plan, "azure-native:keyvault:Vault").inputs["vaultName"]);
  expect(said).toMatch(new RegExp(`^azurekeyvault://${vault}\\.vault\\.azure\\.net/keys/pulumi/[0-9a-f]{32}$`));
  expect(only(plan, "azure-native:keyvault:Key").options).toMatchObject({ protect: true, retainOnDelete: true });
});
