import { describe, expect, it } from "vitest";
import { names } from "../../preflight/names";

const subscriptionId = "5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11";
const vault = (createMode?: string) => ({
  token: "azure-native:keyvault:Vault",
  arm: "Microsoft.KeyVault/vaults",
  id: `/subscriptions/${subscriptionId}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv`,
  inputs: { vaultName: "kv", properties: createMode === undefined ? {} : { createMode } },
});
const needs = (...resources: ReturnType<typeof vault>[]) =>
  names.needs({ subscriptionId, location: "eastus", names: [], resources } as never);

describe("names to be asked for", () => {
  it("are those of vaults that are made", () => {
    expect(needs(vault())?.names.map(({ name, what }) => [name, what])).toEqual([["kv", "key vault"]]);
  });

  it("are not those of vaults that are brought back, which hold them", () => {
    expect(needs(vault("recover"))).toBeNull();
  });
});
