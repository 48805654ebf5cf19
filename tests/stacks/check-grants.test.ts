import { expect, it } from "vitest";
import { describeProblem, Problems } from "../../core/problems";
import { checkGrants } from "../../stacks/check-grants";
import type { DeclaredTeam } from "../../stacks/config/teams";

const group = (digit: number): string => `00000000-0000-4000-8000-00000000000${digit}`;
const team = (name: string, digit: number): DeclaredTeam => ({
  kind: "training",
  team: name,
  pool: "h100",
  gpus: 8,
  groupObjectId: group(digit),
  egress: "closed",
  reach: [],
  ingressFrom: [],
  secrets: [],
  cpuShares: {},
});
const registry = (name: string): { resourceId: string } => ({
  resourceId: `/subscriptions/${group(9)}/resourceGroups/acr/providers/Microsoft.ContainerRegistry/registries/${name}`,
});

function told(
  ...[admins, teams, registries]: [string[], DeclaredTeam[], Record<string, { resourceId: string }>]
): string[] {
  const problems = new Problems();
  checkGrants(admins, teams, registries, problems);
  return problems.list.map(describeProblem);
}

it("takes a group and a registry for each, and the administrators' group for a team", () => {
  const registries = { ours: registry("ours"), theirs: registry("theirs") };
  expect(told([group(1), group(2)], [team("a", 1), team("b", 3)], registries)).toEqual([]);
});

it("refuses one group for two, and one registry under two names, in whatever case", () => {
  expect(
    told([group(1), group(1)], [team("a", 2), team("b", 2)], { ours: registry("ours"), also: registry("OURS") }),
  ).toEqual([
    expect.stringMatching(
      /^cluster\.adminGroupObjectIds\[1\]: must not be that of cluster\.adminGroupObjectIds\[0\]: a role would be given twice; got ".+"\. Remove one/,
    ),
    expect.stringMatching(
      /^trainingTeams\.b\.groupObjectId: must not be that of trainingTeams\.a\.groupObjectId: two teams could not be told apart/,
    ),
    expect.stringMatching(/^registries\.also\.resourceId: must not be that of registries\.ours\.resourceId/),
  ]);
});

it("takes one group for a team with two kinds of work, and one pipeline and one group of leads for all", () => {
  const shared = { leadsGroupObjectId: group(7), ciObjectId: group(8) };
  const both = [team("a", 1), { ...team("a", 1), kind: "inference" as const }].map((it) => ({ ...it, ...shared }));
  expect(told([], [...both, { ...team("b", 2), ...shared }], {})).toEqual([]);
});
