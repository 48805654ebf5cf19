import { output } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import {
  ManagedPrometheus,
  type ManagedPrometheusArgs,
} from "../../../../components/monitoring/managed-prometheus/managed-prometheus";
import { clusterDashboard } from "../../../../components/monitoring/dashboards/cluster-dashboard";
import { dashboards } from "../../../../components/monitoring/dashboards/dashboards";
import { storageDashboard } from "../../../../components/monitoring/dashboards/storage-dashboard";
import { grafanaJson } from "../../../../components/monitoring/dashboards/grafana-json";
import { planManagedPrometheus } from "../../../../components/monitoring/managed-prometheus/plan";
import { ruleGroupBody, ruleGroups } from "../../../../components/monitoring/managed-prometheus/rule-group-body";
import { allOf, idOf, only, ownId, place, problemsOf, recorded, refused, scope, tree } from "../../../recorded";
import { pool } from "../../platform/facts";

const clusterResourceId = idOf("Microsoft.ContainerService/managedClusters/aks");
const gpuPools = [{ ...pool("h200", "Standard_ND96isr_H200_v5"), rdmaResource: "rdma/ib" }];
const args: ManagedPrometheusArgs = { scope, clusterResourceId, gpuPools };
const workspace = idOf("Microsoft.Monitor/accounts/amw-gpu-dev-eastus");
const endpoint = idOf("Microsoft.Insights/dataCollectionEndpoints/dce-gpu-dev");
const rule = idOf("Microsoft.Insights/dataCollectionRules/dcr-gpu-dev-eastus");
const inGroup = { resourceGroupName: "rg-test", tags: scope.tags };

