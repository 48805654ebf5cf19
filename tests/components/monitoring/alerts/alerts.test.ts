import { output } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { activityAlertRows, metricAlertRows } from "../../../../components/monitoring/alert-rows";
import { activityAlerts } from "../../../../components/monitoring/alerts/activity";
import { Alerts, type AlertsArgs } from "../../../../components/monitoring/alerts/alerts";
import { planAlerts } from "../../../../components/monitoring/alerts/plan";
import { metricAlerts, watchedKinds } from "../../../../components/monitoring/alerts/watched";
import { keysOf } from "../../../../core/records";
import { allOf, idOf, only, ownId, place, problemsOf, recorded, refused, scope, tree } from "../../../recorded";

const cluster = idOf("Microsoft.ContainerService/managedClusters/aks");
const account = idOf("Microsoft.Storage/storageAccounts/stdata");
const args: AlertsArgs = {
  scope,
  email: ["ml-oncall@example.com"],
  resourceInGroup: cluster,
  watched: [
    { name: "aks", kind: "cluster", resourceId: cluster },
    { name: "data", kind: "blob", resourceId: account },
  ],
};
const group = idOf("Microsoft.Insights/actionGroups/ag-gpu-dev-eastus");
const subscription = cluster.split("/resourceGroups/")[0];

describe("Alerts", () => {
  it("is an action group, alerts on the activity log, and alerts on the metrics of what is watched", async () => {
    const seen: unknown[] = [];
    const plan = await recorded(() => output(new Alerts("alerts", args).ref).apply((it) => seen.push(it)));
    expect(tree(plan)).toEqual([
      "Alerts alerts",
      "ActionGroup alerts < Alerts alerts",
      ...["service-health", "resource-health", "protected-deleted", "policy-changed", "role-changed"].map(
        (it) => `ActivityLogAlert alerts-${it} < Alerts alerts`,
      ),
      ...["api-server-busy", "api-server-short-of-memory", "etcd-half-full", "autoscaler-stopped"].map(
        (it) => `MetricAlert alerts-aks-${it} < Alerts alerts`,
      ),
      ...["blob-throttled", "blob-unavailable"].map((it) => `MetricAlert alerts-data-${it} < Alerts alerts`),
    ]);
    expect(only(plan, "azure-native:monitor:ActionGroup").inputs).toEqual({
      ...planAlerts("alerts", { email: ["ml-oncall@example.com"] }, place).actionGroup,
      resourceGroupName: "rg-test",
      tags: scope.tags,
    });
    expect(only(plan, "azure-native:monitor:MetricAlert", "alerts-data-blob-throttled").inputs).toEqual({
      ruleName: "alert-gpu-dev-eastus-data-blob-throttled",
      resourceGroupName: "rg-test",
      tags: scope.tags,
      location: "Global",
      description: `${metricAlertRows.BlobThrottled.says} docs/runbooks/alerts.md#blob-storage-that-is-slow-or-away`,
      enabled: true,
      severity: 3,
      autoMitigate: true,
      evaluationFrequency: "PT5M",
      windowSize: "PT15M",
      scopes: [`${account}/blobServices/default`],
      criteria: {
        odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
        allOf: [
          {
            criterionType: "StaticThresholdCriterion",
            name: "BlobThrottled",
            metricNamespace: "Microsoft.Storage/storageAccounts/blobServices",
            metricName: "Transactions",
            operator: "GreaterThan",
            threshold: 100,
            timeAggregation: "Total",
            dimensions: [
              {
                name: "ResponseType",
                operator: "Include",
                values: [
                  "ServerBusyError",
                  "ClientThrottlingError",
                  "ClientAccountRequestThrottlingError",
                  "ClientAccountBandwidthThrottlingError",
                ],
              },
            ],
            skipMetricValidation: true,
          },
        ],
      },
      actions: [{ actionGroupId: group }],
    });
    expect(only(plan, "azure-native:monitor:ActivityLogAlert", "alerts-role-changed").inputs).toEqual({
      activityLogAlertName: "alert-gpu-dev-eastus-role-changed",
      resourceGroupName: "rg-test",
      tags: scope.tags,
      location: "Global",
      description: `${activityAlertRows.RoleChanged.says} docs/runbooks/alerts.md#who-may-do-what`,
      enabled: true,
      scopes: [`${subscription}/resourceGroups/rg-test`],
      condition: {
        allOf: [
          { field: "category", equals: "Administrative" },
          { field: "status", equals: "Succeeded" },
          {
            anyOf: [
              { field: "operationName", equals: "Microsoft.Authorization/roleAssignments/write" },
              { field: "operationName", equals: "Microsoft.Authorization/roleAssignments/delete" },
            ],
          },
        ],
      },
      actions: { actionGroups: [{ actionGroupId: group }] },
    });
    expect(only(plan, "azure-native:monitor:ActivityLogAlert", "alerts-service-health").inputs).toMatchObject({
      scopes: [subscription],
      condition: {
        allOf: [
          { field: "category", equals: "ServiceHealth" },
          {
            field: "properties.impactedServices[*].ImpactedRegions[*].RegionName",
            containsAny: ["East US", "Global"],
          },
        ],
      },
    });
    expect(seen).toEqual([{ actionGroupResourceId: group, leastSevere: 3 }]);
  });

  it("sends what is as severe as is said, to a group that is there already", async () => {
    const resourceId = ownId("Microsoft.Insights/actionGroups/ag-pager");
    const plan = await recorded(
      () =>
        new Alerts("alerts", { scope, resourceInGroup: cluster, watched: args.watched, resourceId, leastSevere: 1 }),
    );
    expect(allOf(plan, "azure-native:monitor:ActionGroup")).toEqual([]);
    const sent = allOf(plan, "azure-native:monitor:MetricAlert").map(({ inputs }) => [
      inputs["severity"],
      inputs["actions"],
    ]);
    expect(sent.filter(([severity]) => Number(severity) <= 1).map(([, actions]) => actions)).toEqual([
      [{ actionGroupId: resourceId }],
      [{ actionGroupId: resourceId }],
    ]);
    expect(sent.filter(([severity]) => Number(severity) > 1).every(([, actions]) => actions === undefined)).toBe(true);
  });

  it("fails before anything is registered", async () => {
    expect(await refused(() => new Alerts("alerts", { ...args, email: ["nobody"] }))).toEqual({
      problems: ['email[0]: must be an e-mail address; got "nobody". For example someone@example.com'],
      made: [],
    });
  });

  it("refuses a second one with its name", async () => {
    await recorded(() => {
      new Alerts("alerts", args);
      expect(problemsOf(() => new Alerts("alerts", args))).toEqual([
        'name: must be one that no other of this kind has; got "alert-gpu-dev-eastus". Give the component another name',
      ]);
    });
  });

  it("is told by a plan what it is told by a shape", async () => {
    const wires = { resourceInGroup: args.resourceInGroup, watched: args.watched };
    const shape = { email: ["ml-oncall@example.com"] };
    const byPlan = await recorded(
      () => new Alerts("alerts", { scope, ...wires, plan: planAlerts("alerts", shape, place) }),
    );
    const byShape = await recorded(() => new Alerts("alerts", { scope, ...wires, ...shape }));
    expect(byPlan.resources).toEqual(byShape.resources);
  });
});

