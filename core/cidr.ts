/** An IPv4 range as numbers: base address and prefix length. */
export interface Cidr {
  readonly base: number;
  readonly prefixLength: number;
}

/**
 * Reads `10.0.0.0/16`. Returns `undefined` unless the text is a range whose host bits are all zero. A number with a leading
 * zero is none: some readers take it for an octal one, so that the same text would be two ranges.
 */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (/(^|[./])0\d/.test(text)) return undefined;
  if (match === null) return undefined;
  const [a = 256, b = 256, c = 256, d = 256, prefixLength = 33] = match.slice(1).map(Number);
  if (Math.max(a, b, c, d) > 255 || prefixLength > 32) return undefined;
  const base = ((a * 256 + b) * 256 + c) * 256 + d;
  return base % addressCount({ base, prefixLength }) === 0 ? { base, prefixLength } : undefined;
}

/** Writes a range as `10.0.0.0/16`. */
export function formatCidr(cidr: Cidr): string {
  return `${formatAddress(cidr.base)}/${cidr.prefixLength}`;
}

/** The range that a text nearly is, without leading zeros and host bits: what to write instead of `010.0.0.1/16`. */
export function nearestCidr(text: string): string | undefined {
  const [address = "", bits = ""] = text
    .trim()
    .replace(/(^|[./])0+(?=\d)/g, "$1")
    .split("/");
  const at = parseAddress(address);
  if (at === undefined || !/^\d{1,2}$/.test(bits) || Number(bits) > 32) return undefined;
  const size = addressCount({ base: 0, prefixLength: Number(bits) });
  return formatCidr({ base: Math.floor(at.base / size) * size, prefixLength: Number(bits) });
}

/** Reads one address, as a range that holds it alone. */
export function parseAddress(text: string): Cidr | undefined {
  return parseCidr(`${text}/32`);
}

/** Writes one address of a number, `10.0.0.10` for 167772170. */
export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** Addresses in a range, reserved ones included. */
export function addressCount({ prefixLength }: Cidr): number {
  return 2 ** (32 - prefixLength);
}

/** Whether two ranges share an address. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.base < b.base + addressCount(b) && b.base < a.base + addressCount(a);
}

/** Whether every address of one range is in another. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return inner.base >= outer.base && inner.base + addressCount(inner) <= outer.base + addressCount(outer);
}

/** Longest prefix (smallest range) that has at least `addresses` addresses. */
export function prefixLengthFor(addresses: number): number {
  return 32 - Math.ceil(Math.log2(Math.max(1, addresses)));
}

/**
 * First range of the given size, aligned, that meets none of `taken`; searched in `within`. Used to tell people which
 * range would fit, so the answer is the lowest one.
 */
export function firstFree(within: readonly Cidr[], prefixLength: number, taken: readonly Cidr[]): Cidr | undefined {
  const step = addressCount({ base: 0, prefixLength });
  for (const space of within) {
    let base = space.base;
    while (base + step <= space.base + addressCount(space)) {
      const candidate = { base, prefixLength };
      const met = taken.find((it) => overlaps(it, candidate));
      if (met === undefined) return candidate;
      // Past the range it meets, not one step on: a /8 full of /32 has 16 million steps.
      base = Math.ceil((met.base + addressCount(met)) / step) * step;
    }
  }
  return undefined;
}

/** Private address space of RFC 1918, the one with most room first. */
export const privateRanges: readonly Cidr[] = [
  { base: 10 * 2 ** 24, prefixLength: 8 },
  { base: 172 * 2 ** 24 + 16 * 2 ** 16, prefixLength: 12 },
  { base: 192 * 2 ** 24 + 168 * 2 ** 16, prefixLength: 16 },
];
