import { output } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import {
  ClusterNetwork,
  type ClusterNetworkArgs,
} from "../../../../components/network/cluster-network/cluster-network";
import { planClusterNetwork } from "../../../../components/network/cluster-network/plan";
import type { NetworkUser } from "../../../../components/network/subnet-ref";
import { allOf, idOf, label, only, place, problemsOf, recorded, refused, scope, tree } from "../../../recorded";

const users: NetworkUser[] = [
  { infiniband: true, subnets: [{ role: "nodes", addresses: 7, what: "AKS nodes" }] },
  { infiniband: true, subnets: [{ role: "scaleSets", addresses: 2, what: "scale-set nodes" }] },
  { infiniband: false, subnets: [{ role: "lustre", addresses: 27, what: "addresses of Lustre" }] },
];
const args = {
  scope,
  addressSpace: "10.64.0.0/18",
  podCidr: "10.96.0.0/18",
  serviceCidr: "10.112.0.0/16",
  users,
} satisfies ClusterNetworkArgs;
const common = { resourceGroupName: "rg-test", location: "eastus", tags: scope.tags };
const remote = "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/hub/providers/Microsoft.Network";
const hub = `${remote}/virtualNetworks/hub`;
/** What azure-native itself adds to a subnet. */
const sdkDefault = { privateLinkServiceNetworkPolicies: "Enabled" };
const roles = ["nodes", "endpoints", "apiServer", "scaleSets", "lustre"] as const;

