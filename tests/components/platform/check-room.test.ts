import { describe, expect, it } from "vitest";
import { addOns } from "../../../components/platform/add-ons";
import { checkRoom } from "../../../components/platform/check-room";
import { describeProblem, Problems } from "../../../core/problems";

const general = (size: string, maxNodes: number) => ({ key: "general", size, architecture: "x64", maxNodes }) as const;

function said(...[installed, cpuPools]: [Parameters<typeof checkRoom>[0], Parameters<typeof checkRoom>[1]]): string {
  const problems = new Problems();
  checkRoom(installed, cpuPools, problems);
  return problems.list.map(describeProblem).join("\n");
}

describe("the room for pods of the platform", () => {
  const { kueue, jobSet, leaderWorkerSet, trainer, gpuOperator } = addOns;

  it.each([
    ["two nodes of eight CPUs", [general("Standard_D8ds_v5", 2)]],
    ["one of them", [general("Standard_D8ds_v5", 1)]],
    ["small nodes, if there are enough", [general("Standard_D4ds_v5", 2)]],
    ["a size that nobody knows", [general("Standard_D9_v9", 1)]],
  ])("is there on %s", (_, pools) => {
    expect(said({ kueue, jobSet, leaderWorkerSet, trainer, gpuOperator }, pools)).toBe("");
  });

  it("is not there without nodes, or on too few", () => {
    const installed = { kueue, jobSet, leaderWorkerSet, trainer, gpuOperator };
    const asked = "cpuPools: needs 4.2 CPUs on nodes without GPUs, for pods of kueue, jobSet, leaderWorkerSet, trainer";
    expect(said(installed, [])).toContain(`${asked}; got 0. Write cpuPools: { general:`);
    expect(said(installed, [general("Standard_D4ds_v5", 1)])).toContain(`${asked}; got 3.`);
  });

  it("is asked for by nobody whose pods run on nodes of the system", () => {
    expect(said({ gpuOperator }, [])).toBe("");
  });
});
