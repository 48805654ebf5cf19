import { z } from "zod";

/** A vault with one key, which Pulumi encrypts the secrets of an environment's stacks with. */
export const secretsKeyShape = z.strictObject({
  /** Public ranges that reach the vault. Default: none, and private endpoints are the only way. */
  allowedRanges: z.array(z.string()).default([]),
  /**
   * True for the first `up` after a `destroy` within 90 days: the deleted vault, whose name nobody else gets, is brought back with its key.
   * Take it out again afterwards.
   */
  recoverDeleted: z.boolean().default(false),
});
export type SecretsKeyShape = z.input<typeof secretsKeyShape>;
