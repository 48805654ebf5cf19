import type { StorageAccountArgs } from "@pulumi/azure-native/storage/storageAccount";
import { z } from "zod";
import type { Problems } from "../../core/problems";
import { customerManagedKeyShape, readKey } from "./customer-managed-key";

/** How the data of an account are encrypted: the same for every kind of account. */
export const accountEncryptionShape = z.strictObject({
  /**
   * Encryption with a key of yours instead of Microsoft's. Without a version in `keyUrl` a new version is taken by itself.
   * Changed in place.
   */
  customerManagedKey: customerManagedKeyShape.exactOptional(),
  /** A second encryption below the first, with a key of Microsoft's. Fixed at creation: another one is another account. */
  infrastructureEncryption: z.boolean().default(false),
});

/** What an account says of its encryption: nothing while all of it is Azure's default. */
export function planAccountEncryption(
  { customerManagedKey: key, infrastructureEncryption }: z.output<typeof accountEncryptionShape>,
  problems: Problems,
): Pick<StorageAccountArgs, "identity" | "encryption"> {
  const found = key && readKey(key, "customerManagedKey", problems);
  if (key === undefined && !infrastructureEncryption) return {};
  const twice = infrastructureEncryption && { requireInfrastructureEncryption: true };
  if (key === undefined || found === undefined) return { encryption: { keySource: "Microsoft.Storage", ...twice } };
  const { vaultUri: keyVaultUri, keyName, keyVersion } = found;
  return {
    identity: { type: "UserAssigned", userAssignedIdentities: [key.identityResourceId] },
    encryption: {
      keySource: "Microsoft.Keyvault",
      ...twice,
      keyVaultProperties: { keyVaultUri, keyName, ...(keyVersion !== undefined && { keyVersion }) },
      encryptionIdentity: { encryptionUserAssignedIdentity: key.identityResourceId },
    },
  };
}
