import type { Computes, Machines } from "../../azure/arm-row";
import { type Placed, regionsOf } from "../../azure/region-of";
import { findRow } from "../../azure/rows";
import type { VmSize } from "../../catalog/vm-size";

/** Nodes of one kind that are bought together: an AKS pool, a bare scale set or a machine alone. */
export interface NodeGroup extends Omit<Machines, "size" | "vmSize"> {
  readonly kind: "AKS system pool" | "AKS GPU pool" | "AKS CPU pool" | "scale set" | "virtual machine";
  readonly size: VmSize;
  readonly region: string;
}

/**
 * Reads every group of nodes out of a plan: what is billed by the node. Sizes that nobody knows are left out.
 * @param location Region of those of which nothing says it.
 */
export function nodeGroups(resources: readonly Placed[], location: string): NodeGroup[] {
  const regionOf = regionsOf(resources);
  return resources.flatMap((it) => {
    const computes = findRow(it.type)?.computes;
    if (computes == null) return [];
    const region = regionOf(it) ?? location;
    return computes
      .machines(it.inputs)
      .flatMap(({ vmSize, ...machines }) =>
        vmSize === null
          ? []
          : [{ ...machines, size: vmSize, region, kind: kindOf(computes.as, machines.system, vmSize) }],
      );
  });
}

function kindOf(as: Computes["as"], system: boolean, { gpu }: VmSize): NodeGroup["kind"] {
  if (as !== "cluster") return as;
  if (system) return "AKS system pool";
  return gpu === null ? "AKS CPU pool" : "AKS GPU pool";
}
