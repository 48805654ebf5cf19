import { list, read } from "../../core/property-tree";
import type { Props } from "../arm-row";
import type { Charge } from "../charge";

/** Each blob that a lifecycle moves to another tier is a write there, and bills for its time there when it is deleted sooner. */
export function lifecycleCharges(inputs: Props): readonly Charge[] {
  const moves = list(inputs, "policy.rules").flatMap((rule) =>
    ["baseBlob", "snapshot", "version"].flatMap((of) =>
      ["tierToCool", "tierToCold", "tierToArchive"].map((to) => read(rule, `definition.actions.${of}.${to}`)),
    ),
  );
  return moves.every((it) => it === undefined)
    ? []
    : [{ what: "blobs that a lifecycle moves to another tier", because: "nothing declares how many" }];
}
