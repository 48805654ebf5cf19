import type { NatGatewayArgs } from "@pulumi/azure-native/network/natGateway";
import type { PublicIPAddressArgs } from "@pulumi/azure-native/network/publicIPAddress";
import type { RouteTableArgs } from "@pulumi/azure-native/network/routeTable";
import type { z } from "zod";
import type { clusterNetworkShape } from "./shape";
import type { Unplaced } from "./unplaced";

/** How traffic leaves: either through a NAT gateway of ours, or by a route to a firewall of somebody else. */
export type WayOut =
  | {
      readonly natGateway: Omit<Unplaced<NatGatewayArgs>, "publicIpAddresses">;
      /** Bodies of its public addresses, by logical role. */
      readonly publicAddresses: Readonly<Record<string, Unplaced<PublicIPAddressArgs>>>;
      readonly routeTable: null;
    }
  | {
      readonly natGateway: null;
      readonly routeTable: Unplaced<RouteTableArgs>;
    };

/** The one way out that the shape asks for. */
export function planWayOut(
  { outbound, natAddresses }: z.output<typeof clusterNetworkShape>,
  location: string,
  named: (type: string, ...roles: readonly string[]) => string,
): WayOut {
  if (outbound === "natGateway") {
    const sku = { name: "Standard" } as const;
    return {
      natGateway: { location, sku, natGatewayName: named("ng"), idleTimeoutInMinutes: 10 },
      publicAddresses: Object.fromEntries(
        Array.from({ length: natAddresses }, (_, at) => `nat-${at + 1}`).map((role) => [
          role,
          { location, sku, publicIpAddressName: named("pip", role), publicIPAllocationMethod: "Static" },
        ]),
      ),
      routeTable: null,
    };
  }
  return {
    natGateway: null,
    routeTable: {
      location,
      routeTableName: named("rt"),
      // Routes of a gateway would lead past the firewall.
      disableBgpRoutePropagation: true,
      routes: [
        {
          name: "to-firewall",
          addressPrefix: "0.0.0.0/0",
          nextHopType: "VirtualAppliance",
          nextHopIpAddress: outbound.firewall.nextHopAddress,
        },
      ],
    },
  };
}
