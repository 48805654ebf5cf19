import { absent, expectAt } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import type { Outcome } from "../../engine/rule";

/** A violation where machines name a capacity reservation group. An ID that is not known yet is a group all the same. */
export function expectUnreserved(inputs: unknown, path: string, must: string): readonly Outcome[] {
  return isUnknown(read(inputs, path)) ? [{ path, is: "set", must }] : expectAt(inputs, path, absent, must);
}
