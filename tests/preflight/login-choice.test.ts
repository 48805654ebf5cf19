import { describe, expect, it } from "vitest";
import { chooseLogin, LoginError, type LoginChoice, type Setting } from "../../preflight/login-choice";

/** Settings of a stack file by their key, of the environment by the name of the variable. */
const settings =
  (given: Readonly<Record<string, string>>): Setting =>
  (key, ...variables) =>
    [key, ...variables].map((it) => given[it]).find((it) => it !== undefined);

const [subscriptionId, tenantId, clientId] = [1, 2, 3].map((it) => `${it}1111111-1111-4111-8111-111111111111`) as [
  string,
  string,
  string,
];
const ids = { ARM_SUBSCRIPTION_ID: subscriptionId, ARM_TENANT_ID: tenantId, ARM_CLIENT_ID: clientId };

describe("logs in as the provider does", () => {
  it.each<[given: Readonly<Record<string, string>>, way: LoginChoice["way"]]>([
    [{}, "az"],
    [{ ...ids, ARM_USE_MSI: "true" }, "managed identity"],
    [{ ...ids, useMsi: "true", useOidc: "true" }, "oidc"],
    [{ ...ids, ARM_CLIENT_SECRET: "s", ARM_USE_OIDC: "true" }, "secret"],
    [{ ...ids, ARM_CLIENT_CERTIFICATE_PATH: "/c.pfx", ARM_CLIENT_SECRET: "s" }, "certificate"],
    [{ ...ids, useDefaultAzureCredential: "true", ARM_CLIENT_SECRET: "s" }, "default"],
    [{ ...ids, ARM_USE_MSI: "yes" }, "az"],
  ])("%j", (given, way) => {
    expect(chooseLogin(settings(given)).way).toBe(way);
  });
});

it("takes the stack file before the environment, and IDs in one case", () => {
  expect(
    chooseLogin(settings({ ...ids, subscriptionId: "AA111111-1111-4111-8111-111111111111", environment: "public" })),
  ).toEqual({
    way: "az",
    cloud: expect.objectContaining({ name: "public" }) as unknown,
    subscriptionId: "aa111111-1111-4111-8111-111111111111",
    ownSubscriptionId: "aa111111-1111-4111-8111-111111111111",
    tenantId,
    clientId,
  });
});

it("asks another subscription than up would use, where it is told to", () => {
  const asked = "88888888-8888-4888-8888-888888888888";
  expect(chooseLogin(settings(ids), asked)).toMatchObject({
    subscriptionId: asked,
    ownSubscriptionId: subscriptionId,
  });
  expect(chooseLogin(settings({ ARM_USE_MSI: "true" }), asked)).toMatchObject({
    subscriptionId: asked,
    ownSubscriptionId: null,
  });
});

it("takes a tenant by a domain, and no ID that the login does not use", () => {
  const given = { ...ids, ARM_TENANT_ID: "contoso.onmicrosoft.com", ARM_CLIENT_ID: "left over" };
  expect(chooseLogin(settings(given))).toMatchObject({ way: "az", tenantId: "contoso.onmicrosoft.com" });
});

it.each([
  ["AzureUSGovernment", "https://management.usgovcloudapi.net"],
  ["china", "https://management.chinacloudapi.cn"],
])("finds the cloud %s", (name, resourceManager) => {
  expect(chooseLogin(settings({ ARM_ENVIRONMENT: name })).cloud?.resourceManager).toBe(resourceManager);
});

it.each([
  [{ AZURE_ENVIRONMENT: "german" }, "The provider knows no cloud german. It knows public, usgovernment, china"],
  [
    { ARM_CLIENT_SECRET: "s", ARM_CLIENT_ID: clientId },
    "A login by a client secret needs azure-native:subscriptionId (or ARM_SUBSCRIPTION_ID) and azure-native:tenantId (or ARM_TENANT_ID)",
  ],
  [
    { ARM_SUBSCRIPTION_ID: "not-a-guid" },
    'azure-native:subscriptionId (or ARM_SUBSCRIPTION_ID) must be a UUID, and not all zeros; got "not-a-guid"',
  ],
  [
    { ...ids, ARM_CLIENT_SECRET: "s", ARM_TENANT_ID: "my tenant", ARM_CLIENT_ID: "me", ARM_SUBSCRIPTION_ID: "" },
    [
      'azure-native:subscriptionId (or ARM_SUBSCRIPTION_ID) must be a UUID, and not all zeros; got ""',
      'azure-native:tenantId (or ARM_TENANT_ID) must be a UUID or a domain; got "my tenant"',
      'azure-native:clientId (or ARM_CLIENT_ID) must be a UUID, and not all zeros; got "me"',
    ].join("\n"),
  ],
  [
    { ARM_USE_MSI: "true", ARM_SUBSCRIPTION_ID: "00000000-0000-0000-0000-000000000000" },
    'azure-native:subscriptionId (or ARM_SUBSCRIPTION_ID) must be a UUID, and not all zeros; got "00000000-0000-0000-0000-000000000000"',
  ],
  [{ ARM_USE_MSI: "true" }, "A login by a managed identity needs azure-native:subscriptionId (or ARM_SUBSCRIPTION_ID)"],
])("says what is lacking: %j", (given, said) => {
  expect(() => chooseLogin(settings(given as Readonly<Record<string, string>>))).toThrow(new LoginError(said));
});
