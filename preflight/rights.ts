import { roles } from "../catalog/roles";
import { commandText } from "../core/command-text";
import { list, text } from "../core/property-tree";
import { armVersions } from "./arm-versions";
import type { Check } from "./check";
import { type Finding, missing, ok, warning } from "./line";
import { assignRoles, neededRights, type ScopeRights } from "./needed-rights";
import { allows, permissionsIn } from "./permissions";
import type { Identity } from "./preflight-facts";
import { type Answer, type Ask, get, unanswered } from "./question";

interface Needs {
  readonly subscriptionId: string;
  readonly identity: Identity;
  readonly rights: readonly (ScopeRights & { readonly scope: string })[];
  /** Definitions of the roles that the plan gives, in lowercase. */
  readonly roleIds: readonly string[];
}

/** What is allowed, and where a role would have to be given to have more. */
interface Allowed {
  readonly answer: Answer;
  readonly scope: string;
}

interface Answers {
  readonly permissions: readonly Allowed[];
  /** Roles of whoever is signed in, null where no roles are to be given or nobody knows who it is. */
  readonly assignments: Answer | null;
}

/** Rights of whoever is signed in: to make each planned type, to ask it and to use what others own, to give the roles of the plan; later, to delete. */
export const rights: Check<Needs, Answers> = {
  name: "rights",
  needs: ({ subscriptionId, identity, resources }) => {
    const needed = [...neededRights(resources)].map(([scope, it]) => ({ scope, ...it }));
    const roleIds = resources.flatMap(
      ({ inputs }) => text(inputs, "roleDefinitionId")?.split("/").at(-1)?.toLowerCase() ?? [],
    );
    return needed.length === 0 ? null : { subscriptionId, identity, rights: needed, roleIds: [...new Set(roleIds)] };
  },
  ask: async ({ subscriptionId, identity, rights: needed }, ask) => {
    const { objectId } = identity;
    const gives = objectId !== null && needed.some((it) => it.actions.includes(assignRoles));
    const [assignments, ...permissions] = await Promise.all([
      gives ? ask(assignmentsOf(subscriptionId, objectId)) : null,
      ...needed.map(({ scope }) => permissionsAt(scope, subscriptionId, ask)),
    ]);
    return { permissions, assignments };
  },
  judge: (needs, { permissions, assignments }) =>
    needs.rights.flatMap((it, at) => {
      const allowed = permissions[at];
      return allowed === undefined ? [] : judgeScope(needs, it, allowed, assignments);
    }),
};

/** What is allowed at a scope. A group that is not there yet will have what its subscription gives. */
async function permissionsAt(scope: string, subscriptionId: string, ask: Ask): Promise<Allowed> {
  const at = (it: string): ReturnType<typeof get> =>
    get(`${it}/providers/Microsoft.Authorization/permissions`, {
      apiVersion: armVersions.authorization,
      right: "Microsoft.Authorization/permissions/read",
      has: "value",
    });
  const answer = await ask(at(scope));
  const subscription = `/subscriptions/${subscriptionId}`;
  return answer.kind === "absent" && isGroup.test(scope)
    ? { answer: await ask(at(subscription)), scope: subscription }
    : { answer, scope };
}

const isGroup = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+$/i;

function assignmentsOf(subscriptionId: string, objectId: string): ReturnType<typeof get> {
  return get(`/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleAssignments`, {
    apiVersion: armVersions.authorization,
    right: "Microsoft.Authorization/roleAssignments/read",
    has: "value",
    query: { $filter: `assignedTo('${objectId}')` },
  });
}

