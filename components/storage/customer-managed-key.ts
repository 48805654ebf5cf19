import { z } from "zod";
import { checkId } from "../../azure/check-id";
import type { Problems } from "../../core/problems";

/**
 * A key of yours that data are encrypted with, in a Key Vault with purge protection. Who takes it away takes the data away.
 * Source: https://learn.microsoft.com/azure/storage/common/customer-managed-keys-overview
 */
export const customerManagedKeyShape = z.strictObject({
  /** Identifier of the key: https://<vault>.vault.azure.net/keys/<name>, and a slash and the version to stay with one. */
  keyUrl: z.string(),
  /**
   * ARM ID of a user-assigned identity that holds the role Key Vault Crypto Service Encryption User on the key before `up`. A
   * vault with a firewall must let trusted services of Microsoft in.
   */
  identityResourceId: z.string(),
});

/** A key identifier, taken apart. */
export interface KeyName {
  readonly vaultUri: string;
  readonly vaultName: string;
  readonly keyName: string;
  /** `undefined`: the newest, which Azure looks for once a day. */
  readonly keyVersion: string | undefined;
}

// Source: https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates (object identifiers)
const identifier =
  /^(?<vaultUri>https:\/\/(?<vaultName>[a-z][a-z0-9-]{1,22}[a-z0-9])\.(?:vault|managedhsm)\.azure\.net)\/keys\/(?<keyName>[a-zA-Z0-9-]{1,127})(?:\/(?<keyVersion>[0-9a-f]{32}))?$/;

/** Reads a key, and notes what is wrong with it. */
export function readKey(
  { keyUrl, identityResourceId }: z.output<typeof customerManagedKeyShape>,
  path: string,
  problems: Problems,
): KeyName | undefined {
  const identity = { token: "managedidentity:UserAssignedIdentity", what: "user-assigned identity" };
  checkId(identity, identityResourceId, `${path}.identityResourceId`, problems);
  const found = identifier.exec(keyUrl)?.groups;
  problems.require(found !== undefined, `${path}.keyUrl`, "must be the identifier of a key in a Key Vault", {
    got: keyUrl,
    remedy: "az keyvault key show --query key.kid says it: https://<vault>.vault.azure.net/keys/<name>/<version>",
  });
  if (found === undefined) return undefined;
  const { vaultUri = "", vaultName = "", keyName = "", keyVersion } = found;
  return { vaultUri, vaultName, keyName, keyVersion };
}
