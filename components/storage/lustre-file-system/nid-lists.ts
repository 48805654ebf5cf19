import { addressCount, type Cidr, contains, formatAddress } from "../../../core/cidr";

/** All values of a byte, as Lustre writes a range of them. */
const any = "[0-255]";

/**
 * Ranges as Lustre names machines, lists with a semicolon between them: `10.80.4.0/23` is `10.80.4.[0-255]@tcp;10.80.5.[0-255]@tcp`. A list
 * must be one range without a gap, and Lustre takes a part of a byte for one in the last byte alone: what begins or ends within another byte
 * is a list for each of its values, 128 at most. A list that meets another one is refused, so a range within another one is left out.
 * Sources: MicrosoftDocs/azure-stack-docs:azure-managed-lustre/root-squash-configure-settings.md (semicolons, `10.0.2.[6-8]@tcp`, nodemap);
 * lustre/lustre-release:lnet/lnet/nidstrings.c (`cfs_ip_is_contiguous`, which a nodemap asks for)
 */
export function nidLists(ranges: readonly Cidr[]): string {
  return ranges
    .filter((range, at) => !ranges.some((other, before) => at !== before && covers(other, range, before < at)))
    .toSorted((a, b) => a.base - b.base)
    .flatMap(listsOf)
    .map((list) => `${list}@tcp`)
    .join(";");
}

/** Whether a range is in another one. Of two that are the same the first is kept. */
function covers(outer: Cidr, inner: Cidr, first: boolean): boolean {
  return contains(outer, inner) && (first || !contains(inner, outer));
}

function listsOf(range: Cidr): string[] {
  const bytes = formatAddress(range.base).split(".");
  const whole = Math.floor(range.prefixLength / 8);
  const fixed = bytes.slice(0, whole);
  if (range.prefixLength % 8 === 0) return [[...fixed, ...rest(4 - whole)].join(".")];
  const from = Number(bytes[whole]);
  const values = addressCount(range) / 256 ** (3 - whole);
  if (whole === 3) return [[...fixed, `[${from}-${from + values - 1}]`].join(".")];
  return Array.from({ length: values }, (_, at) => [...fixed, from + at, ...rest(3 - whole)].join("."));
}

function rest(count: number): string[] {
  return Array.from({ length: count }, () => any);
}
