import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment";
import { RoleDefinition } from "@pulumi/azure-native/authorization/roleDefinition";
import { all, ComponentResource, type ComponentResourceOptions, type Input, output } from "@pulumi/pulumi";
import { claim } from "../../../core/claim";
import { stableUuid } from "../../../core/names";
import type { Planned } from "../../../core/planned";
import type { NameParts } from "../../../core/scope";
import type { PipelineDuty } from "../pipeline-identity/plan";
import { RoleGrant } from "../role-grant";
import { grantCondition, planPipelineRights, type PipelineRightsPlan, type PipelineRightsShape } from "./plan";

/** Who gets rights. */
interface Principal {
  /** Object ID in Entra. */
  readonly principalId: Input<string>;
  readonly principalType: "ServicePrincipal" | "Group";
}

/** Its shape, or the plan of it, and who gets them. */
export type PipelineRightsArgs = Planned<
  PipelineRightsShape & {
    /** Parts of the names of the custom roles. */
    readonly names: NameParts;
  },
  PipelineRightsPlan
> & {
  /** Who plans, by name. */
  readonly planners: Readonly<Record<string, Principal>>;
  /** Who deploys, by name: identities of pipelines, and whoever acts in their place when nothing else helps. */
  readonly deployers: Readonly<Record<string, Principal>>;
};

/**
 * What pipelines may do in the subscription of one environment. Who plans reads, and asks for kubeconfigs that hold no secret. Who deploys
 * makes, changes and deletes the types that this project has, enters its clusters, and gives to others the roles that components
 * give: never Owner, never Contributor, and none to itself. Costs nothing.
 *
 * Whoever runs `up` must be Owner or User Access Administrator of the subscription.
 */
export class PipelineRights extends ComponentResource {
  public constructor(name: string, args: PipelineRightsArgs, opts?: ComponentResourceOptions) {
    const { planners, deployers, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planPipelineRights(rest, rest);
    for (const { roleName } of Object.values(plan.definitions)) claim("Role definition", roleName);
    super("azure-gpu-cluster:identity:PipelineRights", name, {}, opts);

    const grantOwn = (duty: PipelineDuty, who: Readonly<Record<string, Principal>>): void => {
      const { scope: subscription } = plan;
      const definition = new RoleDefinition(
        `${name}-${duty}`,
        { ...plan.definitions[duty], scope: subscription },
        { parent: this },
      );
      for (const [whose, { principalId, principalType }] of Object.entries(who)) {
        new RoleAssignment(
          `${name}-${duty}-${whose}`,
          {
            ...{ scope: subscription, principalId, principalType },
            roleDefinitionId: definition.id,
            roleAssignmentName: all([principalId]).apply(([id]) => stableUuid([subscription, id, duty].join("|"))),
          },
          { parent: this },
        );
        new RoleGrant(
          `${name}-${duty}-${whose}-reader`,
          { scope: subscription, principalId, principalType, role: "Reader" },
          { parent: this },
        );
      }
    };
    grantOwn("plan", planners);
    grantOwn("deploy", deployers);
    for (const [whose, { principalId, principalType }] of Object.entries(deployers)) {
      const grant = { scope: plan.scope, principalId, principalType };
      const asChild = { parent: this };
      new RoleGrant(
        `${name}-deploy-${whose}-grants`,
        {
          ...grant,
          role: "Role Based Access Control Administrator",
          condition: output(principalId).apply(grantCondition),
        },
        asChild,
      );
      // For what lives in the cluster, which the same pipeline deploys.
      new RoleGrant(
        `${name}-deploy-${whose}-cluster`,
        { ...grant, role: "Azure Kubernetes Service RBAC Cluster Admin" },
        asChild,
      );
      if (plan.locks) new RoleGrant(`${name}-deploy-${whose}-locks`, { ...grant, role: "Locks Contributor" }, asChild);
      if (plan.policies) {
        const role = "Resource Policy Contributor";
        new RoleGrant(`${name}-deploy-${whose}-policies`, { ...grant, role }, asChild);
      }
    }
    this.registerOutputs({});
  }
}
