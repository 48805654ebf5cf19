import { privateHost, publicHost } from "../../azure/api-server-name";
import type { KubernetesApi } from "../../azure/arm-row";
import { read } from "../../core/property-tree";
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
  const host = asked["serverFqdn"] === "public" && hasPublicName ? publicHost(cluster) : privateHost(cluster);
  return { ...api, server: `https://${host}:443` };
}
