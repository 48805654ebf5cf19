import { limits } from "../catalog/limits";
import { labels } from "../catalog/scheduling";
import { addressCount, parseCidr } from "../core/cidr";
import type { Demand, LimitedUse, Machines, Props } from "./arm-row";
import { list, number, record, text } from "./inputs";

/** The pools that a cluster lists in its body. */
export function clusterMachines(inputs: Props): readonly Machines[] {
  const cluster = text(inputs["resourceName"]);
  return list(inputs["agentPoolProfiles"]).map((pool) => machines(record(pool), cluster));
}

/** A pool that is a resource of its own. */
export function poolMachines(inputs: Props): readonly Machines[] {
  return [machines(inputs, text(inputs["resourceName"]))];
}

function machines(pool: Props, cluster: string | null): Machines {
  const count = number(pool["count"]);
  const autoscaled = pool["enableAutoScaling"] === true;
  const maxNodes = autoscaled ? number(pool["maxCount"]) : count;
  return {
    name: text(pool["agentPoolName"]) ?? text(pool["name"]) ?? "",
    cluster,
    size: text(pool["vmSize"]) ?? "",
    startNodes: count,
    minNodes: autoscaled ? number(pool["minCount"]) : count,
    maxNodes,
    surgeNodes: surge(text(record(pool["upgradeSettings"])["maxSurge"]), maxNodes),
    spareNodes: number(record(pool["tags"])["spareNodes"]),
    infinibandDomain: text(record(pool["nodeLabels"])[labels.infinibandDomain]),
    spot: pool["scaleSetPriority"] === "Spot",
  };
}

/** `1` or `33%`; AKS adds one node when nothing is said. */
function surge(maxSurge: string | null, nodes: number): number {
  if (maxSurge === null) return 1;
  const amount = Number.parseInt(maxSurge, 10);
  return maxSurge.endsWith("%") ? Math.ceil((nodes * amount) / 100) : amount;
}

/** Limits of one cluster. */
export function clusterLimits(inputs: Props, { clusterNodes, pools }: Demand): readonly LimitedUse[] {
  const cluster = `AKS cluster ${String(inputs["resourceName"])}`;
  const free = record(inputs["sku"])["tier"] === "Free";
  const podRange = parseCidr(String(record(inputs["networkProfile"])["podCidr"]));
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
