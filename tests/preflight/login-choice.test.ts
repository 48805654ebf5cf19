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
    tenantId,
    clientId,
  });
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
  [{ ARM_USE_MSI: "true" }, "A login by a managed identity needs azure-native:subscriptionId (or ARM_SUBSCRIPTION_ID)"],
])("says what is lacking: %j", (given, said) => {
  expect(() => chooseLogin(settings(given as Readonly<Record<string, string>>))).toThrow(new LoginError(said));
});
