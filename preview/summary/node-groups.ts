import type { Computes, Machines } from "../../azure/arm-row";
import { findRow } from "../../azure/rows";
import type { VmSize } from "../../catalog/vm-size";
import type { PlannedResource } from "../../core/planned-resource";

/** Nodes of one kind that are bought together: an AKS pool, a bare scale set or a machine alone. */
export interface NodeGroup extends Omit<Machines, "size" | "vmSize"> {
  readonly kind: "AKS system pool" | "AKS GPU pool" | "AKS CPU pool" | "scale set" | "virtual machine";
  readonly size: VmSize;
}

/** Reads every group of nodes out of a plan: what is billed by the node. Sizes that nobody knows are left out. */
export function nodeGroups(resources: readonly Pick<PlannedResource, "type" | "inputs">[]): NodeGroup[] {
  return resources.flatMap(({ type, inputs }) => {
    const computes = findRow(type)?.computes;
    if (computes == null) return [];
    return computes
      .machines(inputs)
      .flatMap(({ vmSize, ...machines }) =>
        vmSize === null ? [] : [{ ...machines, size: vmSize, kind: kindOf(computes.as, machines.system, vmSize) }],
      );
  });
}

function kindOf(as: Computes["as"], system: boolean, { gpu }: VmSize): NodeGroup["kind"] {
  if (as !== "cluster") return as;
  if (system) return "AKS system pool";
  return gpu === null ? "AKS CPU pool" : "AKS GPU pool";
}