describe("alerts of Azure's own", () => {
  it("are each on one kind of resource, or on the activity log", () => {
    const found = keysOf(watchedKinds).flatMap((kind) => metricAlerts(kind).map(({ alert }) => alert));
    expect([...found].sort()).toEqual(Object.keys(metricAlertRows).sort());
    expect(activityAlerts("eastus").map(({ alert }) => alert)).toEqual(Object.keys(activityAlertRows));
  });

  it("look at windows and as often as Azure allows", () => {
    const windows = keysOf(watchedKinds).flatMap((kind) => metricAlerts(kind).map(({ body }) => body));
    // Source: https://learn.microsoft.com/azure/templates/microsoft.insights/metricalerts
    for (const { windowSize, evaluationFrequency } of windows) {
      expect(["PT1M", "PT5M", "PT15M", "PT30M", "PT1H"]).toContain(evaluationFrequency);
      expect(["PT5M", "PT15M", "PT30M", "PT1H", "PT6H", "PT12H", "P1D"]).toContain(windowSize);
    }
  });

  it("are told of all regions where nobody knows the name of its own", () => {
    const [health] = activityAlerts("nowhere");
    expect(health?.body.condition).toEqual({ allOf: [{ field: "category", equals: "ServiceHealth" }] });
  });

  it("name operations as the activity log does", () => {
    const deleted = activityAlerts("eastus").find(({ alert }) => alert === "ProtectedDeleted");
    const text = JSON.stringify(deleted?.body.condition);
    for (const it of [
      "Microsoft.Resources/subscriptions/resourceGroups/delete",
      "Microsoft.ContainerService/managedClusters/delete",
      "Microsoft.StorageCache/amlFilesystems/delete",
      "Microsoft.Insights/diagnosticSettings/delete",
      "Microsoft.Authorization/locks/delete",
    ]) {
      expect(text).toContain(`"${it}"`);
    }
  });
});
