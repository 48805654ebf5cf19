import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kubeletAllocatable, nodeAllocatable } from "../../catalog/allocatable";
import { vmSizes } from "../../catalog/vm-sizes";

const shape = fc.record({ vcpus: fc.integer({ min: 1, max: 512 }), memoryGiB: fc.integer({ min: 1, max: 4096 }) });

describe("nodeAllocatable", () => {
  it("is the sourced figure for ND H100 v5", () => {
    expect(nodeAllocatable({ vcpus: 96, memoryGiB: 1900 })).toEqual({ cpu: 90, memoryGiB: 1800 });
  });

  it.each([
    ["Standard_ND128isr_GB300_v6", { cpu: 121, memoryGiB: 818 }],
    ["Standard_NC40ads_H100_v5", { cpu: 37, memoryGiB: 303 }],
    ["Standard_D16ds_v5", { cpu: 14, memoryGiB: 52 }],
    ["Standard_D4ds_v5", { cpu: 3, memoryGiB: 10 }],
  ])("of %s", (name, expected) => {
    const size = vmSizes.get(name);
    expect(size && nodeAllocatable(size)).toEqual(expected);
  });

  it.each([...vmSizes.values()].map((size) => [size.name, size] as const))("leaves room on %s", (_, size) => {
    const { cpu, memoryGiB } = nodeAllocatable(size);
    expect(cpu).toBeGreaterThan(0);
    expect(cpu).toBeLessThan(size.vcpus);
    expect(memoryGiB).toBeGreaterThan(0);
    expect(memoryGiB).toBeLessThanOrEqual(size.memoryGiB * 0.95);
    if (size.vcpus >= 96) expect(cpu).toBeLessThanOrEqual(size.vcpus - 5);
  });

  it("is whole, not negative and never more than the node", () => {
    fc.assert(
      fc.property(shape, (size) => {
        const { cpu, memoryGiB } = nodeAllocatable(size);
        expect(Number.isInteger(cpu) && Number.isInteger(memoryGiB)).toBe(true);
        expect(cpu >= 0 && cpu < size.vcpus).toBe(true);
        expect(memoryGiB >= 0 && memoryGiB <= size.memoryGiB * 0.95).toBe(true);
      }),
    );
  });

  it("never shrinks when the node grows", () => {
    fc.assert(
      fc.property(shape, fc.nat({ max: 64 }), fc.nat({ max: 256 }), (size, moreCpus, moreGiB) => {
        const small = nodeAllocatable(size);
        const large = nodeAllocatable({ vcpus: size.vcpus + moreCpus, memoryGiB: size.memoryGiB + moreGiB });
        expect(large.cpu).toBeGreaterThanOrEqual(small.cpu);
        expect(large.memoryGiB).toBeGreaterThanOrEqual(small.memoryGiB);
      }),
    );
  });
});

it("leaves DaemonSets their part of what a node has for pods, on every size", () => {
  for (const size of vmSizes.values()) {
    const [job, node] = [nodeAllocatable(size), kubeletAllocatable(size)];
    expect(job.cpu, size.name).toBeLessThan(node.cpu);
    expect(job.memoryGiB, size.name).toBeLessThanOrEqual(node.memoryGiB);
    expect(node.cpu, size.name).toBeLessThan(size.vcpus);
    expect(node.memoryGiB, size.name).toBeLessThan(size.memoryGiB);
  }
});
