import { listManagedClusterUserCredentialsOutput } from "@pulumi/azure-native/containerservice/listManagedClusterUserCredentials";
import { MaintenanceConfiguration } from "@pulumi/azure-native/containerservice/maintenanceConfiguration";
import { ManagedCluster } from "@pulumi/azure-native/containerservice/managedCluster";
import { all, ComponentResource, type ComponentResourceOptions, type Input, log, unsecret } from "@pulumi/pulumi";
import type { DeclaredSizes } from "../../../catalog/declared-figures";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import { MisconfiguredError } from "../../../core/problems";
import type { Scope } from "../../../core/scope";
import type { NetworkRef } from "../../network/network-ref";
import { nodeImageWarning } from "../agent-pool/node-image-warning";
import { readApiServer } from "../kubeconfig";
import { membersOf } from "../members";
import type { ClusterRef } from "./cluster-ref";
import { type ClusterDemand, planKubernetesCluster, type KubernetesClusterPlan } from "./plan";
import type { KubernetesClusterShape } from "./shape";
import { systemPoolBehind } from "./system-pool";

type ShapeOrPlan = Planned<
  KubernetesClusterShape & {
    /** Ranges of pods and services, and the way out. Changing a range replaces the cluster. */
    readonly network: Pick<NetworkRef, "podCidr" | "serviceCidr" | "outboundType">;
    /** ISO date that support of the version is judged on. @default none: any version that the catalogue knows */
    readonly today?: string;
    /** Figures of sizes that the catalogue does not have, by exact Azure name. @default none */
    readonly vmSizes?: DeclaredSizes;
    /**
     * The agents of managed Prometheus, which send what they measure where a `ManagedPrometheus` says. They take some CPUs of the system
     * nodes. @default false
     */
    readonly metrics?: boolean;
    /**
     * Minutes after which nodes look for new versions of secrets that pods have mounted from a Key Vault, by the add-on of AKS that a team
     * with `secrets` needs. @default none: the cluster does not have it
     */
    readonly secretRotationMinutes?: number;
  },
  KubernetesClusterPlan
>;

/** Its shape in a network, or the plan of both; and what connects it. */
export type KubernetesClusterArgs = ShapeOrPlan & {
  readonly scope: Scope;
  /** ARM ID of the user-assigned identity that AKS acts as. */
  readonly identityResourceId: Input<string>;
  /** ARM IDs of its subnets, which its identity may write to. Fixed at creation: other ones need a new environment. */
  readonly subnetResourceIds: {
    /** For the system nodes. */
    readonly nodes: Input<string>;
    /** Delegated to AKS: the API server answers in it. */
    readonly apiServer: Input<string>;
  };
  /** ARM ID of the `ApiServerZone`, for an API server with a zone of its own. Fixed at creation. */
  readonly apiServerZoneResourceId?: Input<string>;
  /**
   * ARM ID of a disk encryption set that the identity may read, where the shape names none. Changing it replaces the cluster.
   * @default Microsoft's keys
   */
  readonly diskEncryptionSetResourceId?: Input<string>;
};

/**
 * An AKS cluster without GPU pools: private by default, Entra ID for everybody, no local accounts, one system pool.
 *
 * Costs the tier by the hour and the system nodes. GPU pools are components of their own and cost when they run.
 * @throws MisconfiguredError before anything is registered
 */
export class KubernetesCluster extends ComponentResource {
  /** What others have to know of the cluster. */
  public readonly ref: ClusterRef;
  /** The Azure resource itself: what lives inside the cluster is deleted with it. */
  public readonly managedCluster: ManagedCluster;
  /** Name of the cluster, known before it is there. */
  public readonly plannedName: string;

