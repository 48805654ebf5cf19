import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addressCount,
  contains,
  firstFree,
  formatAddress,
  formatCidr,
  nearestCidr,
  overlaps,
  parseAddress,
  parseCidr,
  prefixLengthFor,
  type Cidr,
} from "../../core/cidr";

const cidrs = fc.tuple(fc.nat(2 ** 32 - 1), fc.integer({ min: 0, max: 32 })).map(([address, prefixLength]): Cidr => {
  const size = addressCount({ base: 0, prefixLength });
  return { base: Math.floor(address / size) * size, prefixLength };
});

describe("parseCidr", () => {
  it("reads back what formatCidr writes", () => {
    fc.assert(
      fc.property(cidrs, (cidr) => {
        expect(parseCidr(formatCidr(cidr))).toEqual(cidr);
      }),
    );
  });

  it.each([
    "10.0.0.0",
    "10.0.0.1/16",
    "10.0.0.0/33",
    "256.0.0.0/8",
    "10.0.0/24",
    "::/0",
    "",
    "10.0.0.0/16 ",
    "010.0.0.0/16",
    "10.000.0.0/16",
    "10.0.0.0/08",
  ])("refuses %j", (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });
});

it.each([
  ["010.096.0.1/018", "10.96.0.0/18"],
  ["10.0.0.9/29", "10.0.0.8/29"],
  ["10.000.0.0/00", "0.0.0.0/0"],
  ["10.0.0.0", undefined],
  ["10.0.0.0/33", undefined],
  ["fd00::/48", undefined],
])("nearly reads %s as %s", (text, near) => {
  expect(nearestCidr(text)).toBe(near);
});

it("reads one address as a range of its own, and nothing else", () => {
  expect(parseAddress("10.0.0.10")).toEqual({ base: 167772170, prefixLength: 32 });
  for (const text of ["10.0.0.10/32", "10.0.0.010", "10.0.0", ""]) expect(parseAddress(text)).toBeUndefined();
});

it("writes an address", () => {
  expect(formatAddress(167772170)).toBe("10.0.0.10");
});

it("overlaps exactly when one range contains the other", () => {
  fc.assert(
    fc.property(cidrs, cidrs, (a, b) => {
      expect(overlaps(a, b)).toBe(contains(a, b) || contains(b, a));
    }),
  );
});

it.each([
  [1, 32],
  [2, 31],
  [5, 29],
  [256, 24],
  [257, 23],
])("needs a prefix for %i addresses: /%i", (addresses, prefixLength) => {
  expect(prefixLengthFor(addresses)).toBe(prefixLength);
});

it("offers a free range that meets none of the taken ones", () => {
  const space = { base: 10 * 2 ** 24, prefixLength: 16 };
  fc.assert(
    fc.property(fc.array(fc.nat(255), { maxLength: 40 }), (thirds) => {
      const taken = thirds.map((third) => ({ base: space.base + third * 256, prefixLength: 24 }));
      const free = firstFree([space], 24, taken);
      expect(free).toBeDefined();
      if (free === undefined) return;
      expect(contains(space, free)).toBe(true);
      expect(taken.some((it) => overlaps(it, free))).toBe(false);
    }),
  );
  expect(firstFree([space], 16, [{ base: space.base, prefixLength: 32 }])).toBeUndefined();
});
