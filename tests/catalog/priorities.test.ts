import { expect, it } from "vitest";
import { priorities } from "../../catalog/priorities";

it("has names and values of their own, the highest first, none of the system and none that the autoscaler passes over", () => {
  const values = priorities.map((it) => it.value);
  expect(values).toEqual([...new Set(values)].sort((a, b) => b - a));
  expect(new Set(priorities.map((it) => it.name)).size).toBe(priorities.length);
  expect(priorities.filter(({ name }) => name.startsWith("system-") || name === "default")).toEqual([]);
  // The cluster autoscaler makes no node for what is below; Kubernetes keeps what is above 1,000,000,000 for itself.
  expect(values.filter((it) => it < -10 || it > 1_000_000_000)).toEqual([]);
});
