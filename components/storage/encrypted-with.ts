import type { StorageAccountArgs } from "@pulumi/azure-native/storage/storageAccount";
import { output } from "@pulumi/pulumi";
import type { OwnKey } from "../identity/customer-managed-keys/own-key-ref";

type Encryption = Pick<StorageAccountArgs, "identity" | "encryption">;

/** An account encrypted with a key of the environment's own, unless it names one itself. */
export function encryptedWith<A extends Encryption>(key: OwnKey | undefined, account: A): A | (A & Encryption) {
  if (key === undefined || account.identity !== undefined) return account;
  return {
    ...account,
    identity: { type: "UserAssigned", userAssignedIdentities: [key.identityResourceId] },
    encryption: output(account.encryption).apply((it) => ({
      ...it,
      keySource: "Microsoft.Keyvault",
      // Without a version: the account follows new ones.
      keyVaultProperties: { keyVaultUri: key.vaultUri, keyName: key.keyName },
      encryptionIdentity: { encryptionUserAssignedIdentity: key.identityResourceId },
    })),
  };
}
