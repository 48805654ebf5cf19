import { z } from "zod";

/** A Key Vault, ours or somebody else's, as far as those who mount its secrets ask. */
export const keyVaultRef = z.object({
  /** ARM ID of the vault. */
  resourceId: z.string(),
  /** Name of the vault: the first part of its address. */
  name: z.string(),
});
export type KeyVaultRef = Readonly<z.output<typeof keyVaultRef>>;
