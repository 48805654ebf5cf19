import { expect, it } from "vitest";
import { checkImageDay } from "../../../components/compute/check-image-day";
import { Problems } from "../../../core/problems";

function rules(version: string, today: string | null = "2026-11-21"): string[] {
  const problems = new Problems();
  checkImageDay(version, today, problems);
  return problems.list.map((it) => it.rule);
}

it.each(["24.04.2026072901", "24.04.202609040", "22.04.2024022901", "24.04.2026112101"])("takes %s", (version) => {
  expect(rules(version)).toEqual([]);
});

it.each([
  "24.04.1",
  "24.04.0000000000",
  "24.04.9999999999",
  "24.04.2026139901",
  "24.04.2026022901",
  "24.04.202602300",
  "24.04.20260729010",
])("fails on %s, which is of no day", (version) => {
  expect(rules(version)).toEqual([expect.stringContaining("must end in the day of the image")]);
});

it("fails on a day to come, where anybody knows the day", () => {
  expect(rules("24.04.2026112201")).toEqual(["must not be of a day to come"]);
  expect(rules("24.04.2036112201", null)).toEqual([]);
});
