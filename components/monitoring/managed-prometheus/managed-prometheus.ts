import { PrometheusRuleGroup } from "@pulumi/azure-native/alertsmanagement/prometheusRuleGroup";
import { Dashboard } from "@pulumi/azure-native/dashboard/dashboard";
import { DashboardDefinition } from "@pulumi/azure-native/dashboard/dashboardDefinition";
import { AzureMonitorWorkspace } from "@pulumi/azure-native/monitor/azureMonitorWorkspace";
import { DataCollectionEndpoint } from "@pulumi/azure-native/monitor/dataCollectionEndpoint";
import { DataCollectionRule } from "@pulumi/azure-native/monitor/dataCollectionRule";
import { DataCollectionRuleAssociation } from "@pulumi/azure-native/monitor/dataCollectionRuleAssociation";
import { ComponentResource, type ComponentResourceOptions, type Input, output } from "@pulumi/pulumi";
import { nameInId } from "../../../azure/arm-id";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import type { Scope } from "../../../core/scope";
import { dashboards } from "../dashboards/dashboards";
import { grafanaJson } from "../dashboards/grafana-json";
import type { Dashboard as DashboardShown, ShownStore } from "../dashboards/panel";
import type { AlertRoute } from "../alerts/alerts-ref";
import type { GpuPoolRef } from "../../cluster/gpu-pool/gpu-pool-ref";
import type { ManagedPrometheusRef } from "./managed-prometheus-ref";
import { planManagedPrometheus, type ManagedPrometheusPlan } from "./plan";
import { ruleGroupBody, ruleGroups } from "./rule-group-body";
import type { ManagedPrometheusShape } from "./shape";

/**
 * Shows a dashboard among those of a cluster in the portal.
 * Source: MicrosoftDocs/azure-monitor-docs:articles/azure-monitor/visualize/visualize-use-grafana-dashboards.md
 */
const ofCluster = { GrafanaDashboardResourceType: "microsoft.ContainerService/managedClusters" } as const;

/** Its shape, or the plan of it; where it goes, and what it measures. */
export type ManagedPrometheusArgs = Planned<ManagedPrometheusShape, ManagedPrometheusPlan> & {
  readonly scope: Scope;
  /** ARM ID of the cluster, which runs the agents: made with `metrics: true`. */
  readonly clusterResourceId: Input<string>;
  /** Its GPU pools, from whose sizes prices and floors of the rules follow. */
  readonly gpuPools: readonly GpuPoolRef[];
  /** Where alerts go. Undefined: they stand in Azure Monitor and go nowhere. */
  readonly alertRoute?: AlertRoute | undefined;
  /** Shared stores, of which a dashboard shows what Azure measures itself. */
  readonly stores?: readonly StoreOfDashboard[];
};

/** A store that a dashboard shows, ours or somebody else's. */
export interface StoreOfDashboard extends ShownStore {
  /** ARM ID of the file system, the storage account or the account of NetApp Files. */
  readonly resourceId: Input<string>;
}

/**
 * A workspace for the metrics of a cluster, the way of the metrics into it, rules that sum them up for each team and each job, and
 * dashboards of them in the portal. Give `protect` in the options: it holds for the workspace, which has the measurements.
 *
 * Costs by the sample that comes in, the results of the rules among them, and by what is queried.
 * @throws MisconfiguredError before anything is registered
 */
export class ManagedPrometheus extends ComponentResource {
  /** Where whoever reads the metrics finds them. */
  public readonly ref: ManagedPrometheusRef;

  public constructor(name: string, args: ManagedPrometheusArgs, opts?: ComponentResourceOptions) {
    const { scope, clusterResourceId, gpuPools, alertRoute, stores = [], ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planManagedPrometheus(name, rest, placeOf(scope));
    claim("Data collection rule", plan.rule.dataCollectionRuleName);
    super("azure-gpu-cluster:monitoring:ManagedPrometheus", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const inGroup = { resourceGroupName, tags };
    // Without measurements of their own: the next `up` makes them again.
    const remade = { parent: this, protect: false };
    const { workspace } = plan;
    const workspaceResourceId =
      "resourceId" in workspace
        ? workspace.resourceId
        : new AzureMonitorWorkspace(name, { ...workspace, ...inGroup }, { parent: this }).id;
    const endpoint = new DataCollectionEndpoint(name, { ...plan.endpoint, ...inGroup }, remade);
    const rule = new DataCollectionRule(
      name,
      {
        ...plan.rule,
        ...inGroup,
        dataCollectionEndpointId: endpoint.id,
        destinations: { monitoringAccounts: [{ name: plan.destination, accountResourceId: workspaceResourceId }] },
      },
      remade,
    );
    new DataCollectionRuleAssociation(
      name,
      { associationName: "metrics", resourceUri: clusterResourceId, dataCollectionRuleId: rule.id },
      remade,
    );
    for (const group of ruleGroups(gpuPools, plan.alerts, scope.location)) {
      new PrometheusRuleGroup(
        `${name}-${group.name}`,
        {
          ...ruleGroupBody(group, alertRoute ?? null),
          ...inGroup,
          location: scope.location,
          ruleGroupName: `${plan.ruleGroupPrefix}-${group.name}`,
          // The second keeps the rules from other clusters of the workspace.
          scopes: [workspaceResourceId, clusterResourceId],
        },
        remade,
      );
    }
    const { dashboardPrefix } = plan;
    const tagsOfDashboard = output(tags).apply((it) => ({ ...it, ...ofCluster }));
    const clusterName = output(clusterResourceId).apply((id) => nameInId(id) ?? "");
    for (const it of dashboardPrefix === null ? [] : dashboards(gpuPools, scope.location, stores)) {
      const dashboardName = `${dashboardPrefix}-${it.key}`;
      const dashboard = new Dashboard(
        `${name}-${it.key}`,
        { ...inGroup, location: scope.location, dashboardName, tags: tagsOfDashboard },
        remade,
      );
      const { environment } = scope.names;
      // Of the stores that it shows alone: the others need not wait until those are there.
      const shown = stores.filter(({ name: store }) => showsStore(it, store));
      const storeIds = Object.fromEntries(shown.map((store) => [store.name, store.resourceId]));
      const serializedData = output({ clusterName, stores: storeIds }).apply((found) =>
        JSON.stringify(grafanaJson(it, { uid: dashboardName, environment, ...found })),
      );
      new DashboardDefinition(
        `${name}-${it.key}`,
        { resourceGroupName, dashboardName: dashboard.name, definitionName: "default", properties: { serializedData } },
        remade,
      );
    }
    this.ref = { workspaceResourceId, ...(plan.privateQueries && { privateQueries: plan.privateQueries }) };
    this.registerOutputs({ workspaceResourceId });
  }
}

function showsStore({ rows }: DashboardShown, name: string): boolean {
  return rows.some(({ panels }) => panels.some((it) => "store" in it && it.store.name === name));
}
