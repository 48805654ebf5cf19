import { violation } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { machineHolders, machinesOf } from "../../engine/machines";
import { levels, sameType, type ResourceRule } from "../../engine/rule";
import { onSize, sizePath } from "../../engine/sizes";
import { types } from "../../engine/types";
import { expectUnreserved } from "./expect-unreserved";

export const gpuReservationSize: ResourceRule = {
  id: 248,
  name: "gpu-reservation-size",
  area: "gpu",
  kind: "resource",
  types: [...machineHolders, types.capacityReservation],
  title: "Nothing is reserved on demand of a size that Azure reserves none of.",
  why: "Azure takes no reservation on demand of ND, NCads H100 v5, HB and HC sizes, and says so after a long wait.",
  remedy: "Remove the reservation, or choose a size that can be reserved: docs/sizes.md.",
  severity: "high",
  levels: levels.always,
  source: "MicrosoftDocs/azure-compute-docs capacity-reservation-overview.md",
  check: (resource) => {
    const { type, inputs } = resource;
    if (sameType(type, types.capacityReservation)) {
      const path = sizePath(type);
      return onSize(inputs, path, ({ name, onDemandReservation }) =>
        onDemandReservation === false ? [violation(path, name, "be a size that Azure reserves on demand")] : [],
      );
    }
    return machinesOf(resource).flatMap(({ size, reservation }) =>
      read(inputs, reservation) === undefined
        ? []
        : onSize(inputs, size, ({ name, onDemandReservation }) =>
            onDemandReservation === false
              ? expectUnreserved(inputs, reservation, `be absent: Azure reserves no ${name} on demand`)
              : [],
          ),
    );
  },
};
