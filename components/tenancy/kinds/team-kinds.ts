import { keysOf } from "../../../core/records";
import { inference } from "./inference";
import { notebook } from "./notebook";
import type { TeamKind } from "./team-kind";
import { training } from "./training";

/**
 * Every kind of team. The name of a row is the value of the namespace's label `azure-gpu-cluster/workload`, and with
 * `Teams` behind it the section of a stack file.
 */
export const teamKinds = { training, inference, notebook } as const satisfies Readonly<Record<string, TeamKind>>;
export type TeamKindName = keyof typeof teamKinds;

/** Names of all kinds, in the order of their sections. */
export const teamKindNames = keysOf(teamKinds);

/** Name of a team's namespace. */
export function teamNamespaceName(kind: TeamKindName, team: string): string {
  return `${teamKinds[kind].namespacePrefix}-${team}`;
}
