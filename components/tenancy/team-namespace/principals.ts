import type * as k8s from "@pulumi/kubernetes/types/input";
import { isUuid } from "../../../core/names";
import type { Problems } from "../../../core/problems";
import type { TeamRole } from "../kinds/team-rights";
import type { TeamNamespaceShape } from "./shape";

/** Where a team says who its people and pipelines are. */
export type PrincipalKeys = Pick<TeamNamespaceShape, "groupObjectId" | "leadsGroupObjectId" | "ciObjectId">;

/** Somebody who works in a team's namespace, as Entra and Azure know them. */
export interface TeamPrincipal {
  readonly role: TeamRole;
  /** Property of the team that says it. */
  readonly key: keyof PrincipalKeys;
  readonly objectId: string;
  readonly type: "Group" | "ServicePrincipal";
}

/** All who work in a team's namespace. */
export function principalsOf({
  groupObjectId,
  leadsGroupObjectId,
  ciObjectId,
}: PrincipalKeys): readonly TeamPrincipal[] {
  return [
    { role: "members", key: "groupObjectId", objectId: groupObjectId, type: "Group" },
    ...(leadsGroupObjectId === undefined
      ? []
      : [{ role: "leads", key: "leadsGroupObjectId", objectId: leadsGroupObjectId, type: "Group" } as const]),
    ...(ciObjectId === undefined
      ? []
      : [{ role: "ci", key: "ciObjectId", objectId: ciObjectId, type: "ServicePrincipal" } as const]),
  ];
}

const whatItIs = {
  Group: ["of an Entra group, not its name", "az ad group show --group NAME --query id prints it"],
  ServicePrincipal: [
    "of a service principal or a managed identity, not its name",
    "az ad sp show --id CLIENT_ID --query id prints it",
  ],
} as const;

/**
 * Notes a problem for whoever is not told as Kubernetes must know them: it compares text, and a name would match nobody. That a client
 * ID is no object ID shows in neither.
 */
export function checkPrincipals(team: PrincipalKeys, path: string, problems: Problems): void {
  for (const { key, objectId, type } of principalsOf(team)) {
    const [what, remedy] = whatItIs[type];
    const at = path === "" ? key : `${path}.${key}`;
    problems.require(isUuid(objectId), at, `must be the object ID (a UUID) ${what}`, { got: objectId, remedy });
  }
  const { groupObjectId, leadsGroupObjectId } = team;
  problems.require(
    leadsGroupObjectId?.toLowerCase() !== groupObjectId.toLowerCase(),
    path === "" ? "leadsGroupObjectId" : `${path}.leadsGroupObjectId`,
    "must be another group than groupObjectId: every member would be a lead",
    { got: leadsGroupObjectId, remedy: "Leave it out, or name the group of the leads" },
  );
}

/**
 * Somebody as Kubernetes is told of them: AKS hands on groups and principals by their object ID.
 * Source: https://azure.github.io/kubelogin/topics/sp.html (a service principal is a user of that name)
 */
export function subjectOf({ objectId, type }: TeamPrincipal): k8s.rbac.v1.Subject & { readonly name: string } {
  return { apiGroup: "rbac.authorization.k8s.io", kind: type === "Group" ? "Group" : "User", name: objectId };
}
