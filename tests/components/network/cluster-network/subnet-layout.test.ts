import fc from "fast-check";
import { expect, it } from "vitest";
import { addressCount, contains, formatCidr, overlaps, parseCidr, type Cidr } from "../../../../core/cidr";
import {
  layOutSlots,
  longestAddressSpacePrefix,
  spaceFor,
  subnetRange,
} from "../../../../components/network/cluster-network/subnet-layout";
import { subnetSlots, type SubnetRole } from "../../../../components/network/subnet-ref";

const subnetRoles = ["nodes", "scaleSets", "lustre", "endpoints", "apiServer"] as const satisfies SubnetRole[];

/** Every address space that is allowed, /8 to /20. */
const spaces = fc.tuple(fc.nat(2 ** 24 - 1), fc.integer({ min: 8, max: 20 })).map(([offset, prefixLength]): Cidr => {
  const size = addressCount({ base: 0, prefixLength });
  return { base: 10 * 2 ** 24 + Math.floor(offset / size) * size, prefixLength };
});

it("lays a /16 out as the documentation says", () => {
  const space = parseCidr("10.66.0.0/16");
  const layout = space && [...layOutSlots(space, subnetSlots)].map(([role, cidr]) => [role, formatCidr(cidr)]);
  expect(layout).toEqual([
    ["nodes", "10.66.0.0/17"],
    ["scaleSets", "10.66.128.0/18"],
    ["lustre", "10.66.192.0/20"],
    ["endpoints", "10.66.208.0/22"],
    ["apiServer", "10.66.212.0/24"],
    ["runner", "10.66.213.0/24"],
    ["netapp", "10.66.214.0/24"],
  ]);
});

it("keeps every subnet aligned, inside the space and off the others", () => {
  fc.assert(
    fc.property(spaces, (space) => {
      const ranges = [...layOutSlots(space, subnetSlots).values()];
      expect(ranges).toHaveLength(Object.keys(subnetSlots).length);
      ranges.forEach((range, at) => {
        expect(range.base % addressCount(range)).toBe(0);
        expect(contains(space, range)).toBe(true);
        expect(ranges.slice(at + 1).some((other) => overlaps(range, other))).toBe(false);
      });
    }),
  );
});

it("leaves the end of the space free for what comes later", () => {
  fc.assert(
    fc.property(spaces, (space) => {
      const used = [...layOutSlots(space, subnetSlots).values()].reduce((sum, it) => sum + addressCount(it), 0);
      expect(used).toBeLessThanOrEqual(addressCount(space) * (1 - 1 / 8));
    }),
  );
});

it("asks for the space in which a role's subnet has just the prefix that it needs", () => {
  fc.assert(
    fc.property(spaces, fc.constantFrom(...subnetRoles), (space, role) => {
      expect(spaceFor(role, subnetRange(space, role).prefixLength)).toBe(space.prefixLength);
    }),
  );
});

it("refuses nothing that has room: in a /20 the smallest subnet is the /28 that an API server needs", () => {
  expect(longestAddressSpacePrefix).toBe(20);
  expect(subnetRange({ base: 10 * 2 ** 24, prefixLength: 20 }, "apiServer").prefixLength).toBe(28);
});

it("moves no subnet for a kind that comes later, whatever its size", () => {
  const later = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(spaces, later, (space, bits) => {
      const grown = { ...subnetSlots, ...Object.fromEntries(bits.map((it, at) => [`later${at}`, { bits: it }])) };
      const after = layOutSlots(space, grown);
      for (const role of subnetRoles) expect(after.get(role)).toEqual(subnetRange(space, role));
      // Each newcomer starts on its own boundary behind everything that was there.
      const ranges = [...after.values()];
      ranges.forEach((range, at) => {
        expect(range.base % addressCount(range)).toBe(0);
        expect(ranges.slice(at + 1).some((other) => overlaps(range, other))).toBe(false);
      });
    }),
  );
});
