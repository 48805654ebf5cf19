import { absent, expectAt, violation } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { levels, sameType, type ResourceRule } from "../../engine/rule";
import { onSize, sizePath } from "../../engine/sizes";
import { types } from "../../engine/types";

/** Where machines name the group that they take their places from. */
const groupPaths: ReadonlyMap<string, string> = new Map([
  [types.nodePool, "capacityReservationGroupID"],
  [types.virtualMachine, "capacityReservation.capacityReservationGroup.id"],
  [types.scaleSet, "virtualMachineProfile.capacityReservation.capacityReservationGroup.id"],
]);

export const gpuReservationSize: ResourceRule = {
  id: 248,
  name: "gpu-reservation-size",
  area: "gpu",
  kind: "resource",
  types: [types.scaleSet, types.virtualMachine, types.nodePool, types.capacityReservation],
  title: "Nothing is reserved on demand of a size that Azure reserves none of.",
  why: "Azure takes no reservation on demand of ND, NCads H100 v5, HB and HC sizes, and says so after a long wait.",
  remedy: "Remove the reservation, or choose a size that can be reserved: docs/sizes.md.",
  severity: "high",
  levels: levels.always,
  source: "MicrosoftDocs/azure-compute-docs capacity-reservation-overview.md",
  check: ({ type, inputs }) => {
    const group = [...groupPaths].find(([token]) => sameType(token, type))?.[1];
    const path = sizePath(type);
    if (group !== undefined && read(inputs, group) === undefined) return [];
    return onSize(inputs, path, ({ name, onDemandReservation }) => {
      if (onDemandReservation !== false) return [];
      if (group === undefined) return [violation(path, name, "be a size that Azure reserves on demand")];
      const must = `be absent: Azure reserves no ${name} on demand`;
      // An ID that is not known yet is a group all the same.
      if (isUnknown(read(inputs, group))) return [{ path: group, is: "set", must }];
      return expectAt(inputs, group, absent, must);
    });
  },
};