  public constructor(name: string, args: KubernetesClusterArgs, opts?: ComponentResourceOptions) {
    const { scope, identityResourceId, subnetResourceIds, apiServerZoneResourceId, ...others } = args;
    const { diskEncryptionSetResourceId: diskEncryptionSetID, ...rest } = others;
    const plan = planOf(name, scope, rest);
    const { profile, serverFqdn } = plan.apiServerAccess;
    const privateDNSZone = zoneResourceId(name, plan, apiServerZoneResourceId);
    claim("Kubernetes cluster", plan.managedCluster.resourceName);
    super("azure-gpu-cluster:cluster:KubernetesCluster", name, {}, opts);
    const { resourceGroupName, tags } = scope;

    const cluster = new ManagedCluster(
      name,
      {
        ...(diskEncryptionSetID !== undefined && { diskEncryptionSetID }),
        ...plan.managedCluster,
        resourceGroupName,
        tags,
        identity: { type: "UserAssigned", userAssignedIdentities: [identityResourceId] },
        apiServerAccessProfile: {
          ...profile,
          subnetId: subnetResourceIds.apiServer,
          ...(privateDNSZone !== null && { privateDNSZone }),
        },
        agentPoolProfiles: [{ ...plan.systemPool, vnetSubnetID: subnetResourceIds.nodes }],
      },
      {
        parent: this,
        customTimeouts: { create: "60m", update: "120m", delete: "60m" },
        // Handed on, since a component keeps it to itself: grants and zone must be there until AKS has gone, too.
        ...(opts?.dependsOn !== undefined && { dependsOn: opts.dependsOn }),
      },
    );
    all([cluster.name, resourceGroupName, cluster.currentKubernetesVersion, cluster.agentPoolProfiles]).apply(
      ([clusterName, group, controlPlane, pools]) => {
        const behind = systemPoolBehind(
          { controlPlane, pools: pools ?? [] },
          { name: clusterName, resourceGroupName: group },
        );
        const oldImages = (pools ?? []).map(({ name: pool, nodeImageVersion }) =>
          // Of the pools of a cluster's own body ours is one; the others say it themselves.
          pool === plan.systemPool.name
            ? nodeImageWarning({ name: pool, nodeImageVersion, size: undefined }, plan.today)
            : null,
        );
        for (const warning of [behind, ...oldImages]) if (warning !== null) void log.warn(warning, cluster);
      },
    );
    for (const [configName, body] of Object.entries(plan.maintenance)) {
      new MaintenanceConfiguration(
        `${name}-${configName}`,
        { ...body, resourceGroupName, resourceName: cluster.name },
        { parent: this, protect: false },
      );
    }

    // Only address and certificate authority are taken from the answer: what a client needs beyond them is its own login.
    const credentials = listManagedClusterUserCredentialsOutput(
      { resourceGroupName, resourceName: cluster.name, format: "exec", ...(serverFqdn !== null && { serverFqdn }) },
      { parent: this },
    );
    const server = unsecret(credentials.kubeconfigs.apply((it) => readApiServer(it[0]?.value ?? "")));
    this.managedCluster = cluster;
    this.plannedName = plan.managedCluster.resourceName;
    this.ref = {
      resourceId: cluster.id,
      name: cluster.name,
      resourceGroupName,
      kubernetesVersion: plan.kubernetesVersion,
      privateApiServer: plan.authorizedIpRanges === null,
      apiServerUrl: server.url,
      certificateAuthority: server.certificateAuthority,
      oidcIssuerUrl: cluster.oidcIssuerProfile.apply((it) => it?.issuerURL ?? ""),
      ...(plan.keda && { keda: plan.keda }),
      ...(plan.fqdnPolicies && { fqdnPolicies: plan.fqdnPolicies }),
    };
    membersOf(this.ref).cluster = plan;
    const { oidcIssuerUrl, apiServerUrl } = this.ref;
    this.registerOutputs({ name: cluster.name, oidcIssuerUrl, apiServerUrl });
  }
}

function planOf(name: string, scope: Scope, shapeOrPlan: ShapeOrPlan): KubernetesClusterPlan {
  if (shapeOrPlan.plan !== undefined) return shapeOrPlan.plan;
  const { network, today, vmSizes, metrics, secretRotationMinutes, ...shape } = shapeOrPlan;
  const demand: ClusterDemand = {
    ...(metrics !== undefined && { metrics }),
    ...(secretRotationMinutes !== undefined && { secretRotationMinutes }),
  };
  return planKubernetesCluster(name, shape, placeOf(scope, today ?? null, vmSizes), network, demand);
}

/** The zone of somebody else's, or the one that was made for the cluster; `null` where AKS makes its own. */
function zoneResourceId(
  name: string,
  { apiServerAccess: { zone } }: KubernetesClusterPlan,
  made: Input<string> | undefined,
): Input<string> | null {
  if (zone === null) return null;
  if ("resourceId" in zone) return zone.resourceId;
  if (made !== undefined) return made;
  throw new MisconfiguredError(`Kubernetes cluster '${name}'`, [
    {
      path: "apiServerZoneResourceId",
      rule: "must be given: the name of the API server stands in a zone of its own",
      remedy: `Make an ApiServerZone named ${zone.privateZoneName} and pass its resourceId`,
    },
  ]);
}
