import { z } from "zod";

/** A container registry of an environment, as far as those who fetch from it ask. */
export const containerRegistryRef = z.object({
  /** ARM ID of the registry. */
  resourceId: z.string(),
  /** Host that images are pulled from. */
  loginServer: z.string(),
  /** Public registries that it pulls from by itself, by their host. */
  caches: z.array(z.string()),
});
export type ContainerRegistryRef = Readonly<z.output<typeof containerRegistryRef>>;
