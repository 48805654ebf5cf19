import { PolicyAssignment } from "@pulumi/azure-native/authorization/policyAssignment";
import { PolicyDefinition } from "@pulumi/azure-native/authorization/policyDefinition";
import { ComponentResource, type ComponentResourceOptions, type Input } from "@pulumi/pulumi";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import type { Scope } from "../../../core/scope";
import { type AzurePoliciesPlan, planAzurePolicies } from "./plan";
import type { AzurePoliciesShape } from "./shape";

/** Its shape, or the plan of it; the environment, and the group that is judged. */
export type AzurePoliciesArgs = Planned<AzurePoliciesShape, AzurePoliciesPlan> & {
  readonly scope: Scope;
  /** ARM ID of the environment's resource group. */
  readonly groupResourceId: Input<string>;
};

/**
 * Azure Policy over the resource group of an environment: it refuses what breaks a rule, whoever asks for it and with whatever tool. The
 * group that AKS makes for its nodes is another one and is not judged. Definitions of our own stand at the subscription, since a group
 * has none. Costs nothing.
 *
 * Whoever runs this needs the role Resource Policy Contributor at the group, and for definitions of our own at the subscription.
 * @throws MisconfiguredError before anything is registered
 */
export class AzurePolicies extends ComponentResource {
  /** `opts` hold for all children. They hold no data, and the next `up` makes them again. */
  public constructor(name: string, args: AzurePoliciesArgs, opts?: ComponentResourceOptions) {
    const { scope, groupResourceId, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planAzurePolicies(name, rest, placeOf(scope));
    for (const { definition } of Object.values(plan.own))
      claim("Azure Policy definition", definition.policyDefinitionName);
    super("azure-gpu-cluster:foundation:AzurePolicies", name, {}, opts);

    const child = { parent: this, protect: false };
    for (const [key, assignment] of Object.entries(plan.builtIn))
      new PolicyAssignment(`${name}-${key}`, { ...assignment, scope: groupResourceId }, child);
    for (const [key, { definition, assignment }] of Object.entries(plan.own)) {
      const { id: policyDefinitionId } = new PolicyDefinition(`${name}-${key}`, definition, child);
      new PolicyAssignment(`${name}-${key}`, { ...assignment, policyDefinitionId, scope: groupResourceId }, child);
    }
    this.registerOutputs({});
  }
}
