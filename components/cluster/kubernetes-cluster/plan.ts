import type { MaintenanceConfigurationArgs } from "@pulumi/azure-native/containerservice/maintenanceConfiguration";
import type { ManagedClusterArgs } from "@pulumi/azure-native/containerservice/managedCluster";
import type { containerservice } from "@pulumi/azure-native/types/input";
import type { z } from "zod";
import { checkDiskEncryptionSet } from "../../../azure/check-disk-encryption-set";
import { checkName } from "../../../azure/check-name";
import type { Place } from "../../../catalog/place";
import { labelsAllowList } from "../../../catalog/reported-labels";
import type { VmSize } from "../../../catalog/vm-size";
import { formatAddress, parseCidr } from "../../../core/cidr";
import { physicalName, roleOf } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { NetworkRef } from "../../network/network-ref";
import type { NetworkUser } from "../../network/subnet-ref";
import { authorizedIpRanges, planApiServerAccess, type ApiServerAccess } from "./api-server-access";
import { checkAccess, checkRegion, checkSystemPool, checkVersion } from "./check-cluster";
import { planSystemPool } from "./system-pool";
import { kubernetesClusterShape, type KubernetesClusterShape } from "./shape";

/** A checked cluster: what to ask of Azure, and what the rest of the environment must know of it. */
export interface KubernetesClusterPlan extends NetworkUser {
  /** The whole body but for the group, the tags, the identity and the subnets. */
  readonly managedCluster: Omit<ManagedClusterArgs, "resourceGroupName" | "tags" | "identity" | "agentPoolProfiles"> & {
    readonly resourceName: string;
  };
  /** Who reaches the API server, and under which name. */
  readonly apiServerAccess: ApiServerAccess;
  /** The one pool that is part of the cluster, without its subnet. */
  readonly systemPool: containerservice.ManagedClusterAgentPoolProfileArgs;
  /** Bodies of the maintenance windows, by name of the configuration. */
  readonly maintenance: Readonly<
    Record<string, Omit<MaintenanceConfigurationArgs, "resourceGroupName" | "resourceName">>
  >;
  readonly kubernetesVersion: string;
  /** Whether AKS runs KEDA in it. */
  readonly keda: boolean;
  /** Whether its network policies know names of hosts. */
  readonly fqdnPolicies: boolean;
  /** ISO date that the node image of the system pool is judged on, `null` to judge none by its age. */
  readonly today: string | null;
  readonly tier: Shape["tier"];
  readonly longTermSupport: boolean;
  readonly systemNodes: number;
  /** Azure VM size of the system nodes, and its figures where the size is known. */
  readonly systemSize: string;
  readonly systemVmSize: VmSize | null;
  /** Channel of automatic Kubernetes versions: one setting for every pool. */
  readonly channel: Shape["upgrades"]["kubernetes"];
  /** Channel of automatic node images: one setting for every pool. */
  readonly nodeOs: NonNullable<Shape["upgrades"]["nodeOs"]>;
  /** Public ranges that may call the API server, `null` where it is private. */
  readonly authorizedIpRanges: readonly string[] | null;
  /** Entra groups that administer the cluster, and with it the bare nodes beside it. */
  readonly adminGroupObjectIds: readonly string[];
}

type Shape = z.output<typeof kubernetesClusterShape>;

/** What the rest of an environment asks of its cluster. */
export interface ClusterDemand {
  /** Whether a pool of it will use InfiniBand, as far as is known now. @default false */
  readonly infiniband?: boolean;
  /** Whether a pool of it has several ways to get nodes, so that the autoscaler must heed their order. @default false */
  readonly ladders?: boolean;
  /** Whether it runs the agents of managed Prometheus. @default false */
  readonly metrics?: boolean;
  /** Minutes after which nodes look for new versions of what pods mount from a Key Vault. @default none: they mount nothing of one */
  readonly secretRotationMinutes?: number;
}

