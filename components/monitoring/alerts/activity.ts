import type { ActivityLogAlertArgs } from "@pulumi/azure-native/monitor/activityLogAlert";
import { findArmType } from "../../../azure/arm-types";
import { findRegion } from "../../../catalog/regions";
import { activityAlertRows, runbookOf } from "../alert-rows";

/** Name of an alert on the activity log. */
type ActivityAlertName = keyof typeof activityAlertRows;

/** One alert on the activity log, whole but for its place, its name, the tags, what it looks at and where it goes. */
export interface PlannedActivityAlert {
  readonly alert: ActivityAlertName;
  /** Where it looks. */
  readonly scope: "subscription" | "resourceGroup";
  readonly body: Pick<ActivityLogAlertArgs, "location" | "description" | "enabled" | "condition">;
}

/** Types of the SDK whose deletion loses data, or what keeps data and people safe. */
const guarded = [
  "resources:ResourceGroup",
  "containerservice:ManagedCluster",
  "containerservice:AgentPool",
  "compute:VirtualMachineScaleSet",
  "network:VirtualNetwork",
  "storage:StorageAccount",
  "storage:BlobContainer",
  "storagecache:AmlFilesystem",
  "keyvault:Vault",
  "containerregistry:Registry",
  "operationalinsights:Workspace",
  "monitor:AzureMonitorWorkspace",
  "monitor:DiagnosticSetting",
  "monitor:ActionGroup",
  "authorization:ManagementLockAtResourceGroupLevel",
] as const;

/** Operation of ARM on a type. */
function operation(token: string, verb: "write" | "delete"): string {
  const type = findArmType(`azure-native:${token}`);
  if (type === undefined) throw new Error(`no ARM type is known for ${token}`);
  // Of a resource group the operation names the subscription, too.
  const arm = type.arm.replace("Microsoft.Resources/", "Microsoft.Resources/subscriptions/");
  return `${arm}/${verb}`;
}

type Condition = ActivityLogAlertArgs["condition"];
const is = (field: string, equals: string): { readonly field: string; readonly equals: string } => ({ field, equals });
const oneOf = (field: string, values: readonly string[]) => ({ anyOf: values.map((it) => is(field, it)) });
const done = (operations: readonly string[]): Condition => ({
  allOf: [is("category", "Administrative"), is("status", "Succeeded"), oneOf("operationName", operations)],
});
const changed = (token: string): Condition => done([operation(token, "write"), operation(token, "delete")]);

/**
 * Every alert on the activity log.
 * Source: MicrosoftDocs/azure-monitor-docs:articles/azure-monitor/platform/activity-log-schema.md, articles/azure-monitor/alerts/alerts-create-activity-log-alert-rule.md;
 * MicrosoftDocs/azure-docs:articles/service-health/resource-health-alert-arm-template-guide.md
 * @param location Azure region whose services are watched, as ARM writes it.
 */
export function activityAlerts(location: string): PlannedActivityAlert[] {
  const region = findRegion(location)?.displayName;
  const conditions: Readonly<Record<ActivityAlertName, readonly [PlannedActivityAlert["scope"], Condition]>> = {
    ServiceHealth: [
      "subscription",
      {
        allOf: [
          is("category", "ServiceHealth"),
          // Of a region whose name nobody knows, all are told.
          ...(region === undefined
            ? []
            : [
                {
                  field: "properties.impactedServices[*].ImpactedRegions[*].RegionName",
                  containsAny: [region, "Global"],
                },
              ]),
        ],
      },
    ],
    ResourceHealth: [
      "resourceGroup",
      {
        allOf: [
          is("category", "ResourceHealth"),
          oneOf("properties.currentHealthStatus", ["Degraded", "Unavailable"]),
          is("properties.cause", "PlatformInitiated"),
        ],
      },
    ],
    ProtectedDeleted: ["resourceGroup", done(guarded.map((it) => operation(it, "delete")))],
    PolicyChanged: ["subscription", changed("authorization:PolicyAssignment")],
    RoleChanged: ["resourceGroup", changed("authorization:RoleAssignment")],
  };
  return Object.entries(conditions).map(([name, [scope, condition]]) => {
    const alert = name as ActivityAlertName;
    const row = activityAlertRows[alert];
    return {
      alert,
      scope,
      body: { location: "Global", description: `${row.says} ${runbookOf(row)}`, enabled: true, condition },
    };
  });
}
