import type { Input, Output } from "@pulumi/pulumi";
import { powerActions } from "../../azure/power-actions";
import { ApiServerZone } from "../../components/cluster/api-server-zone";
import { CapacityReservation } from "../../components/cluster/capacity-reservation/capacity-reservation";
import { CpuPool } from "../../components/cluster/cpu-pool/cpu-pool";
import { GpuPool } from "../../components/cluster/gpu-pool/gpu-pool";
import { KubernetesCluster } from "../../components/cluster/kubernetes-cluster/kubernetes-cluster";
import type { ImageGallery } from "../../components/compute/image-gallery/image-gallery";
import { EnvironmentBudget } from "../../components/foundation/environment-budget/environment-budget";
import { EnvironmentHours } from "../../components/foundation/environment-hours/environment-hours";
import { EnvironmentGroup } from "../../components/foundation/environment-group";
import { ClusterIdentity } from "../../components/identity/cluster-identity";
import { CustomerManagedKeys } from "../../components/identity/customer-managed-keys/customer-managed-keys";
import { RoleGrant } from "../../components/identity/role-grant";
import type { Audited } from "../../components/monitoring/audit-trail/audited";
import type { AlertRoute } from "../../components/monitoring/alerts/alerts-ref";
import { watchedKinds, type Watched } from "../../components/monitoring/alerts/watched";
import type { StoreOfDashboard } from "../../components/monitoring/managed-prometheus/managed-prometheus";
import type { ManagedPrometheusRef } from "../../components/monitoring/managed-prometheus/managed-prometheus-ref";
import { ClusterNetwork } from "../../components/network/cluster-network/cluster-network";
import { ExistingNetwork } from "../../components/network/existing-network/existing-network";
import { PrivateDns } from "../../components/network/private-dns";
import { PrivateEndpoint } from "../../components/network/private-endpoint";
import type { LustreBlob } from "../../components/storage/blob-integration/lustre-blob";
import type { BlobStoreRef } from "../../components/storage/blob-store/blob-store-ref";
import type { LustreRef } from "../../components/storage/lustre-file-system/lustre-ref";
import type { NetAppRef } from "../../components/storage/netapp-files/netapp-ref";
import { withTags } from "../../core/scope";
import type { Environment } from "../environment";
import type { InfraHandover } from "../handover";
import type { EndpointTarget } from "../made-part";
import { makePart } from "../make-part";
import type { PlannedPart } from "../plan-parts";
import type { InfraPlan } from "../plan-infra";

/** What the infra layer made: the handover, and the cluster for what lives in it in the same stack. */
export interface InfraLayer {
  readonly handover: InfraHandover;
  readonly cluster: KubernetesCluster;
}

