import { listManagedClusterUserCredentialsOutput } from "@pulumi/azure-native/containerservice/listManagedClusterUserCredentials";
import { MaintenanceConfiguration } from "@pulumi/azure-native/containerservice/maintenanceConfiguration";
import { ManagedCluster } from "@pulumi/azure-native/containerservice/managedCluster";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output, unsecret } from "@pulumi/pulumi";
import { physicalName } from "../../core/names";
import type { Scope } from "../../core/scope";
import type { ClusterRef } from "./cluster-ref";
import { readApiServer } from "./kubeconfig";
import {
  planKubernetesCluster,
  type ClusterSurroundings,
  type KubernetesClusterShape,
} from "./plan-kubernetes-cluster";

export interface KubernetesClusterArgs extends KubernetesClusterShape {
  readonly scope: Scope;
  /** What the rest of the environment decides for the cluster. */
  readonly surroundings: ClusterSurroundings;
  /** ARM ID of the user-assigned identity that AKS acts as. */
  readonly identityResourceId: Input<string>;
  /** ARM ID of the subnet of the system nodes. Fixed at creation: Azure refuses another one, which needs a new environment. */
  readonly nodeSubnetResourceId: Input<string>;
  /** ARM ID of the subnet, delegated to AKS, that the API server answers in. Fixed at creation, like that of the nodes. */
  readonly apiServerSubnetResourceId: Input<string>;
  /** Whether `destroy` and any replacement are refused until protection is taken off. */
  readonly protect: boolean;
}

/**
 * An AKS cluster without GPU pools: private by default, Entra ID for everybody, no local accounts, one system pool.
 *
 * Costs the tier by the hour and the system nodes. GPU pools are components of their own and cost when they run.
 * @throws MisconfiguredError before anything is registered
 */
export class KubernetesCluster extends ComponentResource implements ClusterRef {
  /** The Azure resource itself: what lives inside the cluster is deleted with it. */
  public readonly managedCluster: ManagedCluster;
  public readonly resourceId: Output<string>;
  public readonly name: Output<string>;
  public readonly resourceGroupName: Input<string>;
  /** Issuer of service account tokens, for workload identities. */
  public readonly oidcIssuerUrl: Output<string>;
  /** Address of the API server. Not a secret. */
  public readonly apiServerUrl: Output<string>;
  /** Certificate authority of the API server, base64 PEM. Not a secret. */
  public readonly certificateAuthority: Output<string>;

  public constructor(name: string, args: KubernetesClusterArgs, opts?: ComponentResourceOptions) {
    const plan = planKubernetesCluster(args, args.surroundings);
    super("azure-gpu-cluster:cluster:KubernetesCluster", name, {}, opts);
    const { resourceGroupName, location, names, tags } = args.scope;
    const { managedCluster, apiServer, maintenance } = plan;
    const access =
      apiServer === "private"
        ? { enablePrivateCluster: true, enablePrivateClusterPublicFQDN: false, privateDNSZone: "system" }
        : { enablePrivateCluster: false, authorizedIPRanges: [...apiServer.authorizedIpRanges] };

    const cluster = new ManagedCluster(
      name,
      {
        ...managedCluster,
        resourceGroupName,
        location,
        tags,
        resourceName: physicalName("aks", names),
        nodeResourceGroup: physicalName("rg", names, "nodes"),
        dnsPrefix: `${names.workload}-${names.environment}`,
        identity: { type: "UserAssigned", userAssignedIdentities: [args.identityResourceId] },
        apiServerAccessProfile: {
          ...access,
          disableRunCommand: true,
          enableVnetIntegration: true,
          subnetId: args.apiServerSubnetResourceId,
        },
        agentPoolProfiles: [{ ...plan.inlinePool, vnetSubnetID: args.nodeSubnetResourceId }],
      },
      {
        parent: this,
        protect: args.protect,
        customTimeouts: { create: "60m", update: "120m", delete: "60m" },
      },
    );
    this.managedCluster = cluster;
    this.resourceId = cluster.id;
    this.name = cluster.name;
    this.resourceGroupName = resourceGroupName;
    this.oidcIssuerUrl = cluster.oidcIssuerProfile.apply((it) => it?.issuerURL ?? "");

    for (const configName of maintenance.configNames) {
      new MaintenanceConfiguration(
        `${name}-${configName}`,
        {
          resourceGroupName,
          resourceName: cluster.name,
          configName,
          maintenanceWindow: {
            startTime: maintenance.window.startTime,
            durationHours: maintenance.window.durationHours,
            utcOffset: "+00:00",
            schedule: { weekly: { dayOfWeek: maintenance.window.day, intervalWeeks: 1 } },
          },
        },
        { parent: this },
      );
    }

    // Only address and certificate authority are taken from the answer: what a client needs beyond them is its own login.
    const credentials = listManagedClusterUserCredentialsOutput(
      { resourceGroupName, resourceName: cluster.name, format: "exec" },
      { parent: this },
    );
    const server = unsecret(credentials.kubeconfigs.apply((it) => readApiServer(it[0]?.value ?? "")));
    this.apiServerUrl = server.url;
    this.certificateAuthority = server.certificateAuthority;
    this.registerOutputs({ name: this.name, oidcIssuerUrl: this.oidcIssuerUrl, apiServerUrl: this.apiServerUrl });
  }
}
