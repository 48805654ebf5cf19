import { expect, it } from "vitest";
import { projectName, type SectionsInput } from "../../stacks/config/sections";
import { readEnvironment } from "../../stacks/read-environment";
import { problemsOf } from "../recorded";
import { today } from "../stack-files";

const theirs = "5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11";
const group = `/subscriptions/${theirs}/resourceGroups/rg-keys/providers`;
const sections = {
  environment: { kind: "dev", owner: "ml-platform", costCenter: "research" },
  layers: ["infra"],
  network: { addressSpace: "10.64.0.0/14", podCidr: "10.96.0.0/16", serviceCidr: "10.112.0.0/16" },
  storage: {
    lustre: {
      tier: "AMLFS-Durable-Premium-250",
      sizeTiB: 16,
      zone: "1",
      customerManagedKey: {
        keyUrl: `https://kv-ml.vault.azure.net/keys/data/${"a".repeat(32)}`,
        identityResourceId: `${group}/Microsoft.ManagedIdentity/userAssignedIdentities/lustre`,
        vaultResourceId: `${group}/Microsoft.KeyVault/vaults/kv-ml`,
      },
    },
  },
} satisfies SectionsInput;

function problems(subscriptionId: string | undefined): string[] {
  const values = Object.entries(sections).map(([name, it]) => [`${projectName}:${name}`, JSON.stringify(it)] as const);
  return problemsOf(() =>
    readEnvironment({
      stack: "lab",
      values: {
        "azure-native:location": "eastus",
        "pulumi:disable-default-providers": '["kubernetes"]',
        ...(subscriptionId !== undefined && { "azure-native:subscriptionId": subscriptionId }),
        ...Object.fromEntries(values),
      },
      today,
    }),
  ).filter((it) => it.includes("vaultResourceId"));
}

it("is of the subscription of the environment, as far as the stack file says which", () => {
  const other = "11111111-2222-4333-8444-555555555555";
  expect(problems(other)).toEqual([
    `storage.lustre.customerManagedKey.vaultResourceId: must be in the subscription of the environment (${other}), and in its region: Managed Lustre takes a key of no other; got "${theirs}". Name a key of a vault there, or leave it out and let customerManagedKeys make one`,
  ]);
  expect(problems(theirs.toUpperCase())).toEqual([]);
  expect(problems(undefined)).toEqual([]);
});