describe("ManagedPrometheus", () => {
  it("is a workspace, the way of metrics from the cluster into it, and its rules", async () => {
    const seen: unknown[] = [];
    const plan = await recorded(() => output(new ManagedPrometheus("metrics", args).ref).apply((it) => seen.push(it)));
    const groups = ruleGroups(gpuPools, true, "eastus");
    expect(tree(plan)).toEqual([
      "ManagedPrometheus metrics",
      "AzureMonitorWorkspace metrics < ManagedPrometheus metrics",
      "DataCollectionEndpoint metrics < ManagedPrometheus metrics",
      "DataCollectionRule metrics < ManagedPrometheus metrics",
      "DataCollectionRuleAssociation metrics < ManagedPrometheus metrics",
      ...groups.map(({ name }) => `PrometheusRuleGroup metrics-${name} < ManagedPrometheus metrics`),
      ...dashboards(gpuPools, "eastus", []).flatMap(({ key }) => [
        `Dashboard metrics-${key} < ManagedPrometheus metrics`,
        `DashboardDefinition metrics-${key} < ManagedPrometheus metrics`,
      ]),
    ]);
    const planned = planManagedPrometheus("metrics", {}, place);
    expect(only(plan, "azure-native:monitor:AzureMonitorWorkspace").inputs).toEqual({
      ...planned.workspace,
      ...inGroup,
    });
    expect(only(plan, "azure-native:monitor:DataCollectionEndpoint").inputs).toEqual({
      ...planned.endpoint,
      ...inGroup,
    });
    expect(only(plan, "azure-native:monitor:DataCollectionRule").inputs).toEqual({
      ...planned.rule,
      ...inGroup,
      dataCollectionEndpointId: endpoint,
      destinations: { monitoringAccounts: [{ name: "MonitoringAccount1", accountResourceId: workspace }] },
    });
    expect(only(plan, "azure-native:monitor:DataCollectionRuleAssociation").inputs).toEqual({
      associationName: "metrics",
      resourceUri: clusterResourceId,
      dataCollectionRuleId: rule,
    });
    expect(allOf(plan, "azure-native:alertsmanagement:PrometheusRuleGroup").map(({ inputs }) => inputs)).toEqual(
      groups.map((group) => ({
        ...ruleGroupBody(group, null),
        ...inGroup,
        location: "eastus",
        ruleGroupName: `rules-gpu-dev-eastus-${group.name}`,
        scopes: [workspace, clusterResourceId],
      })),
    );
    expect(seen).toEqual([{ workspaceResourceId: workspace, privateQueries: true }]);
  });

  it("sends alerts that are as severe as is said to the action group, and no recording rule", async () => {
    const actionGroupResourceId = idOf("Microsoft.Insights/actionGroups/ag");
    const alertRoute = { actionGroupResourceId, leastSevere: 2 } as const;
    const plan = await recorded(() => new ManagedPrometheus("metrics", { ...args, alertRoute }));
    const rules = allOf(plan, "azure-native:alertsmanagement:PrometheusRuleGroup").flatMap(
      ({ inputs }) => inputs["rules"] as readonly { severity?: number; actions?: unknown }[],
    );
    const sent = rules.filter(({ actions }) => actions !== undefined);
    expect(sent.map(({ actions }) => actions)).toEqual(sent.map(() => [{ actionGroupId: actionGroupResourceId }]));
    expect(sent).toEqual(rules.filter(({ severity }) => severity !== undefined && severity <= 2));
    expect(sent.length).toBeGreaterThan(5);
  });

  it("shows its dashboards at the cluster, of the cluster", async () => {
    const plan = await recorded(() => new ManagedPrometheus("metrics", args));
    const [dashboard] = allOf(plan, "azure-native:dashboard:Dashboard");
    expect(dashboard?.inputs).toEqual({
      resourceGroupName: "rg-test",
      location: "eastus",
      dashboardName: "dash-gpu-dev-cluster",
      tags: { ...scope.tags, GrafanaDashboardResourceType: "microsoft.ContainerService/managedClusters" },
    });
    const [definition] = allOf(plan, "azure-native:dashboard:DashboardDefinition");
    const { properties, ...rest } = definition?.inputs ?? {};
    expect(rest).toEqual({
      resourceGroupName: "rg-test",
      dashboardName: "dash-gpu-dev-cluster",
      definitionName: "default",
    });
    const { serializedData } = properties as { serializedData: string };
    expect(JSON.parse(serializedData)).toEqual(
      grafanaJson(clusterDashboard, {
        uid: "dash-gpu-dev-cluster",
        environment: "dev",
        clusterName: "aks",
        stores: {},
      }),
    );
  });

  it("shows what Azure measures of the stores that it is told of, by the IDs that they get", async () => {
    const stores = [
      { name: "lustre", kind: "lustre", resourceId: idOf("Microsoft.StorageCache/amlFilesystems/amlfs") },
      { name: "data", kind: "blob", resourceId: output(idOf("Microsoft.Storage/storageAccounts/stdata")) },
    ] as const;
    const plan = await recorded(() => new ManagedPrometheus("metrics", { ...args, stores }));
    const definition = allOf(plan, "azure-native:dashboard:DashboardDefinition").find(
      ({ inputs }) => inputs["dashboardName"] === "dash-gpu-dev-storage",
    );
    const { serializedData } = definition?.inputs["properties"] as { serializedData: string };
    expect(JSON.parse(serializedData)).toEqual(
      grafanaJson(storageDashboard(stores), {
        uid: "dash-gpu-dev-storage",
        environment: "dev",
        clusterName: "aks",
        stores: {
          lustre: idOf("Microsoft.StorageCache/amlFilesystems/amlfs"),
          data: idOf("Microsoft.Storage/storageAccounts/stdata"),
        },
      }),
    );
  });

  it("has no dashboards where none are asked for", async () => {
    const plan = await recorded(() => new ManagedPrometheus("metrics", { ...args, dashboards: false }));
    expect(allOf(plan, "azure-native:dashboard:Dashboard")).toEqual([]);
  });

  it("writes into a workspace that is there already", async () => {
    const resourceId = ownId("Microsoft.Monitor/accounts/amw-everything");
    const plan = await recorded(() => new ManagedPrometheus("metrics", { ...args, workspace: { resourceId } }));
    expect(allOf(plan, "azure-native:monitor:AzureMonitorWorkspace")).toEqual([]);
    expect(only(plan, "azure-native:monitor:DataCollectionRule").inputs).toMatchObject({
      destinations: { monitoringAccounts: [{ accountResourceId: resourceId }] },
    });
    const groups = allOf(plan, "azure-native:alertsmanagement:PrometheusRuleGroup");
    expect(groups.map(({ inputs }) => inputs["scopes"])).toEqual(groups.map(() => [resourceId, clusterResourceId]));
  });

  it.each([true, false])("protects the measurements, and only them, when told so: %s", async (protect) => {
    const plan = await recorded(() => new ManagedPrometheus("metrics", args, { protect }));
    const kept = plan.resources.filter((it) => it.custom && it.options.protect === true);
    expect(kept.map((it) => it.type)).toEqual(protect ? ["azure-native:monitor:AzureMonitorWorkspace"] : []);
  });

  it("fails before anything is registered", async () => {
    expect(
      await refused(() => new ManagedPrometheus("metrics", { ...args, workspace: { resourceId: "amw" } })),
    ).toEqual({
      problems: [
        'workspace.resourceId: must be the ARM ID of a workspace of Azure Monitor; got "amw". Write /subscriptions/<UUID>/resourceGroups/<name>/providers/Microsoft.Monitor/accounts/<name>',
      ],
      made: [],
    });
  });

  it("refuses a second one with its name", async () => {
    await recorded(() => {
      new ManagedPrometheus("metrics", args);
      expect(problemsOf(() => new ManagedPrometheus("metrics", args))).toEqual([
        'name: must be one that no other of this kind has; got "dcr-gpu-dev-eastus". Give the component another name',
      ]);
    });
  });

  it("is told by a plan what it is told by a shape", async () => {
    const shape = { workspace: { queries: "anywhere" }, alerts: false } as const;
    const plan = planManagedPrometheus("metrics", shape, place);
    const byPlan = await recorded(() => new ManagedPrometheus("metrics", { ...args, plan }));
    const byShape = await recorded(() => new ManagedPrometheus("metrics", { ...args, ...shape }));
    expect(byPlan.resources).toEqual(byShape.resources);
  });
});
