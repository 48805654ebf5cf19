import { gatewaySubnets } from "../../../catalog/gateway-subnets";
import { text } from "../../../core/property-tree";

/** The name of a subnet, where a program writes one. */
export function subnetName(inputs: unknown): string | undefined {
  return text(inputs, "subnetName") ?? text(inputs, "name");
}

/** Whether a subnet is one that Azure's gateways and firewalls have to themselves. */
export function isGatewaySubnet(inputs: unknown): boolean {
  const name = subnetName(inputs)?.toLowerCase();
  return gatewaySubnets.some((it) => it === name);
}
