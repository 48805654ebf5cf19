import { labels } from "../../catalog/scheduling";
import type { VmSize } from "../../catalog/vm-size";
import { findVmSize } from "../../catalog/vm-sizes";
import { list, read, text } from "../../core/property-tree";
import type { PlannedResource } from "../../core/planned-resource";

/** Nodes of one kind that are bought together: an AKS pool or a bare scale set. */
export interface NodeGroup {
  readonly name: string;
  readonly kind: "AKS system pool" | "AKS GPU pool" | "scale set";
  /** Cluster that the pool belongs to, `null` for a scale set. */
  readonly cluster: string | null;
  readonly size: VmSize;
  readonly minNodes: number;
  readonly maxNodes: number;
  /** Nodes added for the time of an upgrade. */
  readonly surgeNodes: number;
  /** Nodes held back for repairs. */
  readonly spareNodes: number;
  /** InfiniBand domain, `null` without InfiniBand. */
  readonly infinibandDomain: string | null;
  readonly spot: boolean;
}

/** Reads every group of nodes out of a plan: what is billed by the node. */
export function nodeGroups(resources: readonly Pick<PlannedResource, "type" | "inputs">[]): NodeGroup[] {
  return resources.flatMap(({ type, inputs }) => {
    const cluster = text(inputs, "resourceName") ?? null;
    if (type === "azure-native:containerservice:ManagedCluster") {
      return list(inputs, "agentPoolProfiles").flatMap((pool) => poolGroup(pool, cluster));
    }
    if (type === "azure-native:containerservice:AgentPool") return poolGroup(inputs, cluster);
    if (type === "azure-native:compute:VirtualMachineScaleSet") return scaleSetGroup(inputs);
    return [];
  });
}

function poolGroup(pool: unknown, cluster: string | null): NodeGroup[] {
  const size = findVmSize(text(pool, "vmSize") ?? "");
  if (size === undefined) return [];
  const count = number(pool, "count");
  const autoscaled = read(pool, "enableAutoScaling") === true;
  const maxNodes = autoscaled ? number(pool, "maxCount") : count;
  return [
    {
      name: text(pool, "agentPoolName") ?? text(pool, "name") ?? "",
      kind: size.gpu === null ? "AKS system pool" : "AKS GPU pool",
      cluster,
      size,
      minNodes: autoscaled ? number(pool, "minCount") : count,
      maxNodes,
      surgeNodes: surge(text(pool, "upgradeSettings.maxSurge"), maxNodes),
      spareNodes: number(pool, "tags.spareNodes"),
      infinibandDomain: text(pool, `nodeLabels["${labels.infinibandDomain}"]`) ?? null,
      spot: read(pool, "scaleSetPriority") === "Spot",
    },
  ];
}

function scaleSetGroup(inputs: unknown): NodeGroup[] {
  const size = findVmSize(text(inputs, "sku.name") ?? "");
  if (size === undefined) return [];
  const nodes = number(inputs, "sku.capacity");
  const name = text(inputs, "vmScaleSetName") ?? "";
  return [
    {
      name,
      kind: "scale set",
      cluster: null,
      size,
      minNodes: nodes,
      maxNodes: nodes,
      surgeNodes: 0,
      spareNodes: 0,
      infinibandDomain: size.infiniband === null ? null : (text(inputs, "tags.ibDomain") ?? name),
      spot: read(inputs, "virtualMachineProfile.priority") === "Spot",
    },
  ];
}

/** `1` or `33%`; AKS adds one node when nothing is said. */
function surge(maxSurge: string | undefined, nodes: number): number {
  if (maxSurge === undefined) return 1;
  const amount = Number.parseInt(maxSurge, 10);
  return maxSurge.endsWith("%") ? Math.ceil((nodes * amount) / 100) : amount;
}

/** A number, or a tag that says one; 0 for anything else. */
function number(root: unknown, path: string): number {
  const value = read(root, path);
  const parsed = typeof value === "string" ? Number(value) : value;
  return typeof parsed === "number" && Number.isFinite(parsed) ? parsed : 0;
}
