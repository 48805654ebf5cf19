import { z } from "zod";

/** A container registry of somebody else's that the nodes pull images from. */
export const imageRegistryShape = z.strictObject({
  /** ARM ID of the registry. Changing it takes the old grant away. */
  resourceId: z.string(),
});
export type ImageRegistryShape = z.input<typeof imageRegistryShape>;
