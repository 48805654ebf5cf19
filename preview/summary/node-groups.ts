import type { Machines } from "../../azure/arm-row";
import { findRow } from "../../azure/rows";
import type { VmSize } from "../../catalog/vm-size";
import type { PlannedResource } from "../../core/planned-resource";

/** Nodes of one kind that are bought together: an AKS pool or a bare scale set. */
export interface NodeGroup extends Omit<Machines, "size" | "vmSize"> {
  readonly kind: "AKS system pool" | "AKS GPU pool" | "AKS CPU pool" | "scale set";
  readonly size: VmSize;
}

/** Reads every group of nodes out of a plan: what is billed by the node. Sizes that nobody knows are left out. */
export function nodeGroups(resources: readonly Pick<PlannedResource, "type" | "inputs">[]): NodeGroup[] {
  return resources
    .flatMap(({ type, inputs }) => findRow(type)?.computes?.machines(inputs) ?? [])
    .flatMap(({ vmSize, ...machines }) =>
      vmSize === null ? [] : [{ ...machines, size: vmSize, kind: kindOf(machines, vmSize) }],
    );
}

function kindOf({ cluster, system }: Pick<Machines, "cluster" | "system">, { gpu }: VmSize): NodeGroup["kind"] {
  if (cluster === null) return "scale set";
  if (system) return "AKS system pool";
  return gpu === null ? "AKS CPU pool" : "AKS GPU pool";
}
