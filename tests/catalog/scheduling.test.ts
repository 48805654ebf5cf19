import { expect, it } from "vitest";
import { gpuResource, isGpuResource, rdmaResourceNames } from "../../catalog/scheduling";
import { vmSizes } from "../../catalog/vm-sizes";

it("counts the GPUs of every size by a resource that it knows as one", () => {
  const gpus = [...vmSizes.values()].flatMap(({ gpu }) => gpu ?? []);
  expect(gpus.length).toBeGreaterThan(0);
  expect(gpus.map(gpuResource).filter((it) => !isGpuResource(it))).toEqual([]);
});

it.each<readonly [name: string, expected: boolean]>([
  ["nvidia.com/gpu", true],
  ["amd.com/gpu", true],
  ["nvidia.com/mig-1g.10gb", true],
  ["requests.nvidia.com/gpu", false],
  ["nvidia.com/mig.config", false],
  ...rdmaResourceNames.map((name) => [name, false] as const),
])("%s is what GPUs are counted by: %s", (name, expected) => {
  expect(isGpuResource(name)).toBe(expected);
});
