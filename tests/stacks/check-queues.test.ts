import { describe, expect, it } from "vitest";
import type { GpuPoolRef } from "../../components/cluster/gpu-pool/gpu-pool-ref";
import type { QueuesRef } from "../../components/platform/queues-ref";
import { describeProblem, Problems } from "../../core/problems";
import { checkQueues } from "../../stacks/check-queues";
import type { DeclaredTeam } from "../../stacks/config/teams";
import { h100Pool } from "../components/tenancy/teams";

const queues: QueuesRef = { cohortName: "cluster", placeless: "without-devices" };
const team = (more: Partial<DeclaredTeam>): DeclaredTeam => ({
  kind: "training",
  team: "a",
  pool: "h100",
  gpus: 8,
  groupObjectId: "22222222-2222-4222-8222-222222222222",
  egress: "closed",
  reach: [],
  ingressFrom: [],
  secrets: [],
  cpuShares: {},
  borrow: 0,
  ...more,
});

function told(there: QueuesRef | null, teams: readonly DeclaredTeam[], before = "", pool = h100Pool): string[] {
  const problems = new Problems();
  if (before !== "") problems.add({ path: before, rule: "was told" });
  checkQueues(teams, [{ ...pool, maxNodes: 4 }], there, problems);
  return problems.list.map(describeProblem);
}

describe("checkQueues", () => {
  it("takes what the pool has, and leaves teams alone that do not queue or have no pool", () => {
    const alone = team({ kind: "inference", team: "c", gpus: 3 });
    expect(told(queues, [team({ borrow: 24, lend: 0 }), alone, team({ team: "d", pool: "h10" })])).toEqual([]);
    expect(told(null, [team({}), alone])).toEqual([]);
  });

  it("tells of each team what it cannot borrow or lend", () => {
    expect(told(queues, [team({ borrow: 32 }), team({ team: "b", lend: 16 })])).toEqual([
      "trainingTeams.a.borrow: must be a whole number from 0 to 24, what the pool has beside the share; got 32. Use 24",
      "trainingTeams.b.lend: must be a whole number from 0 to 8, the share; got 16. Use 8",
    ]);
  });

  it("tells nothing twice", () => {
    expect(told(queues, [team({ gpus: 12 })], "trainingTeams.a.gpus")).toEqual(["trainingTeams.a.gpus: was told"]);
  });

  it("refuses words about a queue that is not there", () => {
    const remedy = "Remove it, or add kueue: {} to the section platform of the stack that makes the platform";
    expect(told(null, [team({ borrow: 8, lend: 0 })])).toEqual([
      `trainingTeams.a.borrow: must be left out: jobs do not queue in this cluster; got 8. ${remedy}`,
      `trainingTeams.a.lend: must be left out: jobs do not queue in this cluster; got 0. ${remedy}`,
    ]);
    expect(told(null, [team({ kind: "inference", priorities: ["idle"] })])).toEqual([
      `inferenceTeams.a.priorities: must be left out: jobs do not queue in this cluster; got ["idle"]. ${remedy}`,
    ]);
  });

  describe("with a ladder of capacity", () => {
    const off = { nights: { from: "20:00", to: "07:00" }, timeZone: "Europe/Berlin", jobs: "finish" } as const;
    // Four nodes of eight GPUs.
    const ladder: GpuPoolRef = {
      ...h100Pool,
      autoscaled: true,
      rungs: [
        { kind: "reserved", maxNodes: 1 },
        { kind: "onDemand", maxNodes: 1 },
        { kind: "spot", maxNodes: 2, autoscaled: true },
      ],
    };

    it("takes shares that lie over several rungs, behind each other, up to all of the pool", () => {
      const teams = [team({ gpus: 16, borrow: 16 }), team({ team: "b", gpus: 16, lend: 8, borrow: 16 })];
      expect(told(queues, teams, "", ladder)).toEqual([]);
    });

    it("holds a team to the whole ladder, and not to a rung of it", () => {
      expect(told(queues, [team({ gpus: 24, borrow: 16 }), team({ team: "b", gpus: 40 })], "", ladder)).toEqual([
        "trainingTeams.a.borrow: must be a whole number from 0 to 8, what the pool has beside the share; got 16. Use 8",
        "trainingTeams.b.gpus: must be a whole number from 8 to 32, the GPUs of the pool; got 40. Use 32",
      ]);
    });

    it("tells nothing of a team because shares before it take all: the pool tells that", () => {
      expect(told(queues, [team({ gpus: 32 }), team({ team: "b", gpus: 32, lend: 0 })], "", ladder)).toEqual([]);
    });

    it("refuses teams that do not queue on one that has hours without nodes, and any team without queues", () => {
      const inference = team({ kind: "inference", team: "c" });
      expect(told(queues, [team({}), inference], "", { ...ladder, off })).toEqual([
        expect.stringMatching(
          /^inferenceTeams\.c\.pool: must be a pool without off: pods of inference teams do not queue/,
        ),
      ]);
      expect(told(null, [team({})], "", { ...ladder, off })).toEqual([
        expect.stringMatching(/^trainingTeams\.a\.pool: must be a pool without off: jobs do not queue in this cluster/),
      ]);
    });
  });
});
