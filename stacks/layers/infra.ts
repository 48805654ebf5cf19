import { GpuNodePool } from "../../components/cluster/gpu-node-pool";
import { KubernetesCluster } from "../../components/cluster/kubernetes-cluster";
import { GpuScaleSet } from "../../components/compute/gpu-scale-set/gpu-scale-set";
import { EnvironmentGroup } from "../../components/foundation/environment-group";
import { ClusterIdentity } from "../../components/identity/cluster-identity";
import { RoleGrant } from "../../components/identity/role-grant";
import { ClusterNetwork } from "../../components/network/cluster-network";
import { PrivateDns } from "../../components/network/private-dns";
import { PrivateEndpoint } from "../../components/network/private-endpoint";
import { BlobStore } from "../../components/storage/blob-store/blob-store";
import { LustreFileSystem } from "../../components/storage/lustre-file-system/lustre-file-system";
import type { Environment, InfraSections } from "../environment";
import type { InfraHandover } from "../handover";
import { clusterSurroundings, domainPools, networkDemand, poolHandovers } from "../plan-infra";

/** What the infra layer made: the handover, and the cluster for what lives in it in the same stack. */
export interface InfraLayer {
  readonly handover: InfraHandover;
  readonly cluster: KubernetesCluster;
}

/** Everything in Azure: network, identity, cluster and GPU pools, scale sets, storage. */
export function deployInfra(environment: Environment, infra: InfraSections): InfraLayer {
  const { location, names, tags, protect } = environment;
  const { scope, groupName } = new EnvironmentGroup("env", { scope: { location, names, tags }, protect });
  const network = new ClusterNetwork("net", { ...infra.network, scope, demand: networkDemand(infra), protect });
  const identity = new ClusterIdentity("aks", {
    scope,
    subnetResourceIds: { nodes: network.subnetResourceId("nodes"), apiServer: network.subnetResourceId("apiServer") },
  });
  const cluster = new KubernetesCluster(
    "aks",
    {
      ...infra.cluster,
      scope,
      surroundings: clusterSurroundings(environment, infra),
      identityResourceId: identity.resourceId,
      nodeSubnetResourceId: network.subnetResourceId("nodes"),
      apiServerSubnetResourceId: network.subnetResourceId("apiServer"),
      protect,
    },
    { dependsOn: identity }, // the grants, not only the identity: AKS checks them before it starts
  );
  for (const { name, shape } of domainPools(infra.gpuPools)) {
    new GpuNodePool(name, {
      ...shape,
      cluster,
      subnetResourceId: network.subnetResourceId("nodes"),
      kubernetesVersion: infra.cluster.kubernetesVersion,
      tags,
    });
  }
  for (const [name, shape] of Object.entries(infra.scaleSets)) {
    const scaleSet = new GpuScaleSet(name, {
      ...shape,
      scope,
      subnetResourceId: network.subnetResourceId("scaleSets"),
    });
    // Whoever administers the cluster logs in to the nodes, by Entra ID and without a key.
    infra.cluster.adminGroupObjectIds.forEach((principalId, at) => {
      new RoleGrant(`${name}-login-${at + 1}`, {
        scope: scaleSet.scaleSetResourceId,
        principalId,
        role: "Virtual Machine Administrator Login",
        principalType: "Group",
      });
    });
  }

  const { lustre: lustreShape, blob: blobShape } = infra.storage;
  const lustre =
    lustreShape &&
    new LustreFileSystem(
      "lustre",
      { ...lustreShape, scope, subnetResourceId: network.subnetResourceId("lustre") },
      { protect },
    );
  const blob = blobShape && new BlobStore("data", { ...blobShape, scope }, { protect });
  if (blob !== undefined) {
    // Two ways into one account: most clients speak blob, blobfuse2 speaks dfs to a hierarchical namespace.
    const services = ["blob", "dfs"] as const;
    const { virtualNetworkResourceId } = network;
    const dns = new PrivateDns("dns", { scope, virtualNetworkResourceId, services });
    for (const service of services) {
      new PrivateEndpoint(`data-${service}`, {
        scope,
        subnetResourceId: network.subnetResourceId("endpoints"),
        targetResourceId: blob.ref.accountResourceId,
        groupId: service,
        privateDnsZoneResourceId: dns.zoneResourceId(service),
      });
    }
  }
  return {
    cluster,
    handover: {
      infraSchemaVersion: 1,
      infraLocation: location,
      infraResourceGroupName: groupName,
      infraKubernetesVersion: infra.cluster.kubernetesVersion,
      infraClusterName: cluster.name,
      infraClusterResourceId: cluster.resourceId,
      infraApiServerUrl: cluster.apiServerUrl,
      infraCertificateAuthority: cluster.certificateAuthority,
      infraOidcIssuerUrl: cluster.oidcIssuerUrl,
      infraEndpointCidr: network.endpointCidr,
      infraPools: poolHandovers(infra.gpuPools),
      infraLustreMgsAddress: lustre?.ref.mgsAddress ?? "",
      infraLustreSizeTiB: lustreShape?.sizeTiB ?? 0,
      infraBlobAccountName: blob?.ref.accountName ?? "",
      infraBlobAccountResourceId: blob?.ref.accountResourceId ?? "",
    },
  };
}
