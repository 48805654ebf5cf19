import { limits } from "../catalog/limits";
import { offHoursTag, onShareOf } from "../catalog/off-hours";
import { labels } from "../catalog/scheduling";
import { findTaggedSize } from "../catalog/size-tags";
import { addressCount, parseCidr } from "../core/cidr";
import { list, number, read, text } from "../core/property-tree";
import type { Demand, LimitedUse, Machines, Props } from "./arm-row";

/** The pools that a cluster lists in its body. */
export function clusterMachines(inputs: Props): readonly Machines[] {
  const cluster = text(inputs, "resourceName") ?? null;
  // They have no tags of their own, and stop with the cluster.
  const onShare = onShareOf(read(inputs, `tags.${offHoursTag}`));
  return list(inputs, "agentPoolProfiles").map((pool) => {
    const own = machines(pool, cluster, "System");
    return { ...own, onShare: own.onShare === 0 ? 0 : onShare };
  });
}

/** A pool that is a resource of its own. */
export function poolMachines(inputs: Props): readonly Machines[] {
  return [machines(inputs, text(inputs, "resourceName") ?? null, "User")];
}

/** @param mode Of a pool that says none. */
function machines(pool: unknown, cluster: string | null, mode: "System" | "User"): Machines {
  const count = number(pool, "count");
  const autoscaled = read(pool, "enableAutoScaling") === true;
  const maxNodes = autoscaled ? number(pool, "maxCount") : count;
  // Spot pools are upgraded without surge. Source: MicrosoftDocs/azure-aks-docs:articles/aks/spot-node-pool.md (2025-04-06)
  const spot = read(pool, "scaleSetPriority") === "Spot";
  const size = text(pool, "vmSize") ?? "";
  return {
    name: text(pool, "agentPoolName") ?? text(pool, "name") ?? "",
    cluster,
    size,
    vmSize: findTaggedSize(size, read(pool, "tags")) ?? null,
    startNodes: count,
    minNodes: autoscaled ? number(pool, "minCount") : count,
    maxNodes,
    surgeNodes: spot ? 0 : surge(text(pool, "upgradeSettings.maxSurge"), maxNodes),
    spareNodes: number(pool, "tags.spareNodes"),
    zones: list(pool, "availabilityZones").map(String),
    infinibandDomain: text(pool, `nodeLabels["${labels.infinibandDomain}"]`) ?? null,
    system: (text(pool, "mode") ?? mode) === "System",
    spot,
    maxSpotUsdPerHour: spotCap(read(pool, "spotMaxPrice")),
    // Source: Azure/bicep-types-az:containerservice/2026-05-01 (text of powerState)
    onShare: text(pool, "powerState.code") === "Stopped" ? 0 : onShareOf(read(pool, `tags.${offHoursTag}`)),
    reservationGroup: groupOf(text(pool, "capacityReservationGroupID")),
  };
}

/** The highest price of a spot node: -1, and what is no amount, is that on demand. */
export function spotCap(given: unknown): number | null {
  return typeof given === "number" && given > 0 ? given : null;
}

/** Name of a reservation group in its ID. */
export function groupOf(id: string | undefined): string | null {
  return id?.split("/").at(-1) ?? null;
}

/** `1` or `33%`; AKS adds one node when nothing is said. */
function surge(maxSurge: string | undefined, nodes: number): number {
  if (maxSurge === undefined) return 1;
  const amount = Number.parseInt(maxSurge, 10);
  return maxSurge.endsWith("%") ? Math.ceil((nodes * amount) / 100) : amount;
}

/** Limits of one cluster. */
export function clusterLimits(inputs: Props, { clusterNodes, pools }: Demand): readonly LimitedUse[] {
  const cluster = `AKS cluster ${text(inputs, "resourceName") ?? ""}`;
  const free = text(inputs, "sku.tier") === "Free";
  const podRange = parseCidr(text(inputs, "networkProfile.podCidr") ?? "");
  const most = free ? limits.aksNodesFreeTierAdvised : limits.aksNodes;
  return [
    { what: `nodes of ${cluster}`, used: clusterNodes, limit: most.value },
    { what: `pools of ${cluster}`, used: pools, limit: limits.aksPools.value },
    ...(podRange === undefined
      ? []
      : [
          {
            what: `/${limits.overlayPrefixPerNode.value} pod ranges of ${cluster}`,
            used: clusterNodes,
            limit: Math.floor(addressCount(podRange) / 256),
          },
        ]),
  ];
}
