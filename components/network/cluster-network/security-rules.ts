import type { network } from "@pulumi/azure-native/types/input";

/**
 * Rules of a subnet of bare nodes: MPI between the nodes, any port from head nodes (Slurm, Ray and MPI choose theirs),
 * nothing else from the network.
 */
export function securityRules(subnet: string, headNodeRanges: readonly string[]): network.SecurityRuleArgs[] {
  const inbound = {
    direction: "Inbound",
    protocol: "*",
    sourcePortRange: "*",
    destinationPortRange: "*",
    destinationAddressPrefix: subnet,
  } as const;
  const [first, ...more] = headNodeRanges;
  return [
    { ...inbound, name: "allow-own-nodes", priority: 100, access: "Allow", sourceAddressPrefix: subnet },
    ...(first === undefined
      ? []
      : [
          {
            ...inbound,
            name: "allow-head-nodes",
            priority: 110,
            access: "Allow",
            // Azure takes one prefix here and several there, and never both.
            ...(more.length === 0 ? { sourceAddressPrefix: first } : { sourceAddressPrefixes: [...headNodeRanges] }),
          } as const,
        ]),
    {
      ...inbound,
      name: "deny-rest-of-network",
      priority: 4000,
      access: "Deny",
      sourceAddressPrefix: "VirtualNetwork",
    },
  ];
}
