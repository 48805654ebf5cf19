import { Workflow } from "@pulumi/azure-native/logic/workflow";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { all, ComponentResource, type ComponentResourceOptions, output, type Output } from "@pulumi/pulumi";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import type { Scope } from "../../../core/scope";
import type { Wired } from "../../../core/wired";
import { type EnvironmentHoursPlan, planEnvironmentHours } from "./plan";
import type { EnvironmentHoursShape } from "./shape";
import { type Switched, workflowDefinition } from "./workflow-definition";

/** Its shape, or the plan of it; the environment, and what is switched. */
export type EnvironmentHoursArgs = Planned<EnvironmentHoursShape, EnvironmentHoursPlan> & {
  readonly scope: Scope;
  /** What is switched, by a name that runs show. */
  readonly switched: Readonly<Record<string, Wired<Switched, "resourceId">>>;
};

/**
 * Hours in which an environment is off: two workflows of Logic Apps, on the clock of a time zone, one of which stops the cluster and
 * deallocates machines, the other starts them. What is off keeps what it is, bills no machine and no control plane, and can be neither used
 * nor changed; Azure may not have the capacity to start it again. Grant the identity the role that `powerActions` names on each thing.
 *
 * Costs nothing to speak of: the first 4,000 actions of a month in a subscription are free, and the history of runs is kept for some cents.
 * @throws MisconfiguredError before anything is registered
 */
export class EnvironmentHours extends ComponentResource {
  /** Object ID of the identity that switches, for its rights. */
  public readonly principalId: Output<string>;

  public constructor(name: string, args: EnvironmentHoursArgs, opts?: ComponentResourceOptions) {
    const { scope, switched, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planEnvironmentHours(name, rest, placeOf(scope));
    const { location, workflows, identityName: resourceName } = plan;
    for (const { workflowName } of Object.values(workflows)) claim("Workflow", workflowName);
    super("azure-gpu-cluster:foundation:EnvironmentHours", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const where = { resourceGroupName, location, tags };
    const identity = new UserAssignedIdentity(`${name}-hours`, { ...where, resourceName }, { parent: this });
    for (const which of ["off", "on"] as const) {
      const { workflowName, when } = workflows[which];
      new Workflow(
        `${name}-${which}`,
        {
          ...where,
          workflowName,
          state: "Enabled",
          // No address may call it, as none needs to: an empty list lets in other workflows alone. Who has a right on the workflow can
          // still run it by Resource Manager.
          // Source: MicrosoftDocs/azure-docs:articles/logic-apps/logic-apps-securing-a-logic-app.md (2023-07-06)
          accessControl: { triggers: { allowedCallerIpAddresses: [] } },
          identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
          definition: all([output(switched), identity.id]).apply(([things, id]) =>
            workflowDefinition(which, when, things, id),
          ),
        },
        { parent: this },
      );
    }
    this.principalId = identity.principalId;
    this.registerOutputs({ principalId: this.principalId });
  }
}
