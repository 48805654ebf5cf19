import { expect, it } from "vitest";
import { platformShape } from "../../components/platform/add-ons";
import { describeProblem, Problems } from "../../core/problems";
import { checkExceptions } from "../../stacks/check-exceptions";

const ends = (expires: string): object => ({
  namespace: "train-vision",
  rule: "volume-types",
  reason: "an NFS share until it has moved",
  expires,
});

function told(today: string | null, ...exceptions: object[]): string[] {
  const problems = new Problems();
  const platform = platformShape.parse({ teamFence: { exceptions } });
  checkExceptions({ platform, today }, problems);
  return problems.list.map(describeProblem);
}

it("takes an exception until its last day, and any where nobody says what day it is", () => {
  expect(told("2027-01-31", ends("2027-01-31"), ends("2027-12-31"))).toEqual([]);
  expect(told(null, ends("2020-01-01"))).toEqual([]);
  expect(told("2027-01-31")).toEqual([]);
});

it("fails for one that is over, and says what to do", () => {
  expect(told("2027-02-01", ends("2027-12-31"), ends("2027-01-31"))).toEqual([
    'platform.teamFence.exceptions[1].expires: must not be before 2027-02-01: the exception of train-vision from volume-types is over; got "2027-01-31". Remove the exception, or say another day if its reason still holds',
  ]);
});
