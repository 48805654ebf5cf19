import { z } from "zod";

/** What a key of its own encrypts, each kind with one, so that each can be taken away alone. */
export const encryptedKinds = ["disks", "storage", "lustre", "registry"] as const;
export type EncryptedKind = (typeof encryptedKinds)[number];

const [leastDays, mostDays] = [28, 730];
const generationRule = "must be a whole number from 1 to 99";
const daysRule = `must be a whole number of days from ${leastDays} to ${mostDays}`;

/** Keys of the environment's own, in a vault of its own, for everything that does not name another key. */
export const customerManagedKeysShape = z.strictObject({
  /**
   * What they encrypt: `disks` of nodes, volumes, scale sets and the runner, `storage` accounts, `lustre`, and the container `registry`.
   * Accounts take a kind up or out in place. For `disks` that replaces the cluster and the machines, for `registry` the registry; Lustre takes
   * a key only as it is made, and Azure refuses one later. Default: all that the environment has.
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
   * Part of the vault's name from 2 on. A deleted vault keeps its name for 90 days and nobody can shorten that, so count one up for the first
   * `up` after a `destroy`. In an environment that lives another number would take its keys away.
   */
  generation: z.int().min(1, generationRule).max(99, generationRule).default(1),
});
export type CustomerManagedKeysShape = z.input<typeof customerManagedKeysShape>;