/** Everything in Azure: network, identity, cluster and its pools, and what stands beside them. */
export function deployInfra(environment: Environment, plan: InfraPlan): InfraLayer {
  const { location, names, tags, protect, budget, hours } = environment;
  const group = new EnvironmentGroup("env", { scope: { location, names, tags } }, { protect });
  const { scope } = group;
  const switchedScope = hours === null ? scope : { ...scope, tags: withTags(scope.tags, hours.tags) };
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
  // Before the cluster: the right on a group may take an hour to be known, and the cluster takes its time.
  const reservations = new Map(
    plan.gpuPools.flatMap(({ key, reservation }) =>
      reservation === null ? [] : [[key, new CapacityReservation(key, { scope, plan: reservation })] as const],
    ),
  );
  const identity = new ClusterIdentity("aks", {
    scope,
    subnetResourceIds,
    ...reservationGrants(plan, reservations),
    ...(zoneResourceId !== undefined && { apiServerZone: { zoneResourceId, virtualNetworkResourceId } }),
    ...(typeof diskEncryptionSetResourceId === "string" && { diskEncryptionSetResourceId }),
  });
  // Before all that is encrypted.
  const { tenantId } = identity;
  const keys =
    plan.keys === null ? undefined : new CustomerManagedKeys("keys", { scope, plan: plan.keys, tenantId }, { protect });
  const ownDisks = diskEncryptionSetResourceId === undefined ? keys?.diskEncryptionSetResourceId : undefined;
  const readsDisks =
    ownDisks &&
    new RoleGrant("aks-disks", {
      scope: ownDisks,
      principalId: identity.principalId,
      role: "Reader",
      principalType: "ServicePrincipal",
    });
  const cluster = new KubernetesCluster(
    "aks",
    {
      scope: switchedScope,
      plan: plan.cluster,
      identityResourceId: identity.resourceId,
      subnetResourceIds,
      ...(apiServerZone !== undefined && { apiServerZoneResourceId: apiServerZone.resourceId }),
      ...(ownDisks !== undefined && { diskEncryptionSetResourceId: ownDisks }),
    },
    {
      protect,
      // The grants and links, not only identity and zone: AKS checks them before it starts.
      // Nodes that leave or look names up through a peer need the peering before they start.
      dependsOn: [
        identity,
        ...(apiServerZone === undefined ? [] : [apiServerZone]),
        ...(readsDisks === undefined ? [] : [readsDisks]),
        ...(Object.keys(plan.network.peers).length === 0 ? [] : [network]),
      ],
    },
  );
  const wiring = { scope: switchedScope, cluster: cluster.ref, subnetResourceId: subnetResourceIds.nodes };
  for (const pool of plan.gpuPools) {
    const reservation = reservations.get(pool.key);
    new GpuPool(pool.key, {
      ...wiring,
      plan: pool,
      ...(reservation !== undefined && { reservationGroupResourceId: reservation.readyGroupResourceId }),
    });
  }
  for (const pool of plan.cpuPools) new CpuPool(pool.key, { ...wiring, plan: pool });
  const audited: Audited[] = [
    { name: "aks", kind: "cluster", resourceId: cluster.ref.resourceId },
    ...(keys === undefined ? [] : [{ name: "keys", kind: "vault", resourceId: keys.vaultResourceId } as const]),
  ];
  const way = "natGatewayResourceId" in network ? network.natGatewayResourceId : undefined;
  const wayOut: Watched[] = way === undefined ? [] : [{ name: "net", kind: "natGateway", resourceId: way }];
  const measured: StoreOfDashboard[] = [];
  let metrics: ManagedPrometheusRef | undefined;
  let alertRoute: AlertRoute | undefined;
  let lustre: LustreRef | undefined;
  let blob: BlobStoreRef | undefined;
  let netapp: NetAppRef | undefined;
  let lustreBlob: LustreBlob | undefined;
  let imageGallery: ImageGallery | undefined;
  let registryResourceId: Input<string> | undefined;
  const { subnetRanges, zoneLinks: peers, privateDnsZones: existingZones } = plan.network;
  const services = [...new Set(plan.parts.flatMap(({ endpoints }) => endpoints.map(({ groupId }) => groupId)))];
  const dns =
    services.length === 0
      ? undefined
      : new PrivateDns("dns", { scope, virtualNetworkResourceId, services, peers, existingZones });
  const wayTo = (
    { name, groupId }: PlannedPart["endpoints"][number],
    { resourceId, approval }: EndpointTarget,
  ): PrivateEndpoint => {
    if (dns === undefined) throw new Error(`There is no private DNS for the endpoint ${name}.`);
    return new PrivateEndpoint(name, {
      scope,
      subnetResourceId: network.subnetResourceId("endpoints"),
      targetResourceId: resourceId,
      groupId,
      approval,
      privateDnsZoneResourceId: dns.zoneResourceId(groupId),
    });
  };
  const gpuPools = plan.gpuPools.map((it) => it.ref);
  const parts = plan.parts.map((part) => {
    const { key, name, endpoints } = part;
    const made = makePart(part, {
      scope,
      switchedScope,
      protect,
      subnetResourceId: (role) => network.subnetResourceId(role),
      clusterResourceId: cluster.ref.resourceId,
      gpuPools,
      kubeletPrincipalId: cluster.managedCluster.identityProfile.apply((it) => it?.["kubeletidentity"]?.objectId ?? ""),
      ...{ tenantId, keys, registryResourceId },
      adminGroupObjectIds: plan.cluster.adminGroupObjectIds,
      nodeRanges: oneOrNone(subnetRanges.nodes),
      scaleSetRanges: oneOrNone(subnetRanges.scaleSets),
      scaleSets: plan.parts.filter((it) => it.key === "scaleSets").map((it) => it.name),
      audited: [...audited],
      watched: [...wayOut, ...audited.filter(hasMetrics)],
      measured: [...measured],
      metrics,
      alertRoute,
      lustre,
      blob,
      netapp,
      lustreBlob,
      imageGallery,
    });
    const { endpointTarget } = made;
    const ways = endpointTarget === null ? [] : endpoints.map((it) => wayTo(it, endpointTarget));
    if (made.audited !== null) audited.push({ name, ...made.audited });
    if (made.measured !== undefined) measured.push({ name, ...made.measured });
    metrics ??= made.metrics;
    alertRoute ??= made.alertRoute;
    imageGallery ??= made.imageGallery;
    registryResourceId ??= made.registryResourceId;
    lustre ??= made.lustre;
    blob ??= made.blob;
    netapp ??= made.netapp;
    // Lustre looks for the account as soon as it is made.
    lustreBlob ??= made.lustreBlob && {
      ...made.lustreBlob,
      after: [...made.lustreBlob.after, ...ways, ...(dns === undefined ? [] : [dns])],
    };
    return { key, ...made };
  });
  if (hours !== null) {
    const aks = { type: "ManagedCluster", resourceId: cluster.ref.resourceId } as const;
    const switched = Object.fromEntries([["aks", aks], ...parts.flatMap((it) => Object.entries(it.switched ?? {}))]);
    const { principalId } = new EnvironmentHours("env", { scope, plan: hours, switched });
    for (const [name, { type, resourceId }] of Object.entries(switched)) {
      const { role } = powerActions[type];
      new RoleGrant(`hours-${name}`, { scope: resourceId, principalId, role, principalType: "ServicePrincipal" });
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

/** Groups of reservations that the identity of the cluster gets a right on, ours and those of others, by pool. */
function reservationGrants(
  { gpuPools }: InfraPlan,
  made: ReadonlyMap<string, CapacityReservation>,
): { readonly reservationGroupResourceIds?: Readonly<Record<string, string | Output<string>>> } {
  const groups = gpuPools.flatMap(({ key, grantOnGroupId }) => {
    const id = made.get(key)?.groupResourceId ?? grantOnGroupId;
    return id === null ? [] : [[key, id] as const];
  });
  return groups.length === 0 ? {} : { reservationGroupResourceIds: Object.fromEntries(groups) };
}

/** Of what writes a log, that which has metrics worth an alert. */
function hasMetrics(it: Audited): it is Audited & Watched {
  return it.kind in watchedKinds;
}

function oneOrNone(range: string | undefined): string[] {
  return range === undefined ? [] : [range];
}

function prefixed(prefix: string, table: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [`${prefix}${key}`, value]));
}
