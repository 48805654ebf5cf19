import { edit } from "./common-rights";
import type { TeamKind, TeamRule } from "./team-kind";

/** Who works in a team's namespace, each with rights of their own. */
export const teamRoles = ["members", "leads", "ci"] as const;
export type TeamRole = (typeof teamRoles)[number];

const read = ["get", "list", "watch"];
const exec: TeamRule = { apiGroups: [""], resources: ["pods/exec"], verbs: ["get", "create"] };

/**
 * What a pipeline may do with core objects: see what became of its work, and make what services need beside it. Neither pods of its own
 * nor secrets, whose holders are people.
 */
const ciCoreRules: readonly TeamRule[] = [
  { apiGroups: [""], resources: ["services", "configmaps"], verbs: edit },
  {
    apiGroups: [""],
    resources: ["pods", "persistentvolumeclaims", "events", "resourcequotas", "limitranges"],
    verbs: read,
  },
  { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
];

/**
 * Rights of each role, all of them in the team's namespace. Leads are given theirs beside those of members.
 * @param reachesApiServer Whether the team's pods reach the API server, as some kinds of work need
 */
export function teamRights(
  { rules, apiServerRules }: Pick<TeamKind, "rules" | "apiServerRules">,
  reachesApiServer: boolean,
): Readonly<Record<TeamRole, TeamRule[]>> {
  const members = [...rules, ...(reachesApiServer ? apiServerRules : [])];
  // Kinds outside the core API are work, and the queue that it waits in.
  const work = members.filter(({ apiGroups }) => !apiGroups.includes(""));
  const entered = members.some(({ resources }) => resources.includes("pods/exec"));
  const made = work.filter(({ verbs }) => verbs.includes("delete"));
  return {
    members,
    leads: [
      ...(entered ? [] : [exec]),
      ...[{ apiGroups: [""], resources: ["pods"] }, ...made].map(({ apiGroups, resources }) => ({
        apiGroups,
        resources,
        verbs: ["deletecollection"],
      })),
      // Served by the metrics server of AKS, for `kubectl top pods`.
      { apiGroups: ["metrics.k8s.io"], resources: ["pods"], verbs: ["get", "list"] },
    ],
    ci: [...ciCoreRules, ...work],
  };
}
