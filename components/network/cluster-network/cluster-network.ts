import { NatGateway } from "@pulumi/azure-native/network/natGateway";
import { NetworkSecurityGroup } from "@pulumi/azure-native/network/networkSecurityGroup";
import { PublicIPAddress } from "@pulumi/azure-native/network/publicIPAddress";
import { RouteTable } from "@pulumi/azure-native/network/routeTable";
import { Subnet } from "@pulumi/azure-native/network/subnet";
import { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork";
import { VirtualNetworkPeering } from "@pulumi/azure-native/network/virtualNetworkPeering";
import { ComponentResource, type ComponentResourceOptions, type Output, type Resource } from "@pulumi/pulumi";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import { withTags, type Scope } from "../../../core/scope";
import type { NetworkRef } from "../network-ref";
import type { NetworkUser, SubnetRole } from "../subnet-ref";
import { planClusterNetwork, type ClusterNetworkPlan } from "./plan";
import type { ClusterNetworkShape } from "./shape";
import type { WayOut } from "./way-out";

/** Its shape and what will be put into it, or the plan of both; and where it goes. */
export type ClusterNetworkArgs = { readonly scope: Scope } & Planned<
  ClusterNetworkShape & {
    /**
     * Plans of what will be put into the network: they decide which subnets exist and whether these are large enough.
     * @default none: the cluster's subnets and that of the private endpoints, of whatever size the address space gives
     */
    readonly users?: readonly NetworkUser[];
  },
  ClusterNetworkPlan
>;

/**
 * One VNet with a subnet per purpose, one way out for all of them and no way in from the internet. `protect`
 * in the options protects the VNet; what can be made again around it stays free.
 *
 * Costs a NAT gateway and its public addresses by the hour, where the way out is not a firewall's, and outbound traffic by
 * the gigabyte.
 * @throws MisconfiguredError before anything is registered
 */
export class ClusterNetwork extends ComponentResource {
  /** What others have to know of the network. */
  public readonly ref: NetworkRef;
  /** ARM ID of the NAT gateway that traffic leaves by. Undefined: it leaves by a firewall of somebody else's. */
  public readonly natGatewayResourceId: Output<string> | undefined;
  readonly #subnets = new Map<SubnetRole, Output<string>>();

  public constructor(name: string, args: ClusterNetworkArgs, opts?: ComponentResourceOptions) {
    const plan = planOf(name, args);
    claim("Cluster network", plan.virtualNetwork.virtualNetworkName);
    super("azure-gpu-cluster:network:ClusterNetwork", name, {}, opts);
    const { resourceGroupName, tags } = args.scope;
    const common = { resourceGroupName, tags };
    const again = { parent: this, protect: false };

    const exit = makeWayOut(name, args.scope, plan.wayOut, again);
    this.natGatewayResourceId = exit.natGateway?.id;
    const network = new VirtualNetwork(name, { ...common, ...plan.virtualNetwork }, { parent: this });
    this.ref = {
      virtualNetworkResourceId: network.id,
      endpointCidr: plan.endpointCidr,
      podCidr: plan.podCidr,
      serviceCidr: plan.serviceCidr,
      outboundType: plan.outboundType,
    };

    let previous: Resource[] = [];
    const virtualNetworkName = network.name;
    for (const { role, outbound, securityGroup, subnet: body } of plan.subnets) {
      const group = new NetworkSecurityGroup(`${name}-${role}`, { ...common, ...securityGroup }, again);
      const subnet = new Subnet(
        `${name}-${role}`,
        {
          ...body,
          resourceGroupName,
          virtualNetworkName,
          networkSecurityGroup: { id: group.id },
          ...(outbound && exit),
        },
        // One after the other: Azure refuses two writes to subnets of one VNet at the same time.
        { ...again, dependsOn: previous },
      );
      previous = [subnet];
      this.#subnets.set(role, subnet.id);
    }
    for (const [peer, body] of Object.entries(plan.peerings)) {
      const peering = new VirtualNetworkPeering(
        `${name}-${peer}`,
        { ...body, resourceGroupName, virtualNetworkName },
        { ...again, dependsOn: previous },
      );
      previous = [peering];
    }
    this.registerOutputs({ virtualNetworkResourceId: network.id });
  }

  /** ARM IDs of all its subnets, by purpose. */
  public get subnetResourceIds(): Readonly<Partial<Record<SubnetRole, Output<string>>>> {
    return Object.fromEntries(this.#subnets);
  }

  /** ARM ID of the subnet for a purpose. Asking for one that no user of the network called for is a bug of the caller. */
  public subnetResourceId(role: SubnetRole): Output<string> {
    const id = this.#subnets.get(role);
    if (id === undefined) throw new Error(`The network was planned without a subnet for ${role}.`);
    return id;
  }
}

/** What a subnet refers to for its way out. */
type Exit = { readonly [K in "natGateway" | "routeTable"]?: { readonly id: Output<string> } };

function makeWayOut(name: string, scope: Scope, wayOut: WayOut, opts: ComponentResourceOptions): Exit {
  const { resourceGroupName, tags } = scope;
  const common = { resourceGroupName, tags };
  if (wayOut.natGateway === null) {
    const { id } = new RouteTable(`${name}-routes`, { ...common, ...wayOut.routeTable }, opts);
    return { routeTable: { id } };
  }
  const publicIpAddresses = Object.entries(wayOut.publicAddresses).map(([role, body]) => {
    const purpose = withTags(tags, { purpose: "nat" });
    const { id } = new PublicIPAddress(`${name}-${role}`, { ...common, ...body, tags: purpose }, opts);
    return { id };
  });
  const { id } = new NatGateway(`${name}-nat`, { ...common, ...wayOut.natGateway, publicIpAddresses }, opts);
  return { natGateway: { id } };
}

function planOf(name: string, { scope, ...args }: ClusterNetworkArgs): ClusterNetworkPlan {
  if (args.plan !== undefined) return args.plan;
  const { users = [], ...shape } = args;
  return planClusterNetwork(name, shape, placeOf(scope), users);
}
