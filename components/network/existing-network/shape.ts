import { z } from "zod";
import { keysOf, tableOf } from "../../../core/records";
import { subnetSlots } from "../subnet-ref";

/** A subnet that is there already. */
const existingSubnetShape = z.strictObject({
  /** Its name in the VNet. */
  name: z.string(),
  /** Its IPv4 range. */
  range: z.string(),
  /**
   * Service that it is delegated to: `Microsoft.ContainerService/managedClusters` for `apiServer`, `Microsoft.NetApp/volumes` for `netapp`,
   * else none.
   */
  delegatedTo: z.string().exactOptional(),
  /** Addresses in it that others take, for example another cluster's nodes. What is put into it must fit beside them. */
  takenAddresses: z.int().min(0).default(0),
});

/** A network that somebody else made and goes on owning: nothing in it is made, changed or deleted. */
export const existingNetworkShape = z.strictObject({
  /** ARM ID of the VNet. */
  virtualNetworkResourceId: z.string(),
  /** IPv4 ranges of the VNet. */
  addressSpace: z.array(z.string()).min(1, "must hold at least one range"),
  /** Its subnets, by what they are for. Each has one purpose. */
  subnets: z.strictObject(
    tableOf(
      keysOf(subnetSlots).map((role) => {
        const subnet = existingSubnetShape.describe(`The subnet that holds ${subnetSlots[role].holds}.`);
        return [role, subnet.exactOptional()] as const;
      }),
    ),
  ),
  /** How traffic leaves the subnets: a NAT gateway that they have, or routes of a route table that they have. */
  outbound: z.enum(["natGateway", "routes"]),
  /** Other ranges that the VNet reaches, through peerings or a gateway. Pods and services are kept clear of them. */
  connectedRanges: z.array(z.string()).default([]),
  /**
   * Where the VNet does not use Azure's DNS: the networks of its DNS servers, ARM IDs by a name for each. The zones that the
   * environment makes are linked to these, too, and whoever runs `up` needs the right to join them. Without it nothing behind
   * the servers finds Blob storage, registries or a private API server. They forward to 168.63.129.16.
   */
  dnsNetworks: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "must be 1 to 40 lowercase letters, digits or hyphens"),
      z.string(),
    )
    .default({}),
  /**
   * ARM IDs of private DNS zones that are there already, linked to the network by their owner, such as a hub's. Private
   * endpoints are entered there, and the environment makes no zone of that name.
   */
  privateDnsZones: z.array(z.string()).default([]),
  /** IPv4 range of pod addresses, a /24 for each node. Changing it replaces the cluster. */
  podCidr: z.string(),
  /** IPv4 range of Kubernetes services, /13 to /27. Changing it replaces the cluster. */
  serviceCidr: z.string(),
});
export type ExistingNetworkShape = z.input<typeof existingNetworkShape>;
