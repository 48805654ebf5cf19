import { expect, it } from "vitest";
import { checkOffer } from "../../catalog/offer";
import { findVmSize } from "../../catalog/vm-sizes";
import { Problems } from "../../core/problems";

const eastus = { location: "eastus", zones: ["1", "2"] };
const h100 = "Standard_ND96isr_H100_v5";
const hb368 = "Standard_HB368rs_v5";

it.each([
  ["a size that is sold, in a zone that is there", h100, "2", eastus, []],
  ["a size without any price, of which the list says nothing", "Standard_ND128isr_GB300_v6", undefined, eastus, []],
  ["any region while none is known", h100, undefined, { location: "", zones: ["1", "2", "3"] }, []],
  [
    "no size in a region without a price for it",
    hb368,
    undefined,
    { location: "westeurope", zones: ["1"] },
    [
      {
        path: "size",
        rule: "is not sold in westeurope: the price list has no row for it",
        got: `"${hb368}"`,
        remedy: "Regions with a price: centralus, eastus, southcentralus, swedencentral",
      },
    ],
  ],
  [
    "no zone that is not there, of an unknown size either",
    "banana",
    "3",
    eastus,
    [{ path: "zone", rule: "must be one of 1, 2, in quotes", got: '"3"', remedy: 'Write "1" for example' }],
  ],
  [
    "no zone where there are none",
    h100,
    "1",
    { location: "westus", zones: [] },
    [{ path: "zone", rule: "is not possible: westus has no zones", got: '"1"', remedy: "Leave it out" }],
  ],
])("takes %s", (_, size, zone, place, expected) => {
  const problems = new Problems();
  checkOffer(findVmSize(size), zone, place, problems);
  expect(problems.list).toEqual(expected);
});
