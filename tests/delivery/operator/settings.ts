import type { EnvironmentStacks } from "../../../delivery/operator/environment-stacks";
import { operatorSettings, type OperatorSettings } from "../../../delivery/operator/operator-settings";

const id = (last: string): string => `00000000-0000-4000-8000-0000000000${last}`;

/** An environment of the operator, as its settings have it. */
export const environmentOf = (letter: string, mode: "preview" | "apply"): object => ({
  ...{ mode, kind: "dev", subscriptionId: id(`${letter}0`) },
  state: { account: `ststate${letter}`, container: "state" },
  secretsKey: `https://kv-state-${letter}.vault.azure.net/keys/state`,
  identities: { plan: id(`${letter}1`), apply: id(`${letter}2`) },
  viewers: [id("ff")],
});

/** Settings of an operator of two environments, one of which it only looks at. */
export const given = {
  management: "management",
  tenantId: id("01"),
  image: `example.azurecr.io/workspace@sha256:${"a".repeat(64)}`,
  source: {
    kind: "oci",
    url: "oci://example.azurecr.io/gpu-platform",
    tag: "main",
    signedBy: { issuer: "^https://issuer$", subject: "^https://subject$" },
  },
  alerts: { secret: "webhook" },
  environments: { blue: environmentOf("b", "apply"), green: environmentOf("c", "preview") },
};

export const settings: OperatorSettings = operatorSettings.parse(given);

/** Stack files that there are. */
export const found: readonly EnvironmentStacks[] = [
  { environment: "blue", stacks: ["blue", "blue-workloads"] },
  { environment: "green", stacks: ["green"] },
];
