import { sameType, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";

/** What has VMs that this project describes by itself: scale sets, Uniform and Flexible, and single VMs, in a Flexible set or alone. */
export const machineTypes = [types.scaleSet, types.virtualMachine];

/**
 * Where the VMs of a resource are described: in the profile of a scale set, or in a single VM itself. Put the answer before a
 * path: `${profile}priority`.
 */
export function machineProfile({ type }: Pick<Subject, "type">): string {
  return sameType(type, types.virtualMachine) ? "" : "virtualMachineProfile.";
}
