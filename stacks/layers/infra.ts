import { GpuPool } from "../../components/cluster/gpu-pool/gpu-pool";
import { KubernetesCluster } from "../../components/cluster/kubernetes-cluster/kubernetes-cluster";
import { EnvironmentGroup } from "../../components/foundation/environment-group";
import { ClusterIdentity } from "../../components/identity/cluster-identity";
import { ClusterNetwork } from "../../components/network/cluster-network/cluster-network";
import { ExistingNetwork } from "../../components/network/existing-network/existing-network";
import { PrivateDns } from "../../components/network/private-dns";
import { PrivateEndpoint } from "../../components/network/private-endpoint";
import type { Environment } from "../environment";
import type { InfraHandover } from "../handover";
import type { InfraPlan } from "../plan-infra";

/** What the infra layer made: the handover, and the cluster for what lives in it in the same stack. */
export interface InfraLayer {
  readonly handover: InfraHandover;
  readonly cluster: KubernetesCluster;
}

/** Everything in Azure: network, identity, cluster and GPU pools, and what stands beside them. */
export function deployInfra({ location, names, tags, protect }: Environment, plan: InfraPlan): InfraLayer {
  const { scope } = new EnvironmentGroup("env", { scope: { location, names, tags } }, { protect });
  const network =
    "subnetResourceIds" in plan.network
      ? new ExistingNetwork("net", { plan: plan.network })
      : new ClusterNetwork("net", { scope, plan: plan.network }, { protect });
  const subnetResourceIds = {
    nodes: network.subnetResourceId("nodes"),
    apiServer: network.subnetResourceId("apiServer"),
  };
  const identity = new ClusterIdentity("aks", { scope, subnetResourceIds });
  const cluster = new KubernetesCluster(
    "aks",
    {
      scope,
      plan: plan.cluster,
      identityResourceId: identity.resourceId,
      subnetResourceIds,
    },
    { protect, dependsOn: identity }, // the grants, not only the identity: AKS checks them before it starts
  );
  for (const pool of plan.gpuPools) {
    new GpuPool(pool.key, { scope, plan: pool, cluster: cluster.ref, subnetResourceId: subnetResourceIds.nodes });
  }
  const parts = plan.parts.map(({ key, name, make }) => ({
    key,
    name,
    ...make({
      scope,
      protect,
      subnetResourceId: (role) => network.subnetResourceId(role),
      adminGroupObjectIds: plan.cluster.adminGroupObjectIds,
    }),
  }));
  const endpoints = parts.flatMap(({ name, privateEndpoints }) =>
    privateEndpoints === null ? [] : [{ name, ...privateEndpoints }],
  );
  if (endpoints.length > 0) {
    const { virtualNetworkResourceId } = network.ref;
    const services = [...new Set(endpoints.flatMap(({ groups }) => groups))];
    const dns = new PrivateDns("dns", { scope, virtualNetworkResourceId, services, peers: plan.network.zoneLinks });
    for (const { name, targetResourceId, groups } of endpoints) {
      for (const groupId of groups) {
        new PrivateEndpoint(`${name}-${groupId}`, {
          scope,
          subnetResourceId: network.subnetResourceId("endpoints"),
          targetResourceId,
          groupId,
          privateDnsZoneResourceId: dns.zoneResourceId(groupId),
        });
      }
    }
  }
  return {
    cluster,
    handover: {
      schemaVersion: 2,
      location,
      resourceGroupName: scope.resourceGroupName,
      cluster: cluster.ref,
      network: network.ref,
      gpuPools: plan.gpuPools.map((it) => it.ref),
      ...Object.fromEntries(parts.flatMap(({ key, ref }) => (ref === null ? [] : [[key, ref]]))),
    },
  };
}
