import { ActionGroup } from "@pulumi/azure-native/monitor/actionGroup";
import { ActivityLogAlert } from "@pulumi/azure-native/monitor/activityLogAlert";
import { MetricAlert } from "@pulumi/azure-native/monitor/metricAlert";
import { ComponentResource, type ComponentResourceOptions, interpolate, type Input, output } from "@pulumi/pulumi";
import { parseArmId } from "../../../azure/arm-id";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import type { Scope } from "../../../core/scope";
import { activityAlerts } from "./activity";
import type { AlertRoute } from "./alerts-ref";
import { planAlerts, type AlertsPlan } from "./plan";
import type { AlertsShape } from "./shape";
import { metricAlerts, watchedKinds, type Watched } from "./watched";

/** Its shape, or the plan of it; where it goes, and what it watches. */
export type AlertsArgs = Planned<AlertsShape, AlertsPlan> & {
  readonly scope: Scope;
  /** A resource in the group of the environment: of what is in its group and its subscription the activity log is watched. */
  readonly resourceInGroup: Input<string>;
  /** Resources whose metrics are watched. They must be in the subscription of the group. */
  readonly watched: readonly Watched[];
};

/**
 * An action group, and alerts that go to it: on the health of Azure's services and of the environment's resources, on what is deleted, on
 * who gets a right or changes a policy, and on metrics that Azure keeps of its own resources.
 *
 * Costs for each metric that is watched by the month, and for messages beyond the first thousand; the activity log costs nothing.
 * @throws MisconfiguredError before anything is registered
 */
export class Alerts extends ComponentResource {
  /** Where alerts go: what whoever declares one has to know. */
  public readonly ref: AlertRoute;

  public constructor(name: string, args: AlertsArgs, opts?: ComponentResourceOptions) {
    const { scope, resourceInGroup, watched, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planAlerts(name, rest, placeOf(scope));
    claim("Alerts", plan.alertPrefix);
    super("azure-gpu-cluster:monitoring:Alerts", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const inGroup = { resourceGroupName, tags };
    const ours = { parent: this };
    const { actionGroup } = plan;
    const actionGroupResourceId =
      "resourceId" in actionGroup
        ? output(actionGroup.resourceId)
        : new ActionGroup(name, { ...actionGroup, ...inGroup }, ours).id;
    const parts = output(resourceInGroup).apply((id) => parseArmId(id));
    const subscription = interpolate`/subscriptions/${parts.apply((it) => it?.subscriptionId ?? "")}`;
    const scopes = { subscription, resourceGroup: interpolate`${subscription}/resourceGroups/${resourceGroupName}` };
    for (const { alert, scope: where, body } of activityAlerts(plan.location)) {
      new ActivityLogAlert(
        `${name}-${hyphens(alert)}`,
        {
          ...body,
          ...inGroup,
          activityLogAlertName: `${plan.alertPrefix}-${hyphens(alert)}`,
          scopes: [scopes[where]],
          actions: { actionGroups: [{ actionGroupId: actionGroupResourceId }] },
        },
        ours,
      );
    }
    for (const { name: of, kind, resourceId } of watched) {
      for (const { alert, body } of metricAlerts(kind)) {
        new MetricAlert(
          `${name}-${of}-${hyphens(alert)}`,
          {
            ...body,
            ...inGroup,
            ruleName: `${plan.alertPrefix}-${of}-${hyphens(alert)}`,
            scopes: [interpolate`${resourceId}${watchedKinds[kind].child}`],
            ...(body.severity <= plan.leastSevere && { actions: [{ actionGroupId: actionGroupResourceId }] }),
          },
          ours,
        );
      }
    }
    this.ref = { actionGroupResourceId, leastSevere: plan.leastSevere };
    this.registerOutputs({ actionGroupResourceId });
  }
}

/** `BlobThrottled` is `blob-throttled`. */
function hyphens(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (it) => `-${it}`).toLowerCase();
}
