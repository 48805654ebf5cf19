import { output } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { ExistingNetwork } from "../../../../components/network/existing-network/existing-network";
import { planExistingNetwork } from "../../../../components/network/existing-network/plan";
import type { ExistingNetworkShape } from "../../../../components/network/existing-network/shape";
import { recorded, refused, tree } from "../../../recorded";

const spoke =
  "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/rg-spoke/providers/Microsoft.Network/virtualNetworks/vnet-spoke";
const args = {
  virtualNetworkResourceId: spoke,
  addressSpace: ["10.20.0.0/16"],
  subnets: {
    nodes: { name: "snet-aks", range: "10.20.0.0/20" },
    endpoints: { name: "snet-pe", range: "10.20.16.0/26" },
    apiServer: {
      name: "snet-api",
      range: "10.20.17.0/28",
      delegatedTo: "Microsoft.ContainerService/managedClusters",
    },
  },
  outbound: "routes",
  podCidr: "10.96.0.0/16",
  serviceCidr: "10.112.0.0/16",
} satisfies ExistingNetworkShape;

describe("ExistingNetwork", () => {
  it("makes nothing in Azure and hands out what is there", async () => {
    const ids: unknown[] = [];
    const plan = await recorded(() => {
      const network = new ExistingNetwork("net", args);
      output(network.subnetResourceId("nodes")).apply((id) => ids.push(id));
      expect(network.ref).toEqual({
        virtualNetworkResourceId: spoke,
        endpointCidr: "10.20.16.0/26",
        podCidr: "10.96.0.0/16",
        serviceCidr: "10.112.0.0/16",
        outboundType: "userDefinedRouting",
      });
      expect(() => network.subnetResourceId("lustre")).toThrow("The network was planned without a subnet for lustre.");
    });
    expect(tree(plan)).toEqual(["ExistingNetwork net"]);
    expect(ids).toEqual([`${spoke}/subnets/snet-aks`]);
  });

  it("is told by a plan what it is told by a shape", async () => {
    const plan = planExistingNetwork("net", args, []);
    const byPlan = await recorded(() => new ExistingNetwork("net", { plan }));
    expect(byPlan.resources).toEqual((await recorded(() => new ExistingNetwork("net", args))).resources);
  });

  it("fails before anything is registered", async () => {
    expect(await refused(() => new ExistingNetwork("net", { ...args, podCidr: "10.20.0.0/16" }))).toEqual({
      problems: ['podCidr: must not overlap addressSpace[0] (10.20.0.0/16); got "10.20.0.0/16". 10.0.0.0/16 would fit'],
      made: [],
    });
  });
});