describe("ClusterNetwork", () => {
  it("registers one address, one gateway, one VNet and a subnet with its group for each purpose", async () => {
    const plan = await recorded(() => new ClusterNetwork("net", args));
    expect(tree(plan).sort()).toEqual(
      [
        "ClusterNetwork net",
        "PublicIPAddress net-nat-1 < ClusterNetwork net",
        "NatGateway net-nat < ClusterNetwork net",
        "VirtualNetwork net < ClusterNetwork net",
        ...roles.flatMap((role) => [
          `NetworkSecurityGroup net-${role} < ClusterNetwork net`,
          `Subnet net-${role} < ClusterNetwork net`,
        ]),
      ].sort(),
    );
  });

  it("sends outbound traffic through the gateway, with as many addresses as asked for", async () => {
    const plan = await recorded(() => new ClusterNetwork("net", { ...args, natAddresses: 2 }));
    expect(allOf(plan, "azure-native:network:PublicIPAddress").map((it) => it.inputs)).toEqual(
      ["nat-1", "nat-2"].map((role) => ({
        ...common,
        tags: { ...scope.tags, purpose: "nat" },
        publicIpAddressName: `pip-gpu-dev-eastus-${role}`,
        sku: { name: "Standard" },
        publicIPAllocationMethod: "Static",
      })),
    );
    const addressId = (role: string): string => idOf(`Microsoft.Network/publicIPAddresses/pip-gpu-dev-eastus-${role}`);
    expect(only(plan, "azure-native:network:NatGateway").inputs).toEqual({
      ...common,
      natGatewayName: "ng-gpu-dev-eastus",
      sku: { name: "Standard" },
      publicIpAddresses: [{ id: addressId("nat-1") }, { id: addressId("nat-2") }],
      idleTimeoutInMinutes: 10,
    });
  });

  it.each([true, false])(
    "never lists subnets in the VNet, where they would delete each other; protect %s",
    async (protect) => {
      const plan = await recorded(() => new ClusterNetwork("net", args, { protect }));
      const network = only(plan, "azure-native:network:VirtualNetwork");
      expect(network.inputs).toEqual({
        ...common,
        virtualNetworkName: "vnet-gpu-dev-eastus",
        addressSpace: { addressPrefixes: ["10.64.0.0/18"] },
        // Defaults of azure-native, not ours.
        enableDdosProtection: false,
        enableVmProtection: false,
      });
      expect(network.options).toEqual(protect ? { protect: true } : {});
      // What can be made again around it stays free.
      expect(plan.resources.filter((it) => it.options.protect === true).map((it) => label(it.urn))).toEqual(
        protect ? ["ClusterNetwork net", "VirtualNetwork net"] : [],
      );
    },
  );

  it("makes each subnet with its own group, without default outbound access", async () => {
    const plan = await recorded(() => new ClusterNetwork("net", args));
    const natGateway = { natGateway: { id: idOf("Microsoft.Network/natGateways/ng-gpu-dev-eastus") } };
    const subnet = (role: string, addressPrefix: string): object => ({
      resourceGroupName: "rg-test",
      virtualNetworkName: "vnet-gpu-dev-eastus",
      subnetName: `snet-${role}`,
      addressPrefix,
      networkSecurityGroup: { id: idOf(`Microsoft.Network/networkSecurityGroups/nsg-gpu-dev-eastus-${role}`) },
      defaultOutboundAccess: false,
      privateEndpointNetworkPolicies: "Enabled",
      ...sdkDefault,
    });
    expect(allOf(plan, "azure-native:network:Subnet").map((it) => it.inputs)).toEqual([
      { ...subnet("nodes", "10.64.0.0/19"), ...natGateway },
      subnet("endpoints", "10.64.52.0/24"),
      {
        ...subnet("apiserver", "10.64.53.0/26"),
        delegations: [{ name: "owner", serviceName: "Microsoft.ContainerService/managedClusters" }],
      },
      { ...subnet("scalesets", "10.64.32.0/20"), ...natGateway },
      { ...subnet("lustre", "10.64.48.0/22"), ...natGateway },
    ]);
  });

  it("guards each subnet with the rules of the plan", async () => {
    const headNodeRanges = ["10.1.0.0/24", "10.2.0.0/24"];
    const plan = await recorded(() => new ClusterNetwork("net", { ...args, headNodeRanges }));
    const { addressSpace, podCidr, serviceCidr } = args;
    const { subnets } = planClusterNetwork("net", { addressSpace, podCidr, serviceCidr, headNodeRanges }, place, users);
    for (const { role, securityGroup } of subnets) {
      expect(only(plan, "azure-native:network:NetworkSecurityGroup", `net-${role}`).inputs).toEqual({
        ...common,
        networkSecurityGroupName: `nsg-gpu-dev-eastus-${role.toLowerCase()}`,
        securityRules: securityGroup.securityRules,
      });
    }
  });

  it("sends outbound traffic to a firewall, by routes of every subnet that has a way out, and makes no gateway", async () => {
    const plan = await recorded(
      () =>
        new ClusterNetwork("net", {
          ...args,
          peers: { hub: { virtualNetworkResourceId: hub, addressSpace: ["10.0.0.0/16"] } },
          outbound: { firewall: { nextHopAddress: "10.0.0.4" } },
        }),
    );
    const table = only(plan, "azure-native:network:RouteTable");
    expect([table.name, table.inputs]).toMatchObject([
      "net-routes",
      { ...common, routeTableName: "rt-gpu-dev-eastus" },
    ]);
    expect(plan.resources.filter((it) => /:(NatGateway|PublicIPAddress)$/.test(it.type))).toEqual([]);
    const routed = allOf(plan, "azure-native:network:Subnet").map(({ name, inputs }) => [name, inputs["routeTable"]]);
    const id = idOf("Microsoft.Network/routeTables/rt-gpu-dev-eastus");
    expect(routed).toEqual(
      roles.map((role) => [`net-${role}`, ["endpoints", "apiServer"].includes(role) ? undefined : { id }]),
    );
  });

  it("writes to the VNet one after the other: subnets, then peerings", async () => {
    const peers = {
      hub: { virtualNetworkResourceId: hub, addressSpace: ["10.0.0.0/16"] },
      edge: { virtualNetworkResourceId: `${remote}/virtualNetworks/edge`, addressSpace: ["10.1.0.0/16"] },
    };
    const plan = await recorded(() => new ClusterNetwork("net", { ...args, peers }));
    const writes = plan.resources.filter((it) => /:(Subnet|VirtualNetworkPeering)$/.test(it.type));
    expect(writes).toHaveLength(7);
    writes.slice(1).forEach((write, at) => {
      expect(write.dependencies).toContain(writes[at]?.urn);
    });
    expect(writes[0]?.dependencies.map(label)).not.toContain("Subnet net-lustre");
    expect(only(plan, "azure-native:network:VirtualNetworkPeering", "net-hub").inputs).toEqual({
      resourceGroupName: "rg-test",
      virtualNetworkName: "vnet-gpu-dev-eastus",
      virtualNetworkPeeringName: "hub",
      remoteVirtualNetwork: { id: hub },
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: false,
      allowGatewayTransit: false,
      useRemoteGateways: false,
    });
  });

  it("hands out the subnets that it has", async () => {
    const ids: string[] = [];
    let network: ClusterNetwork | undefined;
    await recorded(() => {
      network = new ClusterNetwork("net", args);
      network.subnetResourceId("scaleSets").apply((id) => ids.push(id));
      output(network.ref.virtualNetworkResourceId).apply((id) => ids.push(id));
    });
    const vnet = idOf("Microsoft.Network/virtualNetworks/vnet-gpu-dev-eastus");
    expect(ids.sort()).toEqual([vnet, `${vnet}/subnets/snet-scalesets`]);
    expect(network?.ref.endpointCidr).toBe("10.64.52.0/24");
  });

  it("fails to hand out a subnet that nobody asked for, as a bug of the caller", async () => {
    await recorded(() => {
      const network = new ClusterNetwork("net", { ...args, users: [] });
      expect(() => network.subnetResourceId("lustre")).toThrow("The network was planned without a subnet for lustre.");
    });
  });

  it("fails before anything is registered", async () => {
    expect(await refused(() => new ClusterNetwork("net", { ...args, natAddresses: 0 }))).toEqual({
      problems: ["natAddresses: must be a whole number from 1 to 16; got 0. Use 1"],
      made: [],
    });
  });

  it("refuses a second one with its name before anything is registered, and takes one with another", async () => {
    const plan = await recorded(() => {
      new ClusterNetwork("net", args);
      new ClusterNetwork("edge", args);
      expect(problemsOf(() => new ClusterNetwork("net", args))).toEqual([
        'name: must be one that no other of this kind has; got "vnet-gpu-dev-eastus". Give the component another name',
      ]);
    });
    const names = allOf(plan, "azure-native:network:VirtualNetwork").map((it) => it.inputs["virtualNetworkName"]);
    expect(names).toEqual(["vnet-gpu-dev-eastus", "vnet-gpu-dev-eastus-edge"]);
  });

  it("is told by a plan what it is told by a shape", async () => {
    const { addressSpace, podCidr, serviceCidr } = args;
    const plan = planClusterNetwork("net", { addressSpace, podCidr, serviceCidr }, place, users);
    const byPlan = await recorded(() => new ClusterNetwork("net", { scope, plan }));
    expect(byPlan.resources).toEqual((await recorded(() => new ClusterNetwork("net", args))).resources);
  });
});
