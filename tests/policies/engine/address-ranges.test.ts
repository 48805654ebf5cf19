import { describe, expect, it } from "vitest";
import { type Cidr, parseCidr } from "../../../core/cidr";
import { expectUnreserved, isAnywhere, isOpen, isRange, prefixLength } from "../../../policies/engine/address-ranges";

it.each(["*", "Any", " Internet ", "0.0.0.0/0 ", " ::/0"])("takes %j for the whole internet", (range) => {
  expect([isAnywhere(range), isOpen(range)]).toEqual([true, true]);
});

it.each(["", "VirtualNetwork", "0.0.0.0/1", "::/1"])("does not take %j for the whole internet", (range) => {
  expect(isAnywhere(range)).toBe(false);
});

describe("the length of a prefix", () => {
  it.each([
    ["10.0.0.0/8", 4, 8],
    [" 10.0.0.0/32 ", 4, 32],
    ["10.0.0.255", 4, 32],
    ["0.0.0.0/0", 4, 0],
    ["2001:DB8::/32", 6, 32],
    ["2001:db8::/128", 6, 128],
    ["::1", 6, 128],
  ] as const)("of %j", (range, family, length) => {
    expect(prefixLength(range)).toEqual({ family, length });
  });

  it.each([
    ...["", "AzureCloud", "10.0.0.0/", "10.0.0.0/33", "2001:db8::/129", "10.0.0.0/8/8", "10.0.0.0/1000"],
    ...[
      "10.0.0/8",
      "1.10.0.0.0/8",
      "10.0.0.0.1",
      "10.0.0.0abc",
      "10.0.0.1000",
      "a10.0.0.0",
      "x 10.0.0.0",
      "10.0.0.0 x",
    ],
  ])("is not there in %j", (range) => expect(prefixLength(range)).toBeUndefined());
});

it.each([
  ["10.0.0.0/7", true],
  ["10.0.0.0/8", false],
  ["10.0.0.1", false],
  ["2000::/15", true],
  ["2001::/16", false],
  ["AzureCloud", false],
])("lets %s let too many in: %s", (range, open) => expect(isOpen(range)).toBe(open));

it.each([
  ["10.64.0.0/20", true],
  ["10.64.0.1/20", false],
  ["2001:db8::/32", false],
  [5, false],
])("takes %j as a range: %s", (value, is) => expect(isRange(value)).toBe(is));

describe("what every cluster keeps", () => {
  const said = (text: string): unknown => expectUnreserved("addressPrefix", parseCidr(text) as Cidr, text);

  it.each(["10.64.0.0/20", "172.16.0.0/16", "172.17.0.0/16"])("is not %s", (text) => expect(said(text)).toEqual([]));

  it("is named with who keeps it", () => {
    expect(said("172.28.0.0/14")).toEqual([
      { path: "addressPrefix", is: '"172.28.0.0/14"', must: "not overlap 172.30.0.0/16 (AKS reserves it)" },
    ]);
  });
});
