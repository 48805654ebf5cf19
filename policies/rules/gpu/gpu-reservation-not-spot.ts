import { unjudged } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { machineHolders, machinesOf } from "../../engine/machines";
import { levels, type Outcome, type ResourceRule } from "../../engine/rule";
import { expectUnreserved } from "./expect-unreserved";

export const gpuReservationNotSpot: ResourceRule = {
  id: 29,
  name: "gpu-reservation-not-spot",
  area: "gpu",
  kind: "resource",
  types: machineHolders,
  title:
    "Nothing uses a capacity reservation at spot priority, in a proximity placement group or as a set of one placement group.",
  why: "A reservation is paid for by the hour and such VMs cannot use it, so Azure refuses the pair after a long wait.",
  remedy: "Remove the capacity reservation group, or the spot priority or placement group beside it.",
  severity: "high",
  levels: levels.always,
  source:
    "MicrosoftDocs/azure-compute-docs:articles/virtual-machines/capacity-reservation-overview.md (2026-02-17, limitations)",
  check: (resource) => {
    const { inputs } = resource;
    return machinesOf(resource).flatMap(({ priority, reservation, placementGroup }): readonly Outcome[] => {
      if (read(inputs, reservation) === undefined) return [];
      const given = read(inputs, priority);
      if (isUnknown(given)) return [unjudged(priority)];
      // A group that is not known yet is one all the same.
      const [beside] = [
        ...(given === "Spot" ? [`while ${priority} is Spot`] : []),
        ...(read(inputs, placementGroup) === undefined ? [] : [`beside ${placementGroup}`]),
        ...(read(inputs, "singlePlacementGroup") === true ? ["while singlePlacementGroup is true"] : []),
      ];
      return beside === undefined ? [] : expectUnreserved(inputs, reservation, `be absent ${beside}`);
    });
  },
};
