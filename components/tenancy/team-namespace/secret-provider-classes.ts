import type { Problems } from "../../../core/problems";
import type { KeyVaultRef } from "../../identity/key-vault/key-vault-ref";

/** A SecretProviderClass without its namespace, the identity that reads, and its tenant. */
export interface SecretProviderClass {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly provider: "azure"; readonly parameters: Readonly<Record<string, string>> };
}

/** Notes a problem for secrets that nobody could mount, and for one that is named twice. */
export function checkSecrets(secrets: readonly string[], keyVault: object | undefined, problems: Problems): void {
  problems.require(
    secrets.length === 0 || keyVault !== undefined,
    "secrets",
    "cannot be mounted: the environment has no Key Vault",
    {
      got: secrets,
      remedy: "Add keyVault: {} to the stack that makes the infra, or leave them out",
    },
  );
  problems.requireDistinct("secrets", secrets, "Remove one of the two");
}

/**
 * A class for each secret, of its name, so that a secret that is missing in the vault stops those pods alone that mount it. None makes a
 * Secret of Kubernetes. The identity is the team's and not that of the add-on, which all nodes have.
 * Source: Azure/secrets-store-csi-driver-provider-azure:website/content/en/configurations/identity-access-modes/workload-identity-mode.md
 */
export function secretProviderClasses(
  secrets: readonly string[],
  { name: keyvaultName }: Pick<KeyVaultRef, "name">,
): readonly SecretProviderClass[] {
  return secrets.map((secret) => ({
    metadata: { name: secret },
    spec: {
      provider: "azure",
      parameters: {
        keyvaultName,
        // YAML within YAML, as the driver wants it.
        objects: `array:\n  - |\n    objectName: ${secret}\n    objectType: secret\n`,
      },
    },
  }));
}
