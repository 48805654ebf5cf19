import type { KubernetesApi } from "../../azure/arm-row";
import { stableUuid } from "../../core/names";
import { read, text } from "../../core/property-tree";
import type { Props } from "../../core/property-value";

/**
 * The API server as Azure tells of it: a public cluster's is the one of the rehearsal, a private cluster's has a name,
 * which is found, or is not, where the caller is (`simulator/kubernetes/reach.ts`).
 * @param asked Inputs of the provider function.
 * @param cluster Inputs of the cluster.
 */
export function toldApiServer(api: KubernetesApi, asked: Props, cluster: Props): KubernetesApi {
  if (read(cluster, "apiServerAccessProfile.enablePrivateCluster") !== true) return api;
  const hasPublicName = read(cluster, "apiServerAccessProfile.enablePrivateClusterPublicFQDN") === true;
  const isPublicName = asked["serverFqdn"] === "public" && hasPublicName;
  const host = isPublicName ? `hcp.${regionOf(cluster)}.azmk8s.io` : zoneOf(cluster);
  return { ...api, server: `https://${text(cluster, "dnsPrefix") ?? ""}.${host}:443` };
}

/** Name of the zone that a private name stands in: of the own one, or of the one that AKS makes and gives an ID for a name. */
function zoneOf(cluster: Props): string {
  const zone = text(cluster, "apiServerAccessProfile.privateDNSZone") ?? "system";
  if (zone.startsWith("/")) return zone.slice(zone.lastIndexOf("/") + 1);
  const id = stableUuid(`${text(cluster, "resourceGroupName") ?? ""}/${text(cluster, "resourceName") ?? ""}`);
  return `${id}.private.${regionOf(cluster)}.azmk8s.io`;
}

function regionOf(cluster: Props): string {
  return text(cluster, "location") ?? "";
}
