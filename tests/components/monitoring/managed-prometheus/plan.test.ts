import { describe, expect, it } from "vitest";
import { planManagedPrometheus } from "../../../../components/monitoring/managed-prometheus/plan";
import type { ManagedPrometheusShape } from "../../../../components/monitoring/managed-prometheus/shape";
import { ownId, place, problemsOf } from "../../../recorded";

const plan = (shape: ManagedPrometheusShape, name = "metrics") => planManagedPrometheus(name, shape, place);
const resourceId = ownId("Microsoft.Monitor/accounts/amw-everything");
const shared = { workspace: { resourceId } };

describe("planManagedPrometheus", () => {
  it("is a workspace that nobody reads from the internet, and the way into it", () => {
    expect(plan({})).toEqual({
      infiniband: false,
      subnets: [],
      workspace: {
        location: "eastus",
        azureMonitorWorkspaceName: "amw-gpu-dev-eastus",
        publicNetworkAccess: "Disabled",
      },
      endpoint: {
        location: "eastus",
        dataCollectionEndpointName: "dce-gpu-dev",
        kind: "Linux",
        networkAcls: { publicNetworkAccess: "Enabled" },
      },
      rule: {
        location: "eastus",
        dataCollectionRuleName: "dcr-gpu-dev-eastus",
        kind: "Linux",
        dataSources: {
          prometheusForwarder: [{ name: "PrometheusDataSource", streams: ["Microsoft-PrometheusMetrics"] }],
        },
        dataFlows: [{ streams: ["Microsoft-PrometheusMetrics"], destinations: ["MonitoringAccount1"] }],
      },
      destination: "MonitoringAccount1",
      ruleGroupPrefix: "rules-gpu-dev-eastus",
      alerts: true,
      dashboardPrefix: "dash-gpu-dev",
      privateQueries: true,
    });
  });

  it.each([
    [{ workspace: { queries: "anywhere" } }, { workspace: { publicNetworkAccess: "Enabled" }, privateQueries: false }],
    [shared, { workspace: { resourceId }, privateQueries: false }],
    [{ alerts: false }, { alerts: false }],
    [{ dashboards: false }, { dashboardPrefix: null }],
  ] as const)("says of %j what Azure understands", (shape, expected) => {
    expect(plan(shape)).toMatchObject(expected);
  });

  it("makes no workspace where one is named", () => {
    expect(plan(shared).workspace).toEqual({ resourceId });
  });

  it("cuts names of dashboards to what Azure takes", () => {
    const names = { ...place.names, workload: "training", environment: "a-long-environment" };
    expect(planManagedPrometheus("metrics", {}, { ...place, names }).dashboardPrefix).toBe("dash-training-a-long-e");
  });

  it("gives a second one other names", () => {
    const { endpoint, rule, ruleGroupPrefix } = plan(shared, "games");
    expect([endpoint.dataCollectionEndpointName, rule.dataCollectionRuleName, ruleGroupPrefix]).toEqual([
      "dce-gpu-dev-games",
      "dcr-gpu-dev-eastus-games",
      "rules-gpu-dev-eastus-games",
    ]);
  });

  it.each([
    [
      { workspace: { resourceId: ownId("Microsoft.Insights/components/app") } },
      `workspace.resourceId: must be the ARM ID of a workspace of Azure Monitor; got "${ownId("Microsoft.Insights/components/app")}". Write /subscriptions/<UUID>/resourceGroups/<name>/providers/Microsoft.Monitor/accounts/<name>`,
    ],
    [
      { workspace: { resourceId, queries: "anywhere" } },
      'workspace.queries: must be left out: the workspace is somebody else\'s; got "anywhere". Remove it, or remove resourceId to get a workspace of your own',
    ],
    [{ workspaces: {} }, "workspaces: is not a known key; unknown keys are never ignored. Did you mean workspace?"],
  ] satisfies [object, string][])("refuses %j", (shape: object, problem) => {
    expect(problemsOf(() => plan(shape))).toEqual([problem]);
  });

  it("refuses names that Azure does not take", () => {
    expect(problemsOf(() => plan({}, "a-name-that-is-much-too-long-for-it-at-all"))).toEqual([
      'name: must lead to a name that Azure takes for monitor:DataCollectionEndpoint: 1 to 44 characters; got "dce-gpu-dev-a-name-that-is-much-too-long-for-it-at-all". Shorten environment.workload, the name of the stack or that of the component by 10 characters together',
    ]);
  });
});