/**
 * All decisions of the cluster.
 * @param network Ranges that the network was checked with, and its way out.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planKubernetesCluster(
  name: string,
  given: KubernetesClusterShape,
  place: Place,
  network: Pick<NetworkRef, "podCidr" | "serviceCidr" | "outboundType">,
  { infiniband = false, ladders = false, metrics = false, secretRotationMinutes }: ClusterDemand = {},
): KubernetesClusterPlan {
  const subject = `Kubernetes cluster '${name}'`;
  const shape = readShape(kubernetesClusterShape, given, subject);
  const problems = new Problems();
  const { location, names } = place;
  const role = roleOf(name, "aks");
  const resourceName = physicalName("aks", names, role);
  checkName("containerservice:ManagedCluster", resourceName, problems);
  checkVersion(shape, place.today, problems);
  checkRegion(place, problems);
  checkAccess(shape, problems);
  checkSystemPool(shape.systemPool, place, problems);
  checkDiskEncryptionSet(shape.diskEncryptionSetResourceId, problems);
  problems.require(
    shape.csiDrivers.disk || !shape.csiDrivers.snapshots,
    "csiDrivers.snapshots",
    "must be false without csiDrivers.disk: there would be nothing to take a snapshot of",
    { got: shape.csiDrivers.snapshots, remedy: "Use true for disk, or false for snapshots" },
  );
  problems.requireWhole("maintenance.durationHours", shape.maintenance.durationHours, [4, 24]);
  const dnsPrefix = [names.workload, names.environment, ...(role === undefined ? [] : [role])].join("-");
  const apiServerAccess = planApiServerAccess(shape, place, dnsPrefix, problems);
  const systemSize = place.sizes.get(shape.systemPool.size);
  problems.throwIfAny(subject);
  if (systemSize === undefined) throw new Error(`${subject}: the checks let an unknown size pass`);

  const { upgrades, systemPool, csiDrivers, diskEncryptionSetResourceId: diskEncryptionSetID } = shape;
  const facts = factsForPools(shape, place, infiniband);
  return {
    ...facts,
    today: place.today,
    apiServerAccess,
    keda: shape.keda,
    fqdnPolicies: shape.advancedNetworkPolicies === "FQDN",
    authorizedIpRanges: authorizedIpRanges(shape),
    adminGroupObjectIds: shape.adminGroupObjectIds,
    infiniband: false,
    subnets: [
      // One more while the system pool is upgraded.
      { role: "nodes", addresses: systemPool.nodes + 1, what: "AKS nodes" },
      { role: "apiServer", addresses: 0, what: "the API server" },
    ],
    maintenance: maintenance(shape.maintenance, facts),
    managedCluster: {
      location,
      resourceName,
      nodeResourceGroup: physicalName("rg", names, role === undefined ? "nodes" : `${role}-nodes`),
      dnsPrefix,
      kubernetesVersion: shape.kubernetesVersion,
      sku: { name: "Base", tier: shape.tier },
      supportPlan: shape.longTermSupport ? "AKSLongTermSupport" : "KubernetesOfficial",
      enableRBAC: true,
      disableLocalAccounts: true,
      aadProfile: { managed: true, enableAzureRBAC: true, adminGroupObjectIDs: [...shape.adminGroupObjectIds] },
      oidcIssuerProfile: { enabled: true },
      securityProfile: {
        workloadIdentity: { enabled: true },
        // It would take images of many gigabytes away that the next job wants.
        imageCleaner: { enabled: false },
      },
      autoUpgradeProfile: { upgradeChannel: upgrades.kubernetes, nodeOSUpgradeChannel: facts.nodeOs },
      nodeResourceGroupProfile: { restrictionLevel: "ReadOnly" },
      // Pools are made here: nobody else adds nodes. Their software comes from Microsoft's registry, not from a copy of it.
      nodeProvisioningProfile: { mode: "Manual", defaultNodePools: "None" },
      bootstrapProfile: { artifactSource: "Direct" },
      networkProfile: {
        networkPlugin: "azure",
        networkPluginMode: "overlay",
        networkDataplane: "cilium",
        networkPolicy: "cilium",
        advancedNetworking: advancedNetworking(shape),
        ipFamilies: ["IPv4"],
        outboundType: network.outboundType,
        loadBalancerSku: "standard",
        podCidr: network.podCidr,
        serviceCidr: network.serviceCidr,
        dnsServiceIP: formatAddress((parseCidr(network.serviceCidr)?.base ?? 0) + 10),
      },
      ...(diskEncryptionSetID !== undefined && { diskEncryptionSetID }),
      // All four: AKS turns on what is not named.
      storageProfile: {
        blobCSIDriver: { enabled: csiDrivers.blob },
        diskCSIDriver: { enabled: csiDrivers.disk },
        fileCSIDriver: { enabled: csiDrivers.file },
        snapshotController: { enabled: csiDrivers.snapshots },
      },
      // Left out, and not off, where nobody asks for it here: a policy of the organisation may turn it on.
      ...(metrics && {
        azureMonitorProfile: {
          metrics: {
            enabled: true,
            // By themselves the agents say no labels of nodes and pods, without which nobody knows pool and job.
            kubeStateMetrics: { metricLabelsAllowlist: labelsAllowList() },
          },
        },
      }),
      ...(secretRotationMinutes !== undefined && { addonProfiles: secretsProvider(secretRotationMinutes) }),
      workloadAutoScalerProfile: {
        keda: { enabled: shape.keda },
        // It evicts pods to give them other amounts, which ends a job.
        verticalPodAutoscaler: { enabled: false },
      },
      autoScalerProfile: {
        // By the order in a ConfigMap that the platform brings, which names every pool: of others it then takes any that fits.
        expander: ladders ? "priority" : "least-waste",
        // GPU nodes take long to boot and to install a driver; the 15 minutes of the default give up too early.
        maxNodeProvisionTime: "45m",
        scaleDownUnneededTime: "20m",
        skipNodesWithLocalStorage: "false",
      },
    },
    systemPool: planSystemPool(systemPool, systemSize, systemPool.zones ?? place.zones),
  };
}

/**
 * What the cluster decides for its pools: as its section says it, also where the cluster itself cannot be planned.
 * @param infiniband Whether a pool of it will use InfiniBand.
 */
