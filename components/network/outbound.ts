/** Ways in which a cluster's traffic leaves, in the words of AKS. Source: MicrosoftDocs/azure-aks-docs:articles/aks/egress-outboundtype.md (2026-08-05) */
export const outboundTypes = ["userAssignedNATGateway", "userDefinedRouting"] as const;

/** How traffic leaves a network. */
export type OutboundType = (typeof outboundTypes)[number];

/** What AKS is told of a way out: a NAT gateway on the subnet, or routes that lead elsewhere. */
export function outboundTypeOf(outbound: "natGateway" | "routes" | object): OutboundType {
  return outbound === "natGateway" ? "userAssignedNATGateway" : "userDefinedRouting";
}
