import { ApiServerZone } from "../../components/cluster/api-server-zone";
import { CpuPool } from "../../components/cluster/cpu-pool/cpu-pool";
import { GpuPool } from "../../components/cluster/gpu-pool/gpu-pool";
import { KubernetesCluster } from "../../components/cluster/kubernetes-cluster/kubernetes-cluster";
import { EnvironmentBudget } from "../../components/foundation/environment-budget/environment-budget";
import { EnvironmentGroup } from "../../components/foundation/environment-group";
import { ClusterIdentity } from "../../components/identity/cluster-identity";
import type { Audited } from "../../components/monitoring/audit-trail/audited";
import { ClusterNetwork } from "../../components/network/cluster-network/cluster-network";
import { ExistingNetwork } from "../../components/network/existing-network/existing-network";
import { PrivateDns } from "../../components/network/private-dns";
import { PrivateEndpoint } from "../../components/network/private-endpoint";
import type { BlobStoreRef } from "../../components/storage/blob-store/blob-store-ref";
import type { LustreRef } from "../../components/storage/lustre-file-system/lustre-ref";
import type { Environment } from "../environment";
import type { InfraHandover } from "../handover";
import { makePart } from "../make-part";
import type { InfraPlan } from "../plan-infra";

/** What the infra layer made: the handover, and the cluster for what lives in it in the same stack. */
export interface InfraLayer {
  readonly handover: InfraHandover;
  readonly cluster: KubernetesCluster;
}

/** Everything in Azure: network, identity, cluster and its pools, and what stands beside them. */
export function deployInfra(environment: Environment, plan: InfraPlan): InfraLayer {
  const { location, names, tags, protect, budget } = environment;
  const group = new EnvironmentGroup("env", { scope: { location, names, tags } }, { protect });
  const { scope } = group;
  const { nodeResourceGroup: nodeResourceGroupName } = plan.cluster.managedCluster;
  // Before anything that bills.
  if (budget !== null) {
    new EnvironmentBudget("env", {
      ...{ scope, plan: budget, groupResourceId: group.groupResourceId },
      ...(typeof nodeResourceGroupName === "string" && { nodeResourceGroupName }),
    });
  }
  const network =
    "subnetResourceIds" in plan.network
      ? new ExistingNetwork("net", { plan: plan.network })
      : new ClusterNetwork("net", { scope, plan: plan.network }, { protect });
  const subnetResourceIds = {
    nodes: network.subnetResourceId("nodes"),
    apiServer: network.subnetResourceId("apiServer"),
  };
  const { virtualNetworkResourceId } = network.ref;
  const { zone } = plan.cluster.apiServerAccess;
  const apiServerZone =
    zone === null || "resourceId" in zone
      ? undefined
      : new ApiServerZone("aks", {
          scope,
          privateZoneName: zone.privateZoneName,
          virtualNetworkResourceIds: { cluster: virtualNetworkResourceId, ...prefixed("peer-", plan.network.peers) },
        });
  const zoneResourceId = zone !== null && "resourceId" in zone ? zone.resourceId : apiServerZone?.resourceId;
  const { diskEncryptionSetID: diskEncryptionSetResourceId } = plan.cluster.managedCluster;
  const identity = new ClusterIdentity("aks", {
    scope,
    subnetResourceIds,
    ...(zoneResourceId !== undefined && { apiServerZone: { zoneResourceId, virtualNetworkResourceId } }),
    ...(typeof diskEncryptionSetResourceId === "string" && { diskEncryptionSetResourceId }),
  });
  const cluster = new KubernetesCluster(
    "aks",
    {
      scope,
      plan: plan.cluster,
      identityResourceId: identity.resourceId,
      subnetResourceIds,
      ...(apiServerZone !== undefined && { apiServerZoneResourceId: apiServerZone.resourceId }),
    },
    {
      protect,
      // The grants and links, not only identity and zone: AKS checks them before it starts.
      // Nodes that leave or look names up through a peer need the peering before they start.
      dependsOn: [
        identity,
        ...(apiServerZone === undefined ? [] : [apiServerZone]),
        ...(Object.keys(plan.network.peers).length === 0 ? [] : [network]),
      ],
    },
  );
  const wiring = { scope, cluster: cluster.ref, subnetResourceId: subnetResourceIds.nodes };
  for (const pool of plan.gpuPools) new GpuPool(pool.key, { ...wiring, plan: pool });
  for (const pool of plan.cpuPools) new CpuPool(pool.key, { ...wiring, plan: pool });
  const audited: Audited[] = [{ name: "aks", kind: "cluster", resourceId: cluster.ref.resourceId }];
  let lustre: LustreRef | undefined;
  let blob: BlobStoreRef | undefined;
  const gpuPools = plan.gpuPools.map((it) => it.ref);
  const parts = plan.parts.map((part) => {
    const { key, name, endpoints } = part;
    const made = makePart(part, {
      scope,
      protect,
      subnetResourceId: (role) => network.subnetResourceId(role),
      clusterResourceId: cluster.ref.resourceId,
      gpuPools,
      kubeletPrincipalId: cluster.managedCluster.identityProfile.apply((it) => it?.["kubeletidentity"]?.objectId ?? ""),
      adminGroupObjectIds: plan.cluster.adminGroupObjectIds,
      audited: [...audited],
      lustre,
      blob,
    });
    if (made.audited !== null) audited.push({ name, ...made.audited });
    lustre ??= made.lustre;
    blob ??= made.blob;
    return { key, endpoints, ...made };
  });
  const endpoints = parts.flatMap(({ endpoints, endpointTarget }) =>
    endpointTarget === null ? [] : endpoints.map((it) => ({ ...it, ...endpointTarget })),
  );
  if (endpoints.length > 0) {
    const services = [...new Set(endpoints.map(({ groupId }) => groupId))];
    const { zoneLinks: peers, privateDnsZones: existingZones } = plan.network;
    const dns = new PrivateDns("dns", { scope, virtualNetworkResourceId, services, peers, existingZones });
    for (const { name, resourceId, groupId, approval } of endpoints) {
      new PrivateEndpoint(name, {
        scope,
        subnetResourceId: network.subnetResourceId("endpoints"),
        targetResourceId: resourceId,
        groupId,
        approval,
        privateDnsZoneResourceId: dns.zoneResourceId(groupId),
      });
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
      gpuPools,
      cpuPools: plan.cpuPools.map((it) => it.ref),
      ...Object.fromEntries(parts.flatMap(({ key, ref }) => (ref === null ? [] : [[key, ref]]))),
    },
  };
}

function prefixed(prefix: string, table: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [`${prefix}${key}`, value]));
}
