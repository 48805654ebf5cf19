import { describe, expect, it } from "vitest";
import { describeProblem, Problems } from "../../core/problems";
import { checkTeams, type SharedPool } from "../../stacks/check-teams";
import type { DeclaredTeam } from "../../stacks/config/teams";

const group = (digit: number): string => `${String(digit).repeat(8)}-1111-4111-8111-111111111111`;
const team = (name: string, gpus: number, at = 1): DeclaredTeam => ({
  kind: "training",
  team: name,
  pool: "h100",
  gpus,
  groupObjectId: group(at),
  egress: "closed",
  reach: [],
  ingressFrom: [],
});
const pool: SharedPool = {
  key: "h100",
  size: "Standard_ND96isr_H100_v5",
  gpusPerNode: 8,
  maxNodes: 4,
  migProfile: null,
  memlock: "node",
  rdmaResource: "rdma/ib",
  spareNodes: 1,
};

describe("checkTeams", () => {
  const told = (...teams: readonly DeclaredTeam[]): string[] => {
    const problems = new Problems();
    checkTeams(teams, [pool], ["h100"], problems);
    return problems.list.map(describeProblem);
  };

  it("takes shares up to what the pool has beside its spare nodes", () => {
    expect(told(team("a", 8), team("b", 16))).toEqual([]);
  });

  it("refuses shares that together take the spare nodes, at the last of them", () => {
    expect(told(team("a", 16), team("b", 16))).toEqual([
      "trainingTeams.b.gpus: must leave all teams of pool h100 at most 24 GPUs, its 1 spare nodes aside; got 32. Lower the shares of a, b, or give the pool more nodes",
    ]);
  });

  it("blames a share that is too large alone, and not the others", () => {
    expect(told(team("a", 64), team("b", 8))).toEqual([
      expect.stringContaining("trainingTeams.a.gpus: must be at most 32"),
    ]);
  });

  it("refuses a name that makes no container", () => {
    expect(told(team("a--b", 8))).toEqual([
      'trainingTeams.a--b: name must not have two hyphens in a row; got "a--b". Azure refuses a container of that name; use a-b',
    ]);
  });
});
