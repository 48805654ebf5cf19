import { describe, expect, it } from "vitest";
import { nodeAllocatable } from "../../../../catalog/allocatable";
import { vmSizes } from "../../../../catalog/vm-sizes";
import { planCpuShares } from "../../../../components/tenancy/team-namespace/cpu-shares";
import { problemsOf } from "../../../recorded";

const general = { key: "general", size: "Standard_D16ds_v5", maxNodes: 3 };
const arm = { key: "arm", size: "Standard_D8pds_v6", maxNodes: 8 };
const generalSizes = [...vmSizes.values()].filter((it) => it.category === "general" && it.aks !== null);

describe("planCpuShares", () => {
  it("gives a team without a share a little for launchers, whatever pools there are", () => {
    const little = { cpu: 4, memoryGiB: 16, ephemeralGiB: 32, pods: 0 };
    expect(planCpuShares({}, [])).toEqual(little);
    expect(planCpuShares({}, [general])).toEqual(little);
  });

  it("gives what pods can ask for on so many nodes of each pool", () => {
    expect(planCpuShares({ general: 2 }, [general])).toEqual({
      cpu: 29 - 1,
      memoryGiB: 104,
      ephemeralGiB: 192,
      pods: 100,
    });
    const both = planCpuShares({ general: 2, arm: 1 }, [general, arm]);
    expect(both.cpu).toBe(planCpuShares({ general: 2 }, [general]).cpu + planCpuShares({ arm: 1 }, [arm]).cpu);
    expect(both.pods).toBe(150);
  });

  it.each(generalSizes.map((it) => [it.name, it] as const))("of %s is whole nodes that can be filled", (name, size) => {
    const { cpu, memoryGiB } = nodeAllocatable(size);
    const share = planCpuShares({ general: 5 }, [{ key: "general", size: name, maxNodes: 5 }]);
    expect([share.cpu / 5, share.memoryGiB / 5]).toEqual([cpu, memoryGiB]);
    // Whatever else a node is for, a pod that states nothing fits on it.
    expect(cpu).toBeGreaterThanOrEqual(1);
    expect(memoryGiB).toBeGreaterThanOrEqual(1);
  });

  it.each([
    [
      "more than the pool",
      { general: 4 },
      "cpuShares.general: must be a whole number from 1 to 3, the nodes of the pool; got 4. Use 3",
    ],
    [
      "none of a pool",
      { general: 0 },
      "cpuShares.general: must be a whole number from 1 to 3, the nodes of the pool; got 0. Use 1",
    ],
    [
      "part of a node",
      { general: 0.5 },
      "cpuShares.general: must be a whole number from 1 to 3, the nodes of the pool; got 0.5. Use 1",
    ],
    [
      "a pool that is not there",
      { generel: 1 },
      'cpuShares.generel: must name a pool of cpuPools; got "generel". Closest: general',
    ],
  ])("refuses %s", (_, shares, problem) => {
    expect(problemsOf(() => planCpuShares(shares, [general]))).toEqual([problem]);
  });

  it("says what to do where there is no such pool at all, and all problems at once", () => {
    expect(problemsOf(() => planCpuShares({ general: 1, other: 1 }, []))).toEqual([
      'cpuShares.general: must name a pool of cpuPools; got "general". Declare it in cpuPools, or leave the share out',
      'cpuShares.other: must name a pool of cpuPools; got "other". Declare it in cpuPools, or leave the share out',
    ]);
  });

  it("refuses a pool of a size that nobody knows, whose nodes could not be counted", () => {
    expect(problemsOf(() => planCpuShares({ general: 1 }, [{ ...general, size: "Standard_X1" }]))[0]).toContain(
      "must be of a pool of a VM size that the catalogue knows",
    );
  });
});
