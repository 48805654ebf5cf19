import { z } from "zod";

const range = z.string().describe("IPv4 range such as 10.64.0.0/16.");

/** Ranges of the VNet, of Kubernetes and of networks to peer with. */
export const networkSection = z
  .strictObject({
    addressSpace: range.describe("Private range of the VNet, /8 to /20. Fixed: Azure moves no subnet that is in use."),
    podCidr: range.describe("Range of pod addresses: a /24 for each node. Changing it replaces the cluster."),
    serviceCidr: range.describe("Range of Kubernetes services, /13 to /27. Changing it replaces the cluster."),
    peers: z
      .record(
        z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "must be 1 to 40 lowercase letters, digits or hyphens"),
        z.strictObject({
          virtualNetworkResourceId: z.string().describe("ARM ID of the other VNet."),
          addressSpace: z.array(range).min(1, "must hold at least one range"),
        }),
      )
      .exactOptional()
      .describe("Networks to peer with, by name. The other side peers back by itself. Default: none."),
    headNodeRanges: z
      .array(range)
      .exactOptional()
      .describe("Private ranges of head nodes that reach the scale sets on any port. Default: none."),
    natAddresses: z
      .int()
      .exactOptional()
      .describe("Public addresses for outbound traffic, 1 to 16; each bills by the hour. Default: 1."),
  })
  .describe("Ranges of the VNet, of Kubernetes and of networks to peer with.");