export function factsForPools(
  { kubernetesVersion, tier, longTermSupport, systemPool, upgrades }: Shape,
  { sizes }: Pick<Place, "sizes">,
  infiniband: boolean,
): Pick<
  KubernetesClusterPlan,
  | "kubernetesVersion"
  | "tier"
  | "longTermSupport"
  | "systemNodes"
  | "systemSize"
  | "systemVmSize"
  | "channel"
  | "nodeOs"
> {
  return {
    kubernetesVersion,
    tier,
    longTermSupport,
    systemNodes: systemPool.nodes,
    systemSize: systemPool.size,
    systemVmSize: sizes.get(systemPool.size) ?? null,
    channel: upgrades.kubernetes,
    nodeOs: upgrades.nodeOs ?? (infiniband ? "None" : "SecurityPatch"),
  };
}

/** Bills for each node, so nothing of it is on that nobody asked for. */
function advancedNetworking({
  advancedNetworkPolicies,
}: Pick<Shape, "advancedNetworkPolicies">): containerservice.AdvancedNetworkingArgs {
  if (advancedNetworkPolicies === "None") return { enabled: false };
  return { enabled: true, observability: { enabled: false }, security: { enabled: true, advancedNetworkPolicies } };
}

/**
 * The driver by which pods mount secrets of a Key Vault. It brings an identity of its own, which nobody gives a right.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/csi-secrets-store-configuration-options.md (2025-12-10)
 */
function secretsProvider(rotationMinutes: number): NonNullable<ManagedClusterArgs["addonProfiles"]> {
  const config = { enableSecretRotation: "true", rotationPollInterval: `${rotationMinutes}m` };
  return { azureKeyvaultSecretsProvider: { enabled: true, config } };
}

/**
 * `default` holds AKS's own weekly changes; the other two exist only while their channel is on. All take the same window:
 * `timeInWeek`, the older form of `default`, is deprecated since API version 2023-05-01.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/planned-maintenance.md (2025-12-19)
 */
function maintenance(
  { startTime, durationHours, day }: Shape["maintenance"],
  { channel, nodeOs }: Pick<KubernetesClusterPlan, "channel" | "nodeOs">,
): KubernetesClusterPlan["maintenance"] {
  const names = [
    "default",
    ...(channel === "none" ? [] : ["aksManagedAutoUpgradeSchedule"]),
    ...(nodeOs === "None" ? [] : ["aksManagedNodeOSUpgradeSchedule"]),
  ];
  const schedule = { weekly: { dayOfWeek: day, intervalWeeks: 1 } };
  const maintenanceWindow = { startTime, durationHours, utcOffset: "+00:00", schedule };
  return Object.fromEntries(names.map((configName) => [configName, { configName, maintenanceWindow }]));
}
