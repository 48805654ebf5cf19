import { GpuPool } from "../../components/cluster/gpu-pool/gpu-pool";
import { KubernetesCluster } from "../../components/cluster/kubernetes-cluster/kubernetes-cluster";
import { GpuScaleSet } from "../../components/compute/gpu-scale-set/gpu-scale-set";
import { EnvironmentGroup } from "../../components/foundation/environment-group";
import { ClusterIdentity } from "../../components/identity/cluster-identity";
import { RoleGrant } from "../../components/identity/role-grant";
import { ClusterNetwork } from "../../components/network/cluster-network/cluster-network";
import { PrivateDns } from "../../components/network/private-dns";
import { PrivateEndpoint } from "../../components/network/private-endpoint";
import { BlobStore } from "../../components/storage/blob-store/blob-store";
import { LustreFileSystem } from "../../components/storage/lustre-file-system/lustre-file-system";
import type { Environment } from "../environment";
import type { InfraHandover } from "../handover";
import type { InfraPlan } from "../plan-infra";

/** What the infra layer made: the handover, and the cluster for what lives in it in the same stack. */
export interface InfraLayer {
  readonly handover: InfraHandover;
  readonly cluster: KubernetesCluster;
}

/** Everything in Azure: network, identity, cluster and GPU pools, scale sets, storage. */
export function deployInfra({ location, names, tags, protect }: Environment, plan: InfraPlan): InfraLayer {
  const { scope } = new EnvironmentGroup("env", { scope: { location, names, tags } }, { protect });
  const network = new ClusterNetwork("net", { scope, plan: plan.network }, { protect });
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
  for (const [name, scaleSetPlan] of plan.scaleSets) {
    const scaleSet = new GpuScaleSet(name, {
      scope,
      plan: scaleSetPlan,
      subnetResourceId: network.subnetResourceId("scaleSets"),
    });
    // Whoever administers the cluster logs in to the nodes, by Entra ID and without a key.
    plan.cluster.adminGroupObjectIds.forEach((principalId, at) => {
      new RoleGrant(`${name}-login-${at + 1}`, {
        scope: scaleSet.scaleSetResourceId,
        principalId,
        role: "Virtual Machine Administrator Login",
        principalType: "Group",
      });
    });
  }

  const lustre =
    plan.lustre &&
    new LustreFileSystem(
      "lustre",
      { scope, plan: plan.lustre, subnetResourceId: network.subnetResourceId("lustre") },
      { protect },
    );
  const blob = plan.blob && new BlobStore("data", { scope, plan: plan.blob }, { protect });
  if (plan.blob !== undefined && blob !== undefined) {
    const services = plan.blob.endpoints;
    const { virtualNetworkResourceId } = network.ref;
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
      schemaVersion: 2,
      location,
      resourceGroupName: scope.resourceGroupName,
      cluster: cluster.ref,
      network: network.ref,
      gpuPools: plan.gpuPools.map((it) => it.ref),
      ...(lustre && { lustre: lustre.ref }),
      ...(blob && { blob: blob.ref }),
    },
  };
}
