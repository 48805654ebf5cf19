import { describe, expect, it } from "vitest";
import {
  checkPrincipals,
  type PrincipalKeys,
  principalsOf,
  subjectOf,
} from "../../../../components/tenancy/team-namespace/principals";
import { planTeamNamespace } from "../../../../components/tenancy/team-namespace/plan";
import { describeProblem, Problems } from "../../../../core/problems";
import { h100Pool, vision } from "../teams";

const id = (digit: number): string => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
const all = { groupObjectId: id(1), leadsGroupObjectId: id(2), ciObjectId: id(3) };

function told(team: PrincipalKeys): string[] {
  const problems = new Problems();
  checkPrincipals(team, "trainingTeams.vision", problems);
  return problems.list.map(describeProblem);
}

describe("who works in a team's namespace", () => {
  it("are members alone unless more are named", () => {
    expect(principalsOf({ groupObjectId: id(1) }).map(({ role }) => role)).toEqual(["members"]);
    expect(planTeamNamespace("team", vision, { pool: h100Pool }).rights.map(({ name }) => name)).toEqual(["members"]);
  });

  it("is known to Kubernetes by object ID: people by their groups, a pipeline as a user", () => {
    const apiGroup = "rbac.authorization.k8s.io";
    expect(principalsOf(all).map(subjectOf)).toEqual([
      { apiGroup, kind: "Group", name: id(1) },
      { apiGroup, kind: "Group", name: id(2) },
      { apiGroup, kind: "User", name: id(3) },
    ]);
  });

  it("has a role of their own, and leads that of members too", () => {
    const { rights } = planTeamNamespace("team", { ...vision, ...all }, { pool: h100Pool });
    expect(
      rights.map(({ name, role, roleBinding }) => [
        name,
        role.metadata.name,
        roleBinding.metadata.name,
        roleBinding.roleRef.name,
        principalsOf(all)
          .filter((it) => JSON.stringify(roleBinding.subjects).includes(it.objectId))
          .map((it) => it.role),
      ]),
    ).toEqual([
      ["members", "team", "team", "team", ["members", "leads"]],
      ["leads", "team-leads", "team-leads", "team-leads", ["leads"]],
      ["ci", "team-ci", "team-ci", "team-ci", ["ci"]],
    ]);
  });
});

describe("checkPrincipals", () => {
  it("takes IDs", () => {
    expect(told(all)).toEqual([]);
  });

  it("tells of each that is no ID, with how to find it", () => {
    expect(told({ groupObjectId: "vision", leadsGroupObjectId: "leads", ciObjectId: "pipeline" })).toEqual([
      'trainingTeams.vision.groupObjectId: must be the object ID (a UUID) of an Entra group, not its name; got "vision". az ad group show --group NAME --query id prints it',
      'trainingTeams.vision.leadsGroupObjectId: must be the object ID (a UUID) of an Entra group, not its name; got "leads". az ad group show --group NAME --query id prints it',
      'trainingTeams.vision.ciObjectId: must be the object ID (a UUID) of a service principal or a managed identity, not its name; got "pipeline". az ad sp show --id CLIENT_ID --query id prints it',
    ]);
  });

  it("refuses leads who are all members, in whatever case", () => {
    const group = "aaaaaaaa-0000-4000-8000-000000000000";
    expect(told({ groupObjectId: group, leadsGroupObjectId: group.toUpperCase() })).toEqual([
      `trainingTeams.vision.leadsGroupObjectId: must be another group than groupObjectId: every member would be a lead; got "${group.toUpperCase()}". Leave it out, or name the group of the leads`,
    ]);
  });
});
