import type { OutboundType } from "./outbound";
import type { SubnetRole } from "./subnet-ref";

/** What is decided of a network, whoever makes it. */
export interface NetworkPlan {
  readonly podCidr: string;
  readonly serviceCidr: string;
  /** Range of the private endpoints. */
  readonly endpointCidr: string;
  /** Ranges of the subnets, by what they are for. */
  readonly subnetRanges: { readonly [R in SubnetRole]?: string };
  /** How traffic leaves, in the words of AKS. */
  readonly outboundType: OutboundType;
  /** ARM IDs of the networks that it is peered with, by name of the peer. */
  readonly peers: Readonly<Record<string, string>>;
  /** Whether DNS servers outside of the network answer for it. */
  readonly foreignDns: boolean;
  /** ARM IDs of the networks beside this one that need the names of its private endpoints, by name of the peer. */
  readonly zoneLinks: Readonly<Record<string, string>>;
  /** ARM IDs of zones of somebody else, for the private endpoints that have their names in one. */
  readonly privateDnsZones: readonly string[];
}
