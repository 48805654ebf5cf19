import { isUuid } from "../core/names";
import { type Problems, showKey } from "../core/problems";
import { type DeclaredTeam, teamSectionName } from "./config/teams";

/**
 * Checks together whom and what roles are given for: Azure refuses a role that is given twice, and two teams of one group of members
 * could not be told apart. Teams may share leads and a pipeline.
 */
export function checkGrants(
  admins: readonly string[],
  teams: readonly DeclaredTeam[],
  registries: Readonly<Record<string, { readonly resourceId: string }>>,
  problems: Problems,
): void {
  const administrators = admins.map((id, at) => ({ id, path: `cluster.adminGroupObjectIds[${at}]` }));
  // A team with two kinds of work is declared twice, and is one group.
  const ofTeams = new Map(
    [...teams].reverse().map(({ kind, team, groupObjectId: id }) => {
      return [`${team} ${id}`, { id, path: `${teamSectionName(kind)}.${team}.groupObjectId` }];
    }),
  );
  const twice = "a role would be given twice";
  checkOnce(administrators.filter(isGroup), { why: twice, remedy: "Remove one of the two" }, problems);
  checkOnce(
    [...ofTeams.values()].reverse().filter(isGroup),
    {
      why: "two teams could not be told apart",
      remedy: "Give each team an Entra group of its own: a group can be a member of both",
    },
    problems,
  );
  checkOnce(
    Object.entries(registries).map(([name, { resourceId }]) => ({
      // Azure does not tell cases apart.
      id: resourceId.toLowerCase(),
      path: `registries.${showKey(name)}.resourceId`,
    })),
    { why: twice, remedy: "Remove one of the two: nodes pull from every repository of a registry" },
    problems,
  );
}

/** One use of an ID. */
interface Use {
  readonly id: string;
  readonly path: string;
}

/** What is no ID of a group was told. */
function isGroup({ id }: Use): boolean {
  return isUuid(id);
}

function checkOnce(
  uses: readonly Use[],
  { why, remedy }: Readonly<Record<"why" | "remedy", string>>,
  problems: Problems,
): void {
  const first = new Map<string, string>();
  for (const { id, path } of uses) {
    const before = first.get(id);
    if (before === undefined) first.set(id, path);
    else problems.require(false, path, `must not be that of ${before}: ${why}`, { got: id, remedy });
  }
}
