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

/** A Key Vault of somebody else's, with secrets that teams mount. */
export const keyVaultShape = z.strictObject({
  /**
   * ARM ID of the vault, in the tenant of the environment. It must have the permission model "Azure role-based access control": with
   * access policies it does not heed roles. Whoever runs `up` for the teams must be allowed to grant roles on its secrets.
   */
  resourceId: z.string(),
  /**
   * Minutes after which nodes look for new versions of the secrets that pods have mounted, 1 to 1440. Each look at each secret of each
   * pod is an operation that the vault bills and counts.
   */
  rotationMinutes: z.int().min(1, minutesRule).max(mostMinutes, minutesRule).default(60),
  /**
   * A private endpoint of our own for the vault, `{}` with every default: an address in the subnet of the endpoints, and its name in the
   * zone `privatelink.vaultcore.azure.net`. It bills by the hour and the gigabyte. Without it nodes reach the vault over the way out, or
   * through an endpoint that somebody else has made.
   */
  privateEndpoint: privateEndpointShape.exactOptional(),
});
export type KeyVaultShape = z.input<typeof keyVaultShape>;
