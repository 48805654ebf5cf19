import type { EnvironmentStacks } from "../../../delivery/operator/environment-stacks";
import { operatorSettings, type OperatorSettings } from "../../../delivery/operator/operator-settings";
import type { OperatorVariables } from "../../../delivery/operator/operator-variables";

const id = (last: string): string => `00000000-0000-4000-8000-0000000000${last}`;

/** An environment of the operator, as its settings have it. */
export const environmentOf = (mode: "preview" | "apply"): object => ({
  ...{ mode, kind: "dev", viewers: [id("ff")] },
});

/** What bootstrap made for it. */
export const variablesOf = (letter: string, ...stacks: string[]): OperatorVariables => ({
  STACKS: stacks,
  PLAN_CLIENT_ID: id(`${letter}1`),
  DEPLOY_CLIENT_ID: id(`${letter}2`),
  TENANT_ID: id("01"),
  SUBSCRIPTION_ID: id(`${letter}0`),
  STATE_URL: `azblob://state?storage_account=ststate${letter}`,
  SECRETS_PROVIDER: `azurekeyvault://kv-state-${letter}.vault.azure.net/keys/pulumi/${"0".repeat(32)}`,
});

/** Settings of an operator of two environments, one of which it only looks at. */
export const given = {
  management: "management",
  image: `example.azurecr.io/workspace@sha256:${"a".repeat(64)}`,
  source: {
    kind: "oci",
    url: "oci://example.azurecr.io/gpu-platform",
    tag: "main",
    signedBy: { issuer: "^https://issuer$", subject: "^https://subject$" },
  },
  alerts: { secret: "webhook" },
  environments: { blue: environmentOf("apply"), green: environmentOf("preview") },
};

/** What bootstrap made for both. */
export const output = { blue: variablesOf("b", "blue", "blue-workloads"), green: variablesOf("c", "green") };

export const settings: OperatorSettings = operatorSettings.parse(given);

/** Stack files that there are. */
export const found: readonly EnvironmentStacks[] = [
  { environment: "blue", stacks: ["blue", "blue-workloads"], kinds: [] },
  { environment: "green", stacks: ["green"], kinds: [] },
];
