import { absent, expectAt, unjudged } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { levels, sameType, type Outcome, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { machineProfile, machineTypes } from "./machine-profile";

export const gpuReservationNotSpot: ResourceRule = {
  id: 29,
  name: "gpu-reservation-not-spot",
  area: "gpu",
  kind: "resource",
  types: [...machineTypes, types.nodePool],
  title: "Nothing uses a capacity reservation at spot priority.",
  why: "A reservation is paid for by the hour and spot VMs cannot use it, so Azure refuses the pair after a long wait.",
  remedy: "Remove the capacity reservation group, or the spot priority.",
  severity: "high",
  levels: levels.always,
  source: "MicrosoftDocs/azure-compute-docs capacity-reservation-overview.md",
  check: (resource) =>
    sameType(resource.type, types.nodePool)
      ? notBoth(resource.inputs, "scaleSetPriority", "capacityReservationGroupID")
      : notBoth(
          resource.inputs,
          `${machineProfile(resource)}priority`,
          `${machineProfile(resource)}capacityReservation.capacityReservationGroup.id`,
        ),
};

function notBoth(inputs: unknown, priorityPath: string, groupPath: string): Outcome[] {
  const priority = read(inputs, priorityPath);
  const group = read(inputs, groupPath);
  if (group === undefined) return [];
  if (isUnknown(priority)) return [unjudged(priorityPath)];
  if (priority !== "Spot") return [];
  // An id that is not known yet is a reservation all the same.
  if (isUnknown(group)) return [{ path: groupPath, is: "set", must: `be absent while ${priorityPath} is Spot` }];
  return expectAt(inputs, groupPath, absent, `be absent while ${priorityPath} is Spot`);
}
