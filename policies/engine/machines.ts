import { sameType, type Subject } from "./rule";
import { nodePools, sizePath } from "./sizes";
import { types } from "./types";

/** Where a resource says of machines what is asked of machines of every kind. Each is a path. */
export interface Machines {
  readonly size: string;
  readonly tags: string;
  readonly priority: string;
  /** The capacity reservation group that they take their places from. */
  readonly reservation: string;
  readonly placementGroup: string;
  readonly zones: string;
  /** Before the paths of a node pool, as {@link nodePools} has it; `undefined` of machines that AKS does not make. */
  readonly pool?: string;
}

/** What holds machines: scale sets, single VMs and node pools, those that are written inside a cluster included. */
export const machineHolders: readonly string[] = [types.scaleSet, types.virtualMachine, types.nodePool, types.cluster];

/** The machines of a resource of {@link machineHolders}: of a cluster those of each pool inside it. */
export function machinesOf(resource: Subject): readonly Machines[] {
  const { type } = resource;
  if (sameType(type, types.scaleSet)) return [describedBy(type, "virtualMachineProfile.")];
  if (sameType(type, types.virtualMachine)) return [describedBy(type, "")];
  return nodePools(resource).map((pool) => ({
    pool,
    size: `${pool}vmSize`,
    tags: `${pool}tags`,
    priority: `${pool}scaleSetPriority`,
    reservation: `${pool}capacityReservationGroupID`,
    placementGroup: `${pool}proximityPlacementGroupID`,
    zones: `${pool}availabilityZones`,
  }));
}

function describedBy(type: string, profile: string): Machines {
  return {
    size: sizePath(type),
    tags: "tags",
    priority: `${profile}priority`,
    reservation: `${profile}capacityReservation.capacityReservationGroup.id`,
    placementGroup: "proximityPlacementGroup.id",
    zones: "zones",
  };
}
