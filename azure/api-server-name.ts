import { stableUuid } from "../core/names";
import { text } from "../core/property-tree";

/*
 * Names that AKS gives API servers. A public one stands in AKS's own zone; a private one in a zone that AKS makes for the
 * cluster, with an ID for a name, or in a zone of the user's.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/private-clusters.md (2026-08-05)
 */

const domain = "azmk8s.io";

/** Inputs of a cluster. */
type Inputs = Readonly<Record<string, unknown>>;

/** The name that everybody can look up. */
export function publicHost(cluster: Inputs): string {
  return `${text(cluster, "dnsPrefix") ?? ""}.hcp.${text(cluster, "location") ?? ""}.${domain}`;
}

/** The name that is looked up in a private zone. */
export function privateHost(cluster: Inputs): string {
  return `${text(cluster, "dnsPrefix") ?? ""}.${privateZone(cluster)}`;
}

/** The name that stands for an API server where nothing is known but the name of its cluster. */
export function madeUpHost(resourceName: string): string {
  return `${resourceName}.hcp.${domain}`;
}

/** Whether AKS gave this name. */
export function isAksHost(host: string): boolean {
  return host.endsWith(`.${domain}`);
}

/** Where a name of AKS is looked up: by everybody, in the zone that AKS made, or in one of the user's. */
export function zoneOfHost(host: string): "public" | "made-by-aks" | "own" {
  if (host.includes(".hcp.")) return "public";
  return /^[^.]+\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.private\./.test(host) ? "made-by-aks" : "own";
}

function privateZone(cluster: Inputs): string {
  const zone = text(cluster, "apiServerAccessProfile.privateDNSZone") ?? "system";
  if (zone.startsWith("/")) return zone.slice(zone.lastIndexOf("/") + 1);
  const id = stableUuid(`${text(cluster, "resourceGroupName") ?? ""}/${text(cluster, "resourceName") ?? ""}`);
  return `${id}.private.${text(cluster, "location") ?? ""}.${domain}`;
}
