import { z } from "zod";

/** Most regions of Azure that one registry has copies in, beyond which a number is a mistake. */
const mostRegions = 60;

/** A way to a registry inside the network. The registry must be of tier Premium. */
const privateEndpointShape = z.strictObject({
  /**
   * Who lets the endpoint in. `automatic`: whoever runs `up`, with the right
   * `Microsoft.ContainerRegistry/registries/privateEndpointConnectionsApproval/action` on the registry, or Azure refuses the
   * endpoint. `manual`: the owner of the registry, after `up`; until then the address leads nowhere. Write it for a registry in
   * another tenant, or that others administer. Changing it replaces the endpoint.
   */
  approval: z.enum(["automatic", "manual"]).default("automatic"),
  /** Regions that the registry has copies in, 1 to 60: layers come from the copy nearby, and each takes an address. */
  regions: z
    .int()
    .min(1, `must be a whole number from 1 to ${mostRegions}`)
    .max(mostRegions, `must be a whole number from 1 to ${mostRegions}`)
    .default(1),
});

/** A container registry of somebody else's that the nodes pull images from. */
export const imageRegistryShape = z.strictObject({
  /** ARM ID of the registry, in whatever subscription and region. Changing it takes the old grant away. */
  resourceId: z.string(),
  /**
   * What rights on the registry are given for: the `registry` as a whole (role AcrPull), or its `repositories`, where it is in
   * the mode "RBAC Registry + ABAC Repository Permissions", which does not heed AcrPull.
   */
  permissions: z.enum(["registry", "repositories"]).default("registry"),
  /**
   * A private endpoint of our own for the registry, `{}` with every default: an address in the subnet of the endpoints for its
   * login and one for its layers, and their names in the zone `privatelink.azurecr.io`, found by nodes, runner and scale sets.
   * Each endpoint bills by the hour and the gigabyte.
   * Without it the nodes pull over the way out, or through an endpoint that somebody else has made.
   */
  privateEndpoint: privateEndpointShape.exactOptional(),
});
export type ImageRegistryShape = z.input<typeof imageRegistryShape>;
