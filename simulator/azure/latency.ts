import { findVmSize } from "../../catalog/vm-sizes";
import { list, read, text } from "../../core/property-tree";
import type { Props } from "../../core/property-value";

/** Simulated seconds that Azure takes for an operation. */
export interface Latency {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  /** Added for each node that has to be made. */
  readonly perNode?: number;
  /** Added when the nodes have GPUs, whose driver is installed before they count as ready. */
  readonly gpu?: number;
  readonly source: string;
}

/**
 * By type token. Azure promises no times: all of these are assumptions of the right order, made so that what waits for
 * what shows in a rehearsal. No report may call them measurements.
 */
const assumed = "assumption";
const small: Latency = { create: 5, update: 5, delete: 5, source: assumed };
const latencies: Readonly<Record<string, Latency>> = {
  "azure-native:resources:ResourceGroup": { create: 3, update: 3, delete: 30, source: assumed },
  "azure-native:network:VirtualNetwork": { create: 6, update: 6, delete: 12, source: assumed },
  "azure-native:network:NatGateway": { create: 15, update: 15, delete: 15, source: assumed },
  "azure-native:network:PublicIPAddress": { create: 5, update: 5, delete: 15, source: assumed },
  "azure-native:network:VirtualNetworkPeering": { create: 15, update: 15, delete: 15, source: assumed },
  "azure-native:network:PrivateEndpoint": { create: 90, update: 60, delete: 60, source: assumed },
  "azure-native:network:PrivateDnsZoneGroup": { create: 30, update: 30, delete: 30, source: assumed },
  "azure-native:privatedns:PrivateZone": { create: 40, update: 10, delete: 40, source: assumed },
  "azure-native:privatedns:VirtualNetworkLink": { create: 40, update: 10, delete: 40, source: assumed },
  "azure-native:containerservice:ManagedCluster": {
    create: 420,
    update: 240,
    delete: 420,
    perNode: 2,
    source: assumed,
  },
  "azure-native:containerservice:AgentPool": {
    create: 180,
    update: 120,
    delete: 240,
    perNode: 2,
    gpu: 300,
    source: assumed,
  },
  "azure-native:compute:VirtualMachineScaleSet": {
    create: 120,
    update: 90,
    delete: 180,
    perNode: 2,
    gpu: 180,
    source: assumed,
  },
  "azure-native:compute:CapacityReservation": { create: 30, update: 30, delete: 20, source: assumed },
  "azure-native:storage:StorageAccount": { create: 25, update: 10, delete: 10, source: assumed },
  "azure-native:storagecache:AmlFilesystem": { create: 900, update: 300, delete: 600, source: assumed },
  "azure-native:authorization:RoleAssignment": { create: 4, update: 4, delete: 4, source: assumed },
};

/** What Azure takes for a type. */
export function latencyOf(type: string): Latency {
  return latencies[type] ?? small;
}

/** Simulated seconds that one operation takes. Never 0. */
export function operationSeconds(type: string, kind: "create" | "update" | "delete", inputs: Props): number {
  const { perNode = 0, gpu = 0, ...base } = latencyOf(type);
  if (kind !== "create") return base[kind];
  const { nodes, size } = machines(inputs);
  // A pool that starts empty waits for no machine.
  if (nodes === 0) return base.create;
  const hasGpu = size !== undefined && findVmSize(size)?.gpu != null;
  return base.create + perNode * nodes + (hasGpu ? gpu : 0);
}

/** Nodes and VM size of a pool, a scale set, or a cluster's inline pool. */
function machines(inputs: Props): { readonly nodes: number; readonly size: string | undefined } {
  const [first] = list(inputs, "agentPoolProfiles");
  const pool = first ?? inputs;
  const nodes = read(pool, "count") ?? read(inputs, "sku.capacity");
  return { nodes: typeof nodes === "number" ? nodes : 0, size: text(pool, "vmSize") ?? text(inputs, "sku.name") };
}
