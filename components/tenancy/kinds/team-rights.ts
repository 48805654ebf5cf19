import { secretsStore } from "../../../catalog/secrets-store";
import { edit } from "./common-rights";
import type { TeamKind, TeamRule } from "./team-kind";

/** Who works in a team's namespace, each with rights of their own. */
export const teamRoles = ["members", "leads", "ci"] as const;
export type TeamRole = (typeof teamRoles)[number];

const read = ["get", "list", "watch"];
const exec: TeamRule = { apiGroups: [""], resources: ["pods/exec"], verbs: ["get", "create"] };

/** What a team that mounts secrets sees of them: where each is from, and which version a pod has. No value. */
const secretRules: readonly TeamRule[] = [
  {
    apiGroups: [secretsStore.apiGroup],
    resources: ["secretproviderclasses", "secretproviderclasspodstatuses"],
    verbs: read,
  },
];

/** What a team was given, on which rights depend. */
export interface TeamGrants {
  /** Whether its pods reach the API server, as some kinds of work need. */
  readonly apiServer: boolean;
  /** Whether its pods mount secrets of a Key Vault. */
  readonly secrets: boolean;
}

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
 */
export function teamRights(
  { rules, apiServerRules }: Pick<TeamKind, "rules" | "apiServerRules">,
  { apiServer, secrets }: TeamGrants,
): Readonly<Record<TeamRole, TeamRule[]>> {
  const members = [...rules, ...(apiServer ? apiServerRules : []), ...(secrets ? secretRules : [])];
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