function judgeScope(
  { identity, roleIds }: Needs,
  { scope, actions, deletes }: Needs["rights"][number],
  { answer, scope: giveAt }: Allowed,
  assignments: Answer | null,
): Finding[] {
  const subject = shortScope(scope);
  const giving = actions.includes(assignRoles);
  const writing = actions.filter((it) => it !== assignRoles);
  const need = `${writing.length} ${writing.length === 1 ? "action" : "actions"}`;
  const toGive = "give roles";
  if (answer.kind === "absent")
    return [missing(subject, need, "there is no such thing", `Look at the ID that the stack file names: ${scope}`)];
  if (answer.kind !== "found")
    return [
      ...(writing.length === 0 ? [] : [unanswered(subject, need, answer)]),
      ...(giving ? [unanswered(subject, toGive, answer)] : []),
    ];
  const permissions = permissionsIn(answer.body, "value");
  const lacking = writing.filter((it) => !allows(permissions, it));
  const undeletable = deletes.filter((it) => !allows(permissions, it));
  return [
    ...(writing.length === 0
      ? []
      : [
          lacking.length === 0
            ? ok(subject, need, "allowed")
            : missing(subject, need, `no ${fewOf(lacking)}`, grantsFor(identity, lacking, giveAt)),
        ]),
    ...(giving ? [judgeGiving(subject, toGive)] : []),
    ...(undeletable.length === 0
      ? []
      : [
          warning(
            subject,
            "delete what up makes",
            `no ${fewOf(undeletable)}: a change that replaces something, and destroy, would stop half-way`,
            grantsFor(identity, undeletable, giveAt),
          ),
        ]),
  ];

  function judgeGiving(about: string, wanted: string): Finding {
    if (!allows(permissions, assignRoles))
      return missing(about, wanted, `no ${assignRoles}`, grantsFor(identity, [assignRoles], giveAt));
    if (assignments === null) return ok(about, wanted, "allowed");
    if (assignments.kind !== "found") return unanswered(about, wanted, assignments);
    const conditions = conditionsOn(assignments, scope);
    if (conditions === null) return ok(about, wanted, "allowed");
    const unnamed = roleIds.filter((it) => !conditions.some((condition) => condition.toLowerCase().includes(it)));
    return warning(
      about,
      wanted,
      unnamed.length === 0
        ? "allowed under a condition, which names each role of the plan"
        : `allowed under a condition, which does not name ${unnamed.map(roleName).join(", ")}`,
      "Let whoever gave you the role read the condition: az role assignment list --assignee <you> --query '[].condition'",
    );
  }
}

/** Conditions on every role by which roles may be given at a scope, null where one has none, or no role is known to be it. */
function conditionsOn(answer: Answer, scope: string): readonly string[] | null {
  if (answer.kind !== "found") return null;
  const giving = list(answer.body, "value").filter((it) => {
    const role = text(it, "properties.roleDefinitionId")?.split("/").at(-1)?.toLowerCase() ?? "";
    const at = text(it, "properties.scope")?.toLowerCase() ?? "";
    return givers.includes(role) && `${scope.toLowerCase()}/`.startsWith(`${at.replace(/\/$/, "")}/`);
  });
  const conditions = giving.map((it) => text(it, "properties.condition") ?? "");
  return giving.length === 0 || conditions.includes("") ? null : conditions;
}

/** Built-in roles that may give roles. */
const givers: readonly string[] = [
  roles.Owner.id,
  roles["User Access Administrator"].id,
  roles["Role Based Access Control Administrator"].id,
];

function roleName(id: string): string {
  return Object.entries(roles).find(([, it]) => it.id === id)?.[0] ?? id;
}

/** A few of many, so that a line stays one. */
function fewOf(actions: readonly string[]): string {
  const [first = "", second, ...more] = actions;
  return `${[first, second].filter((it) => it !== undefined).join(", ")}${more.length === 0 ? "" : ` and ${more.length} more`}`;
}

function shortScope(scope: string): string {
  const parts = scope.split("/").filter((it) => it !== "");
  return parts.length <= 2 ? "the subscription" : parts.slice(isGroup.test(scope) ? -1 : -2).join("/");
}

/** What gives the rights that are lacking: a command for each role that it takes. */
function grantsFor({ objectId }: Identity, lacking: readonly string[], scope: string): string {
  return [...new Set(lacking.map(roleFor))]
    .map((role) =>
      commandText([
        ...["role", "assignment", "create", "--assignee-object-id", objectId ?? "<your object ID>"],
        ...["--role", role, "--scope", scope],
      ]),
    )
    .join("; ");
}

/**
 * A Contributor may do everything but write or delete what is of Microsoft.Authorization: grants, roles, locks and policies.
 * Source: MicrosoftDocs/azure-docs:articles/role-based-access-control/built-in-roles.md; articles/azure-resource-manager/management/lock-resources.md;
 * articles/governance/policy/overview.md (Azure RBAC permissions in Azure Policy)
 */
function roleFor(action: string): string {
  if (/^Microsoft\.Authorization\/roleAssignments\/(write|delete)$/i.test(action))
    return "Role Based Access Control Administrator";
  if (/^Microsoft\.Authorization\/policy\w+\/(write|delete)$/i.test(action)) return "Resource Policy Contributor";
  return /^Microsoft\.Authorization\/\w+\/(write|delete)$/i.test(action) ? "User Access Administrator" : "Contributor";
}
