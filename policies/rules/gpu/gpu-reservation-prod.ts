import { expectWired } from "../../engine/expect";
import { machineHolders, machinesOf } from "../../engine/machines";
import { levels, type ResourceRule } from "../../engine/rule";
import { onGpu } from "../../engine/sizes";
import { read } from "../../../core/property-tree";

export const gpuReservationProd: ResourceRule = {
  id: 28,
  name: "gpu-reservation-prod",
  area: "gpu",
  kind: "resource",
  types: machineHolders,
  title: "A fixed number of GPU machines comes from a capacity reservation where Azure offers one for their size.",
  why: "Without a reservation Azure promises no capacity: what is deallocated or fails may not come back.",
  remedy: "Set a capacity reservation group, or relax this rule where the environment may wait for capacity.",
  severity: "medium",
  levels: levels.rising,
  source:
    "MicrosoftDocs/azure-compute-docs:articles/virtual-machines/capacity-reservation-overview.md; MicrosoftDocs/azure-aks-docs:articles/aks/use-capacity-reservation-groups.md",
  check: (resource) => {
    const { inputs } = resource;
    return machinesOf(resource).flatMap(({ size, priority, reservation, pool }) =>
      onGpu(inputs, size, (_, { onDemandReservation }) => {
        if (onDemandReservation !== true || read(inputs, "singlePlacementGroup") === true) return [];
        if (read(inputs, priority) === "Spot") return [];
        // What the autoscaler may take down to nothing would pay for places that stand empty.
        if (pool !== undefined && read(inputs, `${pool}enableAutoScaling`) === true) return [];
        return expectWired(inputs, reservation, "be the ARM ID of a capacity reservation group");
      }),
    );
  },
};
