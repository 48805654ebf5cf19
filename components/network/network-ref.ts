import { z } from "zod";
import type { Wired } from "../../core/wired";
import { outboundTypes } from "./outbound";

/** A network, ours or somebody else's: what others have to know of it. */
export const networkRef = z.object({
  /** ARM ID of the VNet. */
  virtualNetworkResourceId: z.string(),
  /** Range of the private endpoints: the way from pods to storage. */
  endpointCidr: z.string(),
  /** Range of pod addresses, checked against every other range. */
  podCidr: z.string(),
  /** Range of Kubernetes services, checked against every other range. */
  serviceCidr: z.string(),
  /** How traffic leaves, in the words of AKS. */
  outboundType: z.enum(outboundTypes),
});
export type NetworkRef = Wired<z.output<typeof networkRef>, "virtualNetworkResourceId">;
