import { NatGateway } from "@pulumi/azure-native/network/natGateway";
import { NetworkSecurityGroup } from "@pulumi/azure-native/network/networkSecurityGroup";
import { PublicIPAddress } from "@pulumi/azure-native/network/publicIPAddress";
import { Subnet } from "@pulumi/azure-native/network/subnet";
import { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork";
import { VirtualNetworkPeering } from "@pulumi/azure-native/network/virtualNetworkPeering";
import { ComponentResource, type ComponentResourceOptions, type Output, type Resource } from "@pulumi/pulumi";
import { physicalName } from "../../core/names";
import type { Scope } from "../../core/scope";
import type { ClusterNetworkShape, NetworkDemand } from "./cluster-network-shape";
import { planClusterNetwork, type SubnetPlan } from "./plan-cluster-network";
import type { SubnetRole } from "./subnet-layout";

export interface ClusterNetworkArgs extends ClusterNetworkShape {
  readonly scope: Scope;
  /** What will be put into the network: decides which subnets exist and whether they are large enough. */
  readonly demand: NetworkDemand;
  /** Whether `destroy` is refused until protection is taken off. */
  readonly protect: boolean;
}

/**
 * One VNet with a subnet per purpose, one NAT gateway for all outbound traffic and no way in from the internet.
 *
 * Costs a NAT gateway and its public addresses by the hour, and outbound traffic by the gigabyte.
 * @throws MisconfiguredError before anything is registered
 */
export class ClusterNetwork extends ComponentResource {
  public readonly virtualNetworkResourceId: Output<string>;
  /** Range of the private endpoints. */
  public readonly endpointCidr: string;
  readonly #subnets = new Map<SubnetRole, Output<string>>();

  public constructor(name: string, args: ClusterNetworkArgs, opts?: ComponentResourceOptions) {
    const plan = planClusterNetwork(args, args.demand);
    super("azure-gpu-cluster:network:ClusterNetwork", name, {}, opts);
    const { resourceGroupName, location, names, tags } = args.scope;
    const common = { resourceGroupName, location, tags };

    const publicAddresses = Array.from({ length: plan.natAddresses }, (_, at) => {
      const role = `nat-${at + 1}`;
      return new PublicIPAddress(
        `${name}-${role}`,
        {
          ...common,
          publicIpAddressName: physicalName("pip", names, role),
          sku: { name: "Standard" },
          publicIPAllocationMethod: "Static",
          tags: { ...tags, purpose: "nat" },
        },
        { parent: this },
      );
    });
    const natGateway = new NatGateway(
      `${name}-nat`,
      {
        ...common,
        natGatewayName: physicalName("ng", names),
        sku: { name: "Standard" },
        publicIpAddresses: publicAddresses.map(({ id }) => ({ id })),
        idleTimeoutInMinutes: 10,
      },
      { parent: this },
    );

    // No `subnets`, not even []: subnets listed here and made on their own delete each other
    // (pulumi/pulumi-azure-native#611).
    const network = new VirtualNetwork(
      name,
      {
        ...common,
        virtualNetworkName: physicalName("vnet", names),
        addressSpace: { addressPrefixes: [plan.addressSpace] },
      },
      { parent: this, protect: args.protect },
    );
    this.virtualNetworkResourceId = network.id;
    this.endpointCidr = plan.subnets.find((it) => it.role === "endpoints")?.addressPrefix ?? "";

    let previous: Resource[] = [];
    for (const it of plan.subnets) {
      const group = new NetworkSecurityGroup(
        `${name}-${it.role}`,
        {
          ...common,
          networkSecurityGroupName: physicalName("nsg", names, it.role.toLowerCase()),
          securityRules: it.securityRules.map(({ sourceAddressPrefixes: [first, ...more], ...rule }) => ({
            ...rule,
            sourcePortRange: "*",
            ...(more.length === 0
              ? { sourceAddressPrefix: first ?? "*" }
              : { sourceAddressPrefixes: [first ?? "*", ...more] }),
          })),
        },
        { parent: this },
      );
      const subnet = new Subnet(
        `${name}-${it.role}`,
        {
          resourceGroupName,
          virtualNetworkName: network.name,
          subnetName: subnetName(it),
          addressPrefix: it.addressPrefix,
          networkSecurityGroup: { id: group.id },
          defaultOutboundAccess: false,
          privateEndpointNetworkPolicies: "Enabled",
          ...(it.outbound && { natGateway: { id: natGateway.id } }),
          ...(it.delegation !== undefined && { delegations: [{ name: "owner", serviceName: it.delegation }] }),
        },
        // One after the other: Azure refuses two writes to subnets of one VNet at the same time.
        { parent: this, dependsOn: previous },
      );
      previous = [subnet];
      this.#subnets.set(it.role, subnet.id);
    }

    for (const [peer, { virtualNetworkResourceId }] of Object.entries(plan.peers)) {
      const peering = new VirtualNetworkPeering(
        `${name}-${peer}`,
        {
          resourceGroupName,
          virtualNetworkName: network.name,
          virtualNetworkPeeringName: peer,
          remoteVirtualNetwork: { id: virtualNetworkResourceId },
          allowVirtualNetworkAccess: true,
          allowForwardedTraffic: false,
          allowGatewayTransit: false,
          useRemoteGateways: false,
        },
        { parent: this, dependsOn: previous },
      );
      previous = [peering];
    }
    this.registerOutputs({ virtualNetworkResourceId: this.virtualNetworkResourceId });
  }

  /** ARM ID of the subnet for a purpose. Asking for one that the demand did not call for is a bug of the caller. */
  public subnetResourceId(role: SubnetRole): Output<string> {
    const id = this.#subnets.get(role);
    if (id === undefined) throw new Error(`The network was planned without a subnet for ${role}.`);
    return id;
  }
}

function subnetName({ role }: SubnetPlan): string {
  return `snet-${role.toLowerCase()}`;
}
