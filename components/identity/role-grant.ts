import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment";
import { all, ComponentResource, type ComponentResourceOptions, output, type Input, type Output } from "@pulumi/pulumi";
import { roleDefinitionId, type RoleName } from "../../catalog/roles";
import { stableUuid } from "../../core/names";

export interface RoleGrantArgs {
  /** ARM ID that the grant is for: the narrowest that works. Changing it replaces the grant. */
  readonly scope: Input<string>;
  /** Object ID of who gets it. Changing it replaces the grant. */
  readonly principalId: Input<string>;
  /** Built-in role by name. Changing it replaces the grant. */
  readonly role: RoleName;
  /** Kind of principal. Stated always: Azure looks a new one up otherwise, and does not find it yet. */
  readonly principalType: "ServicePrincipal" | "Group";
  /** When the role may be used, in Azure's language of conditions. Changed in place. @default always */
  readonly condition?: Input<string>;
}

/** One built-in role for one principal on one scope. What needs the role must depend on this component. */
export class RoleGrant extends ComponentResource {
  /** ARM ID of the assignment. */
  public readonly roleAssignmentResourceId: Output<string>;

  public constructor(name: string, args: RoleGrantArgs, opts?: ComponentResourceOptions) {
    super("azure-gpu-cluster:identity:RoleGrant", name, {}, opts);

    const assignment = new RoleAssignment(
      name,
      {
        scope: args.scope,
        principalId: args.principalId,
        principalType: args.principalType,
        // Named after what it says: a retry after a lost answer finds the same assignment instead of making a second.
        roleAssignmentName: all([args.scope, args.principalId]).apply(([scope, principalId]) =>
          stableUuid([scope.toLowerCase(), principalId, args.role].join("|")),
        ),
        // With the subscription, since Azure answers that way and a difference would replace the grant.
        roleDefinitionId: output(args.scope).apply((scope) => {
          const subscriptionId = /^\/subscriptions\/([^/]+)/i.exec(scope)?.[1];
          if (subscriptionId === undefined) throw new Error(`A role grant needs a scope in a subscription: ${scope}`);
          return roleDefinitionId(subscriptionId, args.role);
        }),
        ...(args.condition !== undefined && { condition: args.condition, conditionVersion: "2.0" }),
      },
      { parent: this },
    );
    this.roleAssignmentResourceId = assignment.id;
    this.registerOutputs({ roleAssignmentResourceId: this.roleAssignmentResourceId });
  }
}
