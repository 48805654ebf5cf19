import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nidLists } from "../../../../components/storage/lustre-file-system/nid-lists";
import { planLustreFileSystem } from "../../../../components/storage/lustre-file-system/plan";
import type { LustreFileSystemShape } from "../../../../components/storage/lustre-file-system/shape";
import { addressCount, type Cidr, contains, parseCidr } from "../../../../core/cidr";
import { place, problemsOf } from "../../../recorded";

const cidr = (text: string): Cidr => parseCidr(text) ?? { base: 0, prefixLength: 32 };
const lists = (...ranges: readonly string[]): string => nidLists(ranges.map(cidr));

/** What a byte of a list holds. */
interface Byte {
  readonly lo: number;
  readonly hi: number;
}

/** Reads a list as Lustre does. */
const read = (list: string): Byte[] => {
  const [addresses = "", net] = list.split("@");
  expect(net).toBe("tcp");
  const bytes = addresses.split(".").map((it): Byte => {
    const [lo = "", hi = lo] = it.replace(/[[\]]/g, "").split("-");
    return { lo: Number(lo), hi: Number(hi) };
  });
  expect(bytes).toHaveLength(4);
  return bytes;
};

/**
 * Whether a nodemap takes a list: Lustre's own rule, which is more than "without a gap".
 * Source: lustre/lustre-release:lnet/lnet/nidstrings.c (cfs_ip_is_contiguous)
 */
const taken = (bytes: readonly Byte[]): boolean =>
  bytes.every(({ lo }, at) => {
    const before = bytes[at - 1] ?? { lo: 255, hi: 255 };
    return before.hi === before.lo || (before.hi === 255 && lo === 0);
  });

const rangeOf = (bytes: readonly Byte[]): readonly [first: number, last: number] => [
  bytes.reduce((sum, { lo }) => sum * 256 + lo, 0),
  bytes.reduce((sum, { hi }) => sum * 256 + hi, 0),
];

const ranges = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 8, max: 32 }))
  .map(([address, prefixLength]): Cidr => {
    const size = addressCount({ base: 0, prefixLength });
    return { base: Math.floor(address / size) * size, prefixLength };
  });

describe("nidLists", () => {
  it.each([
    ["one machine", ["10.0.2.4/32"], "10.0.2.4@tcp"],
    ["part of the last byte", ["10.0.2.64/26"], "10.0.2.[64-127]@tcp"],
    ["a whole byte", ["10.0.2.0/24"], "10.0.2.[0-255]@tcp"],
    ["part of another byte", ["10.0.2.0/23"], "10.0.2.[0-255]@tcp;10.0.3.[0-255]@tcp"],
    ["two bytes", ["10.80.0.0/16"], "10.80.[0-255].[0-255]@tcp"],
    ["part of the second byte", ["10.80.0.0/15"], "10.80.[0-255].[0-255]@tcp;10.81.[0-255].[0-255]@tcp"],
    ["three bytes", ["10.0.0.0/8"], "10.[0-255].[0-255].[0-255]@tcp"],
    ["one within another", ["10.0.2.0/25", "10.0.2.0/24", "10.0.2.7/32"], "10.0.2.[0-255]@tcp"],
    ["the same twice", ["10.0.2.0/24", "10.0.2.0/24"], "10.0.2.[0-255]@tcp"],
    ["nobody", [], ""],
  ])("%s", (_, given, expected) => {
    expect(lists(...given)).toBe(expected);
  });

  it("has 128 lists at most for a range", () => {
    expect(lists("10.80.0.0/17").split(";")).toHaveLength(128);
  });

  it("names exactly what is in the ranges, each address once, in lists that Lustre takes", () => {
    fc.assert(
      fc.property(fc.array(ranges, { minLength: 1, maxLength: 4 }), (given) => {
        const found = nidLists(given).split(";").map(read);
        expect(found.every(taken)).toBe(true);
        const spans = found.map(rangeOf);
        for (const [at, [first]] of spans.entries()) {
          if (at > 0) expect(first).toBeGreaterThan(spans[at - 1]?.[1] ?? Infinity);
        }
        const largest = given.filter(
          (it, at) => !given.some((other, o) => o !== at && contains(other, it) && (o < at || !contains(it, other))),
        );
        const named = spans.reduce((sum, [first, last]) => sum + last - first + 1, 0);
        expect(named).toBe(largest.reduce((sum, it) => sum + addressCount(it), 0));
        for (const [first, last] of spans) {
          const span = largest.find((it) => first >= it.base && last < it.base + addressCount(it));
          expect(span).toBeDefined();
        }
      }),
    );
  });
});

describe("who is trusted", () => {
  const refusals = (more: Partial<LustreFileSystemShape>): readonly string[] =>
    problemsOf(() => planLustreFileSystem("lustre", { zone: "1", holdsTiB: 4, ...more }, place));

  it("is read only where anybody is squashed", () => {
    expect(refusals({ trustedRanges: ["10.0.0.4/32"] })).toEqual([
      'trustedRanges: must be left out without rootSquash: root-only: every machine keeps its root; got ["10.0.0.4/32"]. Leave it out, or write rootSquash: root-only',
    ]);
  });

  it("is a range, named once, and not everybody", () => {
    const trustedRanges = ["10.0.0.4", "10.0.0.1/24", "0.0.0.0/0", "10.0.1.0/24", "10.0.1.0/24"];
    expect(refusals({ rootSquash: "root-only", trustedRanges })).toEqual([
      expect.stringMatching(/^trustedRanges\[4\]: must /) as string,
      'trustedRanges[0]: must be an IPv4 range such as 10.64.0.0/16, with all host bits zero; got "10.0.0.4". Write 10.80.192.4/32 for one machine',
      'trustedRanges[1]: must be an IPv4 range such as 10.64.0.0/16, with all host bits zero; got "10.0.0.1/24". 10.0.0.0/24 would be one',
      'trustedRanges[2]: must be a /8 or smaller: who is trusted is named; got "0.0.0.0/0". Write the ranges that are meant',
    ]);
  });
});
