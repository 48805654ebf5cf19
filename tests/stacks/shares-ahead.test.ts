import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type TeamKindName, teamKinds, teamNamespaceName } from "../../components/tenancy/kinds/team-kinds";
import type { DeclaredTeam } from "../../stacks/config/teams";
import { sharesAhead } from "../../stacks/shares-ahead";

function team(kind: TeamKindName, name: string, pool: string, gpus: number): DeclaredTeam {
  return {
    ...{ kind, team: name, pool, gpus },
    groupObjectId: "22222222-2222-4222-8222-222222222222",
    egress: "closed",
    reach: [],
    ingressFrom: [],
    secrets: [],
    cpuShares: {},
  };
}

describe("shares ahead of a team", () => {
  it("are those of teams before it, of its pool alone, and of kinds that queue", () => {
    const teams = [
      team("training", "a", "h100", 16),
      team("inference", "a", "h100", 8),
      team("training", "b", "a100", 4),
      team("training", "c", "h100", 8),
      team("training", "d", "a100", 2),
      team("training", "e", "h100", 8),
    ];
    expect([...sharesAhead(teams)]).toEqual([
      ["train-a", 0],
      ["train-b", 0],
      ["train-c", 16],
      ["train-d", 4],
      ["train-e", 24],
    ]);
    expect(sharesAhead([])).toEqual(new Map());
  });

  it("follow the file: teams the other way round have other shares", () => {
    const [a, b] = [team("training", "a", "h100", 16), team("training", "b", "h100", 8)];
    expect([...sharesAhead([b, a])]).toEqual([
      ["train-b", 0],
      ["train-a", 8],
    ]);
  });

  it("stand in a row: no two of a pool meet, and nothing lies between them", () => {
    const kinds = fc.constantFrom(...(Object.keys(teamKinds) as TeamKindName[]));
    const one = fc.record({
      kind: kinds,
      pool: fc.constantFrom("h100", "a100"),
      gpus: fc.integer({ min: 1, max: 64 }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 8 }), (drawn) => {
        const teams = drawn.map(({ kind, pool, gpus }, at) => team(kind, `t${at}`, pool, gpus));
        const shares = sharesAhead(teams);
        for (const pool of ["h100", "a100"]) {
          let end = 0;
          for (const it of teams.filter(({ kind }) => teamKinds[kind].queues).filter((own) => own.pool === pool)) {
            expect(shares.get(teamNamespaceName(it.kind, it.team))).toBe(end);
            end += it.gpus;
          }
        }
        expect(shares.size).toBe(teams.filter(({ kind }) => teamKinds[kind].queues).length);
      }),
    );
  });
});
