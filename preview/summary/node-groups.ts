import type { Machines } from "../../azure/arm-row";
import { plainToken } from "../../azure/arm-types";
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
  return resources
    .flatMap(({ type, inputs }) =>
      (findRow(type)?.computes?.machines(inputs) ?? []).map((machines) => ({ alone: isAlone(type), machines })),
    )
    .flatMap(({ alone, machines: { vmSize, ...machines } }) =>
      vmSize === null
        ? []
        : [{ ...machines, size: vmSize, kind: alone ? "virtual machine" : kindOf(machines, vmSize) }],
    );
}

function kindOf({ cluster, system }: Pick<Machines, "cluster" | "system">, { gpu }: VmSize): NodeGroup["kind"] {
  if (cluster === null) return "scale set";
  if (system) return "AKS system pool";
  return gpu === null ? "AKS CPU pool" : "AKS GPU pool";
}

function isAlone(type: string): boolean {
  return plainToken(type) === "azure-native:compute:VirtualMachine";
}
