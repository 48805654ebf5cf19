import { expectWired } from "../../engine/expect";
import { levels, sameType, type ResourceRule, type Subject } from "../../engine/rule";
import { onGpu, sizePath } from "../../engine/sizes";
import { types } from "../../engine/types";
import { read } from "../../../core/property-tree";
import { machineProfile, machineTypes } from "./machine-profile";

export const gpuReservationProd: ResourceRule = {
  id: 28,
  name: "gpu-reservation-prod",
  area: "gpu",
  kind: "resource",
  types: [...machineTypes, types.nodePool],
  title: "A fixed number of GPU machines comes from a capacity reservation where Azure offers one for their size.",
  why: "Without a reservation Azure promises no capacity: what is deallocated or fails may not come back.",
  remedy: "Set a capacity reservation group, or relax this rule where the environment may wait for capacity.",
  severity: "medium",
  levels: levels.rising,
  source:
    "MicrosoftDocs/azure-compute-docs:articles/virtual-machines/capacity-reservation-overview.md; MicrosoftDocs/azure-aks-docs:articles/aks/use-capacity-reservation-groups.md",
  check: (resource) =>
    onGpu(resource.inputs, sizePath(resource.type), (_, { onDemandReservation }) => {
      if (onDemandReservation !== true || read(resource.inputs, "singlePlacementGroup") === true) return [];
      if (read(resource.inputs, priorityPath(resource)) === "Spot") return [];
      // What the autoscaler may take down to nothing would pay for places that stand empty.
      if (read(resource.inputs, "enableAutoScaling") === true) return [];
      return expectWired(resource.inputs, reservationPath(resource), "be the ARM ID of a capacity reservation group");
    }),
};

function priorityPath(resource: Subject): string {
  return sameType(resource.type, types.nodePool) ? "scaleSetPriority" : `${machineProfile(resource)}priority`;
}

function reservationPath(resource: Subject): string {
  return sameType(resource.type, types.nodePool)
    ? "capacityReservationGroupID"
    : `${machineProfile(resource)}capacityReservation.capacityReservationGroup.id`;
}
