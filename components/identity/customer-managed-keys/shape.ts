import { z } from "zod";

/** What a key of its own encrypts, each kind with one, so that each can be taken away alone. */
export const encryptedKinds = ["disks", "storage", "lustre", "registry"] as const;
export type EncryptedKind = (typeof encryptedKinds)[number];

const [leastDays, mostDays] = [28, 730];
const daysRule = `must be a whole number of days from ${leastDays} to ${mostDays}`;

/** Keys of the environment's own, in a vault of its own, for everything that does not name another key. */
export const customerManagedKeysShape = z.strictObject({
  /**
   * What they encrypt: `disks` of nodes, volumes, scale sets and the runner, `storage` accounts, `lustre`, and the container `registry`.
   * Taking a kind up or out later replaces what is encrypted: the cluster for `disks`, the file system for `lustre`, the registry for
   * `registry`; accounts change in place. Default: all that the environment has.
   */
  encrypts: z.array(z.enum(encryptedKinds)).min(1, "must name at least one kind").exactOptional(),
  /**
   * Keys that never leave a hardware security module, in a vault of tier Premium: each bills by the month and version. That of Lustre stays
   * one of software, which is all that Lustre takes. Fixed for keys that are there: Azure answers those as they are.
   */
  hardware: z.boolean().default(false),
  /**
   * Days after which Key Vault makes a new version, 28 to 730: disks, accounts and registry take it by themselves within a day, and what was
   * encrypted stays readable. Lustre follows none, so its key has no such policy. Fixed for keys that are there.
   */
  rotationDays: z.int().min(leastDays, daysRule).max(mostDays, daysRule).default(365),
  /**
   * True for the first `up` after a `destroy` within 90 days: the deleted vault, whose name nobody else gets, is brought back with its keys.
   * Take it out again afterwards.
   */
  recoverDeleted: z.boolean().default(false),
});
export type CustomerManagedKeysShape = z.input<typeof customerManagedKeysShape>;
