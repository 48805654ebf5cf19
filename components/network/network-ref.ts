import { z } from "zod";
import type { Wired } from "../../core/wired";

/** A network, ours or somebody else's: what others have to know of it. */
export const networkRef = z.strictObject({
  virtualNetworkResourceId: z.string(),
  /** Range of the private endpoints: the way from pods to storage. */
  endpointCidr: z.string(),
});
export type NetworkRef = Wired<z.output<typeof networkRef>, "virtualNetworkResourceId">;
