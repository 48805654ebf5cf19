import { z } from "zod";
import { cacheableHosts } from "../../../catalog/registry-upstreams";

const daysRule = "must be a whole number of days from 0 to 365";

/** A container registry of the environment's own: tier Premium, without a public address, a password or an anonymous reader. */
export const containerRegistryShape = z.strictObject({
  /**
   * Public registries that it pulls from and keeps, by their host: what lies at `quay.io/a/b` is had from `<registry>/quay.io/a/b`. The
   * first pull goes to the public registry, by Azure's own network and not by that of the nodes. A host that asks for a password is none of
   * them. `[]` for none. Default: all that Azure caches without a password.
   */
  caches: z.array(z.string()).default([...cacheableHosts]),
  /**
   * Days after which a manifest without a tag is deleted for good, 0 to 365; a preview feature of Azure. Whoever pulls by digest then finds
   * nothing once its tag has moved. Default: never.
   */
  deleteUntaggedAfterDays: z.int().min(0, daysRule).max(365, daysRule).exactOptional(),
  /**
   * Object IDs of Entra groups that push, such as one of pipelines, to every repository: the API version that is pinned here cannot say that
   * roles are to heed repositories. Default: nobody.
   */
  pushGroupObjectIds: z.array(z.string()).default([]),
});
export type ContainerRegistryShape = z.input<typeof containerRegistryShape>;
