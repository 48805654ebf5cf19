import { isUuid } from "../core/names";
import type { Problems } from "../core/problems";
import { type DeclaredTeam, teamSectionName } from "./config/teams";

/** Checks Entra groups together: each gets its roles once, and a group that two teams have could not tell them apart. */
export function checkGroups(admins: readonly string[], teams: readonly DeclaredTeam[], problems: Problems): void {
  checkOnce(
    admins.map((id, at) => ({ id, path: `cluster.adminGroupObjectIds[${at}]`, whose: "the list above it" })),
    "Remove one of the two",
    problems,
  );
  checkOnce(
    teams.map(({ kind, team, groupObjectId: id }) => {
      const whose = `${teamSectionName(kind)}.${team}`;
      return { id, path: `${whose}.groupObjectId`, whose };
    }),
    "Give each team an Entra group of its own: a group can be a member of both",
    problems,
  );
}

/** One use of a group. */
interface Use {
  readonly id: string;
  readonly path: string;
  readonly whose: string;
}

function checkOnce(uses: readonly Use[], remedy: string, problems: Problems): void {
  const first = new Map<string, string>();
  for (const { id, path, whose } of uses) {
    const before = first.get(id);
    if (before === undefined) first.set(id, whose);
    else if (isUuid(id)) {
      const rule = `must not be the group of ${before}, too: its role would be assigned twice`;
      problems.require(false, path, rule, { got: id, remedy });
    }
  }
}
