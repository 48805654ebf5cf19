import { labels } from "../../catalog/scheduling";
import type { VmSize } from "../../catalog/vm-size";
import { findVmSize } from "../../catalog/vm-sizes";
import type { PlannedResource } from "./planned-resource";

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
export function nodeGroups(resources: readonly PlannedResource[]): NodeGroup[] {
  return resources.flatMap(({ type, inputs }) => {
    if (type === "azure-native:containerservice:ManagedCluster") {
      const cluster = text(inputs["resourceName"]);
      return list(inputs["agentPoolProfiles"]).flatMap((pool) => poolGroup(record(pool), cluster));
    }
    if (type === "azure-native:containerservice:AgentPool") return poolGroup(inputs, text(inputs["resourceName"]));
    if (type === "azure-native:compute:VirtualMachineScaleSet") return scaleSetGroup(inputs);
    return [];
  });
}

function poolGroup(pool: Props, cluster: string | null): NodeGroup[] {
  const size = findVmSize(text(pool["vmSize"]) ?? "");
  if (size === undefined) return [];
  const count = number(pool["count"]);
  const autoscaled = pool["enableAutoScaling"] === true;
  const maxNodes = autoscaled ? number(pool["maxCount"]) : count;
  const tags = record(pool["tags"]);
  return [
    {
      name: text(pool["agentPoolName"]) ?? text(pool["name"]) ?? "",
      kind: size.gpu === null ? "AKS system pool" : "AKS GPU pool",
      cluster,
      size,
      minNodes: autoscaled ? number(pool["minCount"]) : count,
      maxNodes,
      surgeNodes: surge(text(record(pool["upgradeSettings"])["maxSurge"]), maxNodes),
      spareNodes: number(tags["spareNodes"]),
      infinibandDomain: text(record(pool["nodeLabels"])[labels.infinibandDomain]),
      spot: pool["scaleSetPriority"] === "Spot",
    },
  ];
}

function scaleSetGroup(inputs: Props): NodeGroup[] {
  const sku = record(inputs["sku"]);
  const size = findVmSize(text(sku["name"]) ?? "");
  if (size === undefined) return [];
  const nodes = number(sku["capacity"]);
  const name = text(inputs["vmScaleSetName"]) ?? "";
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
      infinibandDomain: size.infiniband === null ? null : (text(record(inputs["tags"])["ibDomain"]) ?? name),
      spot: record(inputs["virtualMachineProfile"])["priority"] === "Spot",
    },
  ];
}

/** `1` or `33%`; AKS adds one node when nothing is said. */
function surge(maxSurge: string | null, nodes: number): number {
  if (maxSurge === null) return 1;
  const amount = Number.parseInt(maxSurge, 10);
  return maxSurge.endsWith("%") ? Math.ceil((nodes * amount) / 100) : amount;
}

type Props = Readonly<Record<string, unknown>>;

function record(value: unknown): Props {
  return typeof value === "object" && value !== null ? (value as Props) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function number(value: unknown): number {
  const parsed = typeof value === "string" ? Number(value) : value;
  return typeof parsed === "number" && Number.isFinite(parsed) ? parsed : 0;
}
