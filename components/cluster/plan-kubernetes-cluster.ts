import type { ManagedClusterArgs } from "@pulumi/azure-native/containerservice/managedCluster";
import type { containerservice } from "@pulumi/azure-native/types/input";
import { limits } from "../../catalog/limits";
import { kubernetesVersions, supportOf } from "../../catalog/kubernetes-versions";
import { closestHint } from "../../core/closest-names";
import { findVmSize, vmSizes } from "../../catalog/vm-sizes";
import { formatAddress, parseCidr } from "../../core/cidr";
import { isUuid } from "../../core/names";
import { Problems } from "../../core/problems";

/** What decides how the cluster looks: plain values, no wiring. */
export interface KubernetesClusterShape {
  /** `major.minor` (AKS picks the patch) or `major.minor.patch`. Required: a default would age. */
  readonly kubernetesVersion: string;
  /**
   * Who reaches the API server. Azure changes the kind in place; from `private` to public is a preview feature of it.
   * Source: MicrosoftDocs/azure-aks-docs:articles/aks/api-server-vnet-integration.md (2023-05-19)
   * @default `private`
   */
  readonly apiServer?: ApiServerAccess;
  /** Control plane tier. `Free` has no SLA and is meant for fewer than 10 nodes. @default `Standard` */
  readonly tier?: "Free" | "Standard" | "Premium";
  /** Long-term support of the version, needs `Premium`. @default false */
  readonly longTermSupport?: boolean;
  /** Object IDs of Entra groups that administer the cluster. There are no other administrators. */
  readonly adminGroupObjectIds: readonly string[];
  /** Nodes for AKS's own pods and for operators. */
  readonly systemPool: SystemPoolShape;
  /** Which automatic upgrades AKS may do in the maintenance window. @default none */
  readonly upgrades?: UpgradeShape;
  /** When AKS may touch the cluster. @default Saturday 22:00 UTC for 8 hours */
  readonly maintenance?: MaintenanceShape;
}

/** `private`, or the public address ranges that may call the API server. */
export type ApiServerAccess = "private" | { readonly authorizedIpRanges: readonly string[] };

/** The pool that is part of the cluster. */
export interface SystemPoolShape {
  /** VM size without GPU. Fixed at creation: Azure refuses another one. @default `Standard_D8ds_v5` */
  readonly size?: string;
  /** Nodes, fixed: 1 to 1,000. Three or more survive the loss of one. @default 3 */
  readonly nodes?: number;
  /** Zones to spread over. Fixed at creation: Azure refuses others. @default all that the region has */
  readonly zones?: readonly string[];
}

/** Automatic upgrades. */
export interface UpgradeShape {
  /** New Kubernetes versions. @default `none` */
  readonly kubernetes?: "none" | "patch" | "stable";
  /** New node images. One setting for the whole cluster: a GPU pool cannot opt out. @default `None` */
  readonly nodeOs?: "None" | "SecurityPatch" | "NodeImage";
}

/** The weekly window. */
export interface MaintenanceShape {
  /** @default `Saturday` */
  readonly day?: "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday";
  /** UTC, `HH:MM`. @default `22:00` */
  readonly startTime?: string;
  /** Hours, 4 to 24. @default 8 */
  readonly durationHours?: number;
}

/** What the rest of the environment decides for the cluster. */
export interface ClusterSurroundings {
  readonly podCidr: string;
  readonly serviceCidr: string;
  /** Zones of the region. */
  readonly zones: readonly string[];
  /** Whether a GPU pool uses InfiniBand, so that one reimaged node stops a job on the whole domain. */
  readonly infiniband: boolean;
  /** ISO date that version support is judged on. */
  readonly today: string;
}

/** A checked cluster: what to ask of Azure. */
export interface KubernetesClusterPlan {
  readonly managedCluster: Omit<ManagedClusterArgs, "resourceGroupName">;
  /** The one pool that is part of the cluster resource, without its subnet. */
  readonly inlinePool: containerservice.ManagedClusterAgentPoolProfileArgs;
  readonly apiServer: ApiServerAccess;
  readonly systemPool: { readonly size: string; readonly nodes: number };
  readonly maintenance: { readonly configNames: readonly string[]; readonly window: Required<MaintenanceShape> };
}

