import { describe, expect, it } from "vitest";
import type { TeamPool } from "../../components/tenancy/team-namespace/quota";
import { describeProblem, Problems } from "../../core/problems";
import { checkTeams } from "../../stacks/check-teams";
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
  secrets: [],
  cpuShares: {},
});
const pool: TeamPool = {
  key: "h100",
  size: "Standard_ND96isr_H100_v5",
  gpusPerNode: 8,
  maxNodes: 4,
  migProfile: null,
  memlock: "node",
  rdmaResource: "rdma/ib",
  spareNodes: 1,
  gpuStack: "gpu-operator",
};

const general = { key: "general", size: "Standard_D8ds_v5", maxNodes: 3 };
const pools = {
  gpuPools: [pool],
  cpuPools: [general],
  declared: { gpuPools: ["h100"], cpuPools: ["general", "broken"] },
  fqdnPolicies: false,
};
const sharing = (name: string, cpuShares: DeclaredTeam["cpuShares"]): DeclaredTeam => ({ ...team(name, 8), cpuShares });

describe("checkTeams", () => {
  const told = (...teams: readonly DeclaredTeam[]): string[] => {
    const problems = new Problems();
    checkTeams(teams, pools, problems);
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
      expect.stringContaining(
        "trainingTeams.a.gpus: must be at most 24, the GPUs of the pool without its 1 spare nodes",
      ),
    ]);
  });

  it("refuses shares of a general pool that are more than its nodes together", () => {
    expect(told(sharing("a", { general: 1 }), sharing("b", { general: 2 }))).toEqual([]);
    expect(told(sharing("a", { general: 2 }), team("b", 8), sharing("c", { general: 2 }))).toEqual([
      "trainingTeams.c.cpuShares.general: must leave all teams of pool general at most 3 nodes; got 4. Lower the shares of a, c, or give the pool more nodes",
    ]);
  });

  it("refuses a share of no pool, and blames no team for a pool that has a problem of its own", () => {
    expect(told(sharing("a", { broken: 1 }))).toEqual([]);
    expect(told(sharing("a", { brokn: 1 }))).toEqual([
      'trainingTeams.a.cpuShares.brokn: must name a pool of cpuPools; got "brokn". CPU pools: general',
    ]);
    expect(told({ ...sharing("a", { brokn: 1 }), pool: "h10" }).map((it) => it.split(":")[0])).toEqual([
      "trainingTeams.a.cpuShares.brokn",
      "trainingTeams.a.pool",
    ]);
  });

  it("refuses a name that makes no container", () => {
    expect(told(team("a--b", 8))).toEqual([
      'trainingTeams.a--b: name must not have two hyphens in a row; got "a--b". Azure refuses a container of that name; use a-b',
    ]);
  });
});
