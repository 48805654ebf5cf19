import { isText, violation } from "../../engine/expect";
import type { Outcome } from "../../engine/rule";
import { parseCidr } from "../../../core/cidr";
import { locate } from "../../../core/property-tree";

/**
 * A violation when a subnet has IPv4 ranges and each is smaller than a prefix length. Azure takes one in `addressPrefix` or several in
 * `addressPrefixes`, and what lies in the subnet needs one range that is large enough.
 */
export function expectLargest(inputs: unknown, prefixLength: number, must: string): readonly Outcome[] {
  const ranges = ["addressPrefix", "addressPrefixes[]"]
    .flatMap((path) => locate(inputs, path))
    .flatMap(({ path, value }) => {
      const range = isText(value) ? parseCidr(value) : undefined;
      return range === undefined ? [] : [{ path, value, prefixLength: range.prefixLength }];
    })
    .sort((a, b) => a.prefixLength - b.prefixLength);
  const [largest] = ranges;
  return largest === undefined || largest.prefixLength <= prefixLength
    ? []
    : [violation(largest.path, largest.value, must)];
}