/**
 * All decisions of the cluster.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planKubernetesCluster(
  shape: KubernetesClusterShape,
  around: ClusterSurroundings,
): KubernetesClusterPlan {
  const problems = new Problems();
  const apiServer = shape.apiServer ?? "private";
  const tier = shape.tier ?? "Standard";
  const upgrades = {
    kubernetes: shape.upgrades?.kubernetes ?? "none",
    nodeOs: shape.upgrades?.nodeOs ?? "None",
  } as const;
  const system = { size: shape.systemPool.size ?? "Standard_D8ds_v5", nodes: shape.systemPool.nodes ?? 3 };
  const zones = shape.systemPool.zones ?? around.zones;
  const window = {
    day: shape.maintenance?.day ?? "Saturday",
    startTime: shape.maintenance?.startTime ?? "22:00",
    durationHours: shape.maintenance?.durationHours ?? 8,
  } as const;

  checkVersion(shape, tier, around.today, problems);
  checkAccess(shape, apiServer, problems);
  checkSystemPool(system, zones, around, problems);
  problems.require(
    !around.infiniband || upgrades.nodeOs === "None",
    "upgrades.nodeOs",
    "must be None while a pool uses InfiniBand: a reimaged node stops a job on the whole domain, and the channel is one setting for the cluster",
    { got: upgrades.nodeOs },
  );
  problems.require(
    /^([01]\d|2[0-3]):[0-5]\d$/.test(window.startTime),
    "maintenance.startTime",
    "must be HH:MM in UTC, 00:00 to 23:59",
    { got: window.startTime },
  );
  problems.requireWhole("maintenance.durationHours", window.durationHours, [4, 24]);
  problems.throwIfAny("The Kubernetes cluster");

  return {
    apiServer,
    systemPool: system,
    maintenance: {
      window,
      // `default` holds AKS's own weekly changes; the other two exist only while their channel is on. All take the same
      // window: `timeInWeek`, the older form of `default`, is deprecated since API version 2023-05-01.
      // Source: MicrosoftDocs/azure-aks-docs:articles/aks/planned-maintenance.md (2025-12-19)
      configNames: [
        "default",
        ...(upgrades.kubernetes === "none" ? [] : ["aksManagedAutoUpgradeSchedule"]),
        ...(upgrades.nodeOs === "None" ? [] : ["aksManagedNodeOSUpgradeSchedule"]),
      ],
    },
    managedCluster: {
      kubernetesVersion: shape.kubernetesVersion,
      sku: { name: "Base", tier },
      supportPlan: shape.longTermSupport === true ? "AKSLongTermSupport" : "KubernetesOfficial",
      enableRBAC: true,
      disableLocalAccounts: true,
      aadProfile: { managed: true, enableAzureRBAC: true, adminGroupObjectIDs: [...shape.adminGroupObjectIds] },
      oidcIssuerProfile: { enabled: true },
      securityProfile: { workloadIdentity: { enabled: true } },
      autoUpgradeProfile: { upgradeChannel: upgrades.kubernetes, nodeOSUpgradeChannel: upgrades.nodeOs },
      nodeResourceGroupProfile: { restrictionLevel: "ReadOnly" },
      networkProfile: {
        networkPlugin: "azure",
        networkPluginMode: "overlay",
        networkDataplane: "cilium",
        networkPolicy: "cilium",
        outboundType: "userAssignedNATGateway",
        loadBalancerSku: "standard",
        podCidr: around.podCidr,
        serviceCidr: around.serviceCidr,
        dnsServiceIP: formatAddress((parseCidr(around.serviceCidr)?.base ?? 0) + 10),
      },
      storageProfile: {
        blobCSIDriver: { enabled: true },
        diskCSIDriver: { enabled: true },
        fileCSIDriver: { enabled: true },
      },
      autoScalerProfile: {
        expander: "least-waste",
        // GPU nodes take long to boot and to install a driver; the 15 minutes of the default give up too early.
        maxNodeProvisionTime: "45m",
        scaleDownUnneededTime: "20m",
        skipNodesWithLocalStorage: "false",
      },
    },
    // Exactly one inline pool with a name that never changes: others are resources of their own, because a change to
    // the list in the cluster can replace the cluster (pulumi/pulumi-azure-native#1808).
    inlinePool: {
      name: "system",
      mode: "System",
      type: "VirtualMachineScaleSets",
      vmSize: system.size,
      osType: "Linux",
      // 24.04 from Kubernetes 1.35 on, and known to every API version (Ubuntu2404 is listed from 2025-10-01).
      osSKU: "Ubuntu",
      osDiskType: "Managed",
      osDiskSizeGB: 256,
      count: system.nodes,
      enableAutoScaling: false,
      enableNodePublicIP: false,
      enableEncryptionAtHost: true,
      nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"],
      upgradeSettings: { maxSurge: "1" },
      ...(zones.length > 0 && { availabilityZones: [...zones] }),
    },
  };
}

function checkVersion(shape: KubernetesClusterShape, tier: string, today: string, problems: Problems): void {
  const version = shape.kubernetesVersion;
  const lts = shape.longTermSupport === true;
  const support = supportOf(version, today);
  const open = kubernetesVersions.filter((it) => it.endOfSupport >= today).map((it) => it.minor);
  const remedy = `${version.startsWith("v") ? "Drop the v. " : ""}In support today: ${open.join(", ") || "none that the catalogue knows"}`;
  problems.require(
    support === "community" || (lts && support === "long-term"),
    "kubernetesVersion",
    "must be a version that AKS supports, as major.minor or major.minor.patch",
    { got: version, remedy },
  );
  problems.require(!lts || tier === "Premium", "longTermSupport", "needs tier Premium", { got: tier });
}

function checkAccess(shape: KubernetesClusterShape, apiServer: ApiServerAccess, problems: Problems): void {
  const groups = shape.adminGroupObjectIds;
  problems.require(
    groups.length > 0,
    "adminGroupObjectIds",
    "must name at least one Entra group: local accounts are off, so nobody could administer the cluster",
  );
  groups.forEach((id, at) => {
    problems.require(
      isUuid(id),
      `adminGroupObjectIds[${at}]`,
      "must be the object ID (a UUID) of an Entra group, not its name",
      { got: id },
    );
  });
  if (apiServer === "private") return;
  const ranges = apiServer.authorizedIpRanges;
  problems.require(
    ranges.length > 0,
    "apiServer.authorizedIpRanges",
    "must not be empty: that would open the API server to the internet",
    { remedy: "Add your egress address, or write apiServer: private" },
  );
  ranges.forEach((text, at) => {
    const cidr = parseCidr(text);
    problems.require(
      cidr !== undefined && cidr.prefixLength >= 16,
      `apiServer.authorizedIpRanges[${at}]`,
      "must be an IPv4 range of /16 or smaller, with all host bits zero",
      { got: text },
    );
  });
}

function checkSystemPool(
  system: { size: string; nodes: number },
  zones: readonly string[],
  around: ClusterSurroundings,
  problems: Problems,
): void {
  const size = findVmSize(system.size);
  const general = [...vmSizes.values()].filter((it) => it.category === "general").map((it) => it.name);
  problems.require(
    size?.category === "general",
    "systemPool.size",
    "must be a general-purpose size of the catalogue: system pods on GPU nodes cost",
    { got: system.size, remedy: closestHint(system.size, general, `Known: ${general.join(", ")}`) },
  );
  problems.requireWhole("systemPool.nodes", system.nodes, [1, limits.aksNodesPerPool.value]);
  zones.forEach((zone, at) => {
    const rule =
      around.zones.length === 0
        ? "is not possible: the region has no zones"
        : `must be one of ${around.zones.join(", ")}`;
    problems.require(around.zones.includes(zone), `systemPool.zones[${at}]`, rule, { got: zone });
  });
}
