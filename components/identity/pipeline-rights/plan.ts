import type { RoleDefinitionArgs } from "@pulumi/azure-native/authorization/roleDefinition";
import { typeActions } from "../../../azure/type-actions";
import type { Place } from "../../../catalog/place";
import { grantableRoles, roles } from "../../../catalog/roles";
import { stableUuid } from "../../../core/names";
import type { PipelineDuty } from "../pipeline-identity/plan";

/** Rights of the pipelines of one environment in its subscription. */
export interface PipelineRightsPlan {
  /** ARM ID of the subscription: everything is given there, since the program makes its own resource groups. */
  readonly scope: string;
  /** What each may beyond the role Reader, as a role of its own. */
  readonly definitions: {
    readonly [D in PipelineDuty]: Omit<RoleDefinitionArgs, "scope"> & { readonly roleName: string };
  };
  /** Whether who deploys makes and takes away locks. */
  readonly locks: boolean;
  /** Whether who deploys makes and takes away assignments and definitions of Azure Policy. */
  readonly policies: boolean;
}

/** Whose rights they are. */
export interface PipelineRightsShape {
  /** Environment whose pipelines these are. */
  readonly environment: string;
  /** Subscription that the environment lives in, and the scope of all that is given. */
  readonly subscriptionId: string;
  /** Whether who deploys makes and takes away locks. */
  readonly locks: boolean;
  /** Whether who deploys makes and takes away assignments and definitions of Azure Policy. @default false */
  readonly policies?: boolean;
}

/** All decisions about the rights of one environment's pipelines. */
export function planPipelineRights(
  { environment, subscriptionId, locks, policies = false }: PipelineRightsShape,
  { names }: Pick<Place, "names">,
): PipelineRightsPlan {
  const scope = `/subscriptions/${subscriptionId}`;
  const { changes, asks } = typeActions();
  const definition = (duty: PipelineDuty, what: string, actions: readonly string[]) => ({
    roleName: `${names.workload}-${names.environment}-${duty}-${environment}`,
    roleDefinitionId: stableUuid(`${scope}/${names.workload}/${names.environment}/${duty}/${environment}`),
    description: what,
    assignableScopes: [scope],
    permissions: [{ actions: [...actions], notActions: [], dataActions: [], notDataActions: [] }],
  });
  return {
    scope,
    locks,
    policies,
    definitions: {
      plan: definition("plan", `What a plan of ${environment} asks besides what a reader may`, asks),
      deploy: definition(
        "deploy",
        `What a deployment of ${environment} makes, changes and deletes`,
        [...asks, ...changes].sort(),
      ),
    },
  };
}

/**
 * Lets somebody give roles of a list to others, and nobody to itself: neither one that is privileged, nor any to its own identity.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/conditions-authorization-actions-attributes (which attributes each
 * action has); the form of the expressions as Azure/bicep-registry-modules makes them (2026-12)
 */
export function grantCondition(principalId: string): string {
  const ids = grantableRoles.map((role) => roles[role].id).join(", ");
  const mayOnly = (action: "write" | "delete", of: "@Request" | "@Resource"): string => {
    const attribute = `${of}[Microsoft.Authorization/roleAssignments`;
    return [
      `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${action}'})) OR (`,
      `${attribute}:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${ids}}`,
      ` AND ${attribute}:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal', 'Group'}`,
      ` AND ${attribute}:PrincipalId] ForAnyOfAllValues:GuidNotEquals {${principalId}}))`,
    ].join("");
  };
  return `${mayOnly("write", "@Request")} AND ${mayOnly("delete", "@Resource")}`;
}
