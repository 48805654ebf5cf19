import { Budget } from "@pulumi/azure-native/consumption/budget";
import { ComponentResource, type ComponentResourceOptions, type Input, output, type Output } from "@pulumi/pulumi";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import type { Scope } from "../../../core/scope";
import { planEnvironmentBudget, type EnvironmentBudgetPlan } from "./plan";
import type { EnvironmentBudgetShape } from "./shape";

/** Its shape, or the plan of it; the environment, and where the nodes of its cluster bill. */
export type EnvironmentBudgetArgs = Planned<EnvironmentBudgetShape, EnvironmentBudgetPlan> & {
  readonly scope: Scope;
  /** ARM ID of the environment's resource group. */
  readonly groupResourceId: Input<string>;
  /** Name of the group that AKS makes for the nodes: most of the cost is there. Absent: there is no cluster. */
  readonly nodeResourceGroupName?: Input<string>;
};

/**
 * A budget over the two groups of an environment: its own, and that of its nodes. It stands at the subscription, since a budget of
 * one group would not see the other, and AKS keeps the nodes' group closed. Costs nothing, and stops nothing.
 * @throws MisconfiguredError before anything is registered
 */
export class EnvironmentBudget extends ComponentResource {
  /** ARM ID of the budget. */
  public readonly budgetResourceId: Output<string>;

  public constructor(name: string, args: EnvironmentBudgetArgs, opts?: ComponentResourceOptions) {
    const { scope, groupResourceId, nodeResourceGroupName, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planEnvironmentBudget(name, rest, placeOf(scope));
    claim("Budget", plan.budget.budgetName);
    super("azure-gpu-cluster:foundation:EnvironmentBudget", name, {}, opts);

    const groups = [scope.resourceGroupName, ...(nodeResourceGroupName === undefined ? [] : [nodeResourceGroupName])];
    const budget = new Budget(
      name,
      {
        ...plan.budget,
        scope: output(groupResourceId).apply(subscriptionOf),
        filter: { dimensions: { name: "ResourceGroupName", operator: "In", values: groups } },
      },
      // It holds no data. The month that it began in stays, whatever the month of a later `up`.
      { parent: this, protect: false, ignoreChanges: ["timePeriod"] },
    );
    this.budgetResourceId = budget.id;
    this.registerOutputs({ budgetResourceId: this.budgetResourceId });
  }
}

/** The subscription's part of an ARM ID. */
function subscriptionOf(id: string): string {
  const [subscription] = /^\/subscriptions\/[^/]+/i.exec(id) ?? [];
  if (subscription === undefined) throw new Error(`A budget needs a group in a subscription: ${id}`);
  return subscription;
}
