import { describe, expect, it } from "vitest";
import { describeProblem, Problems } from "../../core/problems";
import { checkProviderKeys, subscriptionOf } from "../../stacks/provider-keys";

function told(values: Readonly<Record<string, string>>): string[] {
  const problems = new Problems();
  checkProviderKeys(values, problems);
  return problems.list.map(describeProblem);
}

const id = "12345678-1234-4234-8234-123456789ABC";

describe("checkProviderKeys", () => {
  it("takes what the provider and the engine know", () => {
    expect(
      told({
        "azure-native:location": "anything: it is checked as a region",
        "azure-native:subscriptionId": id,
        "azure-native:useOidc": "true",
        "azure-native:environment": "public",
        "azure-native:auxiliaryTenantIds": `["${id}"]`,
        "pulumi:disable-default-providers": '["kubernetes"]',
        "pulumi:tags": '{"team":"a"}',
      }),
    ).toEqual([]);
  });

  it.each([
    ["azure-native:useMsi", "yes", 'azure-native:useMsi: must be one of true, false; got "yes". Write true or false'],
    ["azure-native:useOidc", "True", "Did you mean true?"],
    ["azure-native:tenantId", "contoso", 'must be a UUID, and not all zeros; got "contoso". az account show'],
    ["azure-native:auxiliaryTenantIds", '["a"]', "azure-native:auxiliaryTenantIds[0]: must be a UUID"],
    ["azure-native:auxiliaryTenantIds", id, "must be a list"],
    ["azure-native:environment", "china", "must be one of public"],
    ["azure-native:subscription", id, "Did you mean azure-native:subscriptionId?"],
    ["azure-native:msiEndpointX", "a", "Remove it"],
    ["azure-native:clientSecret", "hunter2", "must not be in a stack file"],
    ["pulumi:disable-default-providers", "kubernetes", "must be a list"],
    ["pulumi:secret", "hunter2", "pulumi:secret: is not a known key; unknown keys are never ignored. Remove it"],
    ["pulumi:tag", "{}", "Did you mean pulumi:tags?"],
    ["azure:location", "eastus", "belongs to no package that this project uses. Did you mean azure-native:location?"],
    ["azure-gpu:gpuPools", "{}", "Did you mean azure-gpu-cluster:gpuPools?"],
    ["aws:profile", "x", "Keys here begin with azure-gpu-cluster:, azure-native: or pulumi:"],
    ["kubernetes:context", "x", "must not be set"],
    ["azure-native:location", '{"secure":"hunter2"}', "azure-native:location: must not be a secret"],
    ["azure-native:tenantId", '{"secure":"hunter2"}', "azure-native:tenantId: must not be a secret"],
    ["azure-native:auxiliaryTenantIds", '[{"secure":"hunter2"}]', "must not be a secret"],
    ["pulumi:tags", '{"secure":"hunter2"}', "pulumi:tags: must not be a secret"],
    ["pulumi:tags", '{"team":{"secure":"hunter2"}}', "pulumi:tags: must not be a secret"],
  ])("refuses %s: %s", (key, value, said) => {
    const all = told({ [key]: value });
    expect(all).toEqual([expect.stringContaining(said)]);
    expect(all.join()).not.toContain("hunter2");
  });
});

it("gives a subscription in one form, however it is written", () => {
  expect(subscriptionOf({ "azure-native:subscriptionId": id })).toBe(id.toLowerCase());
  expect(subscriptionOf({})).toBeUndefined();
});
