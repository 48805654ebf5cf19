import { z } from "zod";

/** Longest that nodes may wait before they look for a new version, in minutes: a day. */
const mostMinutes = 1440;

const minutesRule = `must be a whole number of minutes from 1 to ${mostMinutes}`;

/** A way to the vault inside the network. */
const privateEndpointShape = z.strictObject({
  /**
   * Who lets the endpoint in. `automatic`: whoever runs `up`, with the right
   * `Microsoft.KeyVault/vaults/privateEndpointConnectionsApproval/action` on the vault, or Azure refuses the endpoint. `manual`: the
   * owner of the vault, after `up`; until then no pod that mounts a secret starts. Changing it replaces the endpoint.
   */
  approval: z.enum(["automatic", "manual"]).default("automatic"),
});

/** A Key Vault with secrets that teams mount: of the environment's own, or somebody else's that `resourceId` names. */
export const keyVaultShape = z.strictObject({
  /**
   * ARM ID of a vault of somebody else's, in the tenant of the environment. It must have the permission model "Azure role-based access control": with
   * access policies it does not heed roles. Whoever runs `up` for the teams must be allowed to grant roles on its secrets. Default: none, and a vault is made that no public network
   * reaches and nobody can purge before 90 days are over.
   */
  resourceId: z.string().exactOptional(),
  /**
   * Minutes after which nodes look for new versions of the secrets that pods have mounted, 1 to 1440. Each look at each secret of each
   * pod is an operation that the vault bills and counts.
   */
  rotationMinutes: z.int().min(1, minutesRule).max(mostMinutes, minutesRule).default(60),
  /**
   * Object IDs of Entra groups that write the secrets of the environment's own vault, with the role Key Vault Secrets Officer. No value
   * goes through Pulumi. Default: nobody.
   */
  secretsOfficerGroupObjectIds: z.array(z.string()).default([]),
  /**
   * True for the first `up` after a `destroy` of the environment's own vault within 90 days: the deleted one, whose name nobody else gets,
   * is brought back with its secrets. Take it out again afterwards.
   */
  recoverDeleted: z.boolean().default(false),
  /**
   * A private endpoint of our own for somebody else's vault, `{}` with every default: an address in the subnet of the endpoints, and its name in the
   * zone `privatelink.vaultcore.azure.net`. It bills by the hour and the gigabyte. Without it nodes reach the vault over the way out, or
   * through an endpoint that somebody else has made. The environment's own vault has one always.
   */
  privateEndpoint: privateEndpointShape.exactOptional(),
});
export type KeyVaultShape = z.input<typeof keyVaultShape>;
