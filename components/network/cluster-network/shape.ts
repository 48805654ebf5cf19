import { z } from "zod";
import { openToPeers } from "./flows";

/** A network to peer with. The other side peers back by itself. */
const peerShape = z.strictObject({
  /** ARM ID of the other VNet. */
  virtualNetworkResourceId: z.string(),
  /** Its address space: IPv4 ranges. */
  addressSpace: z.array(z.string()).min(1, "must hold at least one range"),
  /**
   * What of this network it may connect to: `apiServer` and `endpoints` on port 443, the latter with their names; `nodes` on
   * 80 and 443, for a gateway; `lustre` to mount it; `runner` on port 22. Default: nothing. Refused: a subnet that is not there.
   */
  mayReach: z.array(z.enum(openToPeers)).default([]),
});

/** The one way out: a NAT gateway of ours, or a firewall in a peer that everything is sent to. */
const outboundShape = z.union([
  z.literal("natGateway"),
  z.strictObject({
    /** A firewall in a peer that everything is sent to. */
    firewall: z.strictObject({
      /** Its private address, in the range of a peer. It must let through what AKS needs. */
      nextHopAddress: z.string(),
    }),
  }),
]);

/** Ranges of the VNet, of Kubernetes and of networks to peer with. */
export const clusterNetworkShape = z.strictObject({
  /**
   * Private IPv4 range of the VNet such as 10.64.0.0/16, /8 to /20. Fixed: Azure moves no subnet that is in use, so another
   * one is another environment.
   */
  addressSpace: z.string(),
  /**
   * IPv4 range of pod addresses, a /24 for each node. Never routed, but must not meet anything that pods want to reach.
   * Changing it replaces the cluster.
   */
  podCidr: z.string(),
  /** IPv4 range of Kubernetes services, /13 to /27. Changing it replaces the cluster. */
  serviceCidr: z.string(),
  /** Networks to peer with, by name. Being a peer lets nobody in: see `mayReach`. */
  peers: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "must be 1 to 40 lowercase letters, digits or hyphens"),
      peerShape,
    )
    .default({}),
  /** Private ranges of head nodes that may reach the scale sets on any port, for example a Slurm scheduler's: /17 or smaller. */
  headNodeRanges: z.array(z.string()).default([]),
  /**
   * Public addresses of the NAT gateway, 1 to 16: 64,512 outbound flows to one destination each. Each bills by the hour.
   */
  natAddresses: z.int().default(1),
  /** Way out: `natGateway`, or a firewall in a peer. Changing it changes the addresses that outbound traffic comes from. */
  outbound: outboundShape.default("natGateway"),
  /**
   * Private addresses of your own DNS servers, in the network or a peer, at most 20. They must resolve public names, or no
   * node joins the cluster, and forward the names of private endpoints to 168.63.129.16. Running nodes keep the old ones.
   */
  dnsServers: z.array(z.string()).default([]),
  /**
   * ARM IDs of private DNS zones that are there already, linked to the network by their owner, such as a hub's. Private
   * endpoints are entered there, and the environment makes no zone of that name.
   */
  privateDnsZones: z.array(z.string()).default([]),
});
export type ClusterNetworkShape = z.input<typeof clusterNetworkShape>;
