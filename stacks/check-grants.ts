import { isUuid } from "../core/names";
import { type Problems, showKey } from "../core/problems";
import { type DeclaredTeam, teamSectionName } from "./config/teams";

/**
 * Checks together whom and what roles are given for: Azure refuses a role that is given twice, and two teams with one group
 * could not be told apart.
 */
export function checkGrants(
  admins: readonly string[],
  teams: readonly DeclaredTeam[],
  registries: Readonly<Record<string, { readonly resourceId: string }>>,
  problems: Problems,
): void {
  const administrators = admins.map((id, at) => ({ id, path: `cluster.adminGroupObjectIds[${at}]` }));
  const ofTeams = teams.map(({ kind, team, groupObjectId: id }) => ({
    id,
    path: `${teamSectionName(kind)}.${team}.groupObjectId`,
  }));
  checkOnce(administrators.filter(isGroup), "Remove one of the two", problems);
  checkOnce(
    ofTeams.filter(isGroup),
    "Give each team an Entra group of its own: a group can be a member of both",
    problems,
  );
  checkOnce(
    Object.entries(registries).map(([name, { resourceId }]) => ({
      // Azure does not tell cases apart.
      id: resourceId.toLowerCase(),
      path: `registries.${showKey(name)}.resourceId`,
    })),
    "Remove one of the two: nodes pull from every repository of a registry",
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

function checkOnce(uses: readonly Use[], remedy: string, problems: Problems): void {
  const first = new Map<string, string>();
  for (const { id, path } of uses) {
    const before = first.get(id);
    if (before === undefined) first.set(id, path);
    else
      problems.require(false, path, `must not be that of ${before}: a role would be given twice`, { got: id, remedy });
  }
}
