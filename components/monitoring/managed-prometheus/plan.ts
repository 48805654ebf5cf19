import type { z } from "zod";
import type { AzureMonitorWorkspaceArgs } from "@pulumi/azure-native/monitor/azureMonitorWorkspace";
import type { DataCollectionEndpointArgs } from "@pulumi/azure-native/monitor/dataCollectionEndpoint";
import type { DataCollectionRuleArgs } from "@pulumi/azure-native/monitor/dataCollectionRule";
import { checkId } from "../../../azure/check-id";
import { checkName } from "../../../azure/check-name";
import type { Place } from "../../../catalog/place";
import { physicalName, roleOf } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { NetworkUser } from "../../network/subnet-ref";
import { managedPrometheusShape, type ManagedPrometheusShape } from "./shape";

/** Checked metrics: what to ask of Azure beside the rules, which follow from the pools. It needs nothing of the network. */
export interface ManagedPrometheusPlan extends NetworkUser {
  /** The whole workspace but for the group and the tags; or the ID of one that is there already. */
  readonly workspace:
    | (Omit<AzureMonitorWorkspaceArgs, "resourceGroupName" | "tags"> & { readonly azureMonitorWorkspaceName: string })
    | { readonly resourceId: string };
  /** Where agents of the cluster send to, whole but for the group and the tags. */
  readonly endpoint: Omit<DataCollectionEndpointArgs, "resourceGroupName" | "tags">;
  /** What becomes of it, whole but for the group, the tags, the endpoint and the destination. */
  readonly rule: Omit<
    DataCollectionRuleArgs,
    "resourceGroupName" | "tags" | "dataCollectionEndpointId" | "destinations"
  > & { readonly dataCollectionRuleName: string };
  /** What the flow of the rule calls its destination. */
  readonly destination: string;
  /** What names of rule groups begin with in Azure, before a hyphen. */
  readonly ruleGroupPrefix: string;
  readonly alerts: boolean;
  /** What names of dashboards begin with in Azure, before a hyphen; null where there are none. */
  readonly dashboardPrefix: string | null;
  /** Whether a private endpoint of the workspace alone leads to the metrics. */
  readonly privateQueries: boolean;
}

/** Stream of samples of Prometheus, and what the rule calls its source and destination. The names are those that AKS's own tools take. */
const stream = "Microsoft-PrometheusMetrics";
const source = "PrometheusDataSource";
const destination = "MonitoringAccount1";

/**
 * All decisions of the metrics but for the rules.
 * Source: Azure/prometheus-collector:AddonBicepTemplate/FullAzureMonitorMetricsProfile.bicep (2026-07-21)
 * @throws MisconfiguredError with every problem of the shape
 */
export function planManagedPrometheus(
  name: string,
  given: ManagedPrometheusShape,
  { location, names }: Place,
): ManagedPrometheusPlan {
  const subject = `Metrics '${name}'`;
  const { workspace, alerts, dashboards } = readShape(managedPrometheusShape, given, subject);
  const problems = new Problems();
  const role = roleOf(name, "metrics");
  const azureMonitorWorkspaceName = physicalName("amw", names, role);
  // Without the region, which the name of its group says: Azure's own templates let it have 44 characters and no more.
  const dataCollectionEndpointName = [
    "dce",
    names.workload,
    names.environment,
    ...(role === undefined ? [] : [role]),
  ].join("-");
  const dataCollectionRuleName = physicalName("dcr", names, role);
  const { resourceId, queries } = workspace;
  if (resourceId !== undefined) {
    const wanted = { token: "monitor:AzureMonitorWorkspace", what: "workspace of Azure Monitor" };
    checkId(wanted, resourceId, "workspace.resourceId", problems);
    problems.require(queries === undefined, "workspace.queries", "must be left out: the workspace is somebody else's", {
      got: queries,
      remedy: "Remove it, or remove resourceId to get a workspace of your own",
    });
  } else {
    checkName("monitor:AzureMonitorWorkspace", azureMonitorWorkspaceName, problems);
  }
  checkName("monitor:DataCollectionEndpoint", dataCollectionEndpointName, problems);
  checkName("monitor:DataCollectionRule", dataCollectionRuleName, problems);
  // Azure lets it have 30 characters with its key. What is cut off nobody misses: the name is one of its group, and the title says the rest.
  const dashboardPrefix = dashboards
    ? ["dash", names.workload, names.environment, ...(role === undefined ? [] : [role])]
        .join("-")
        .slice(0, 22)
        .replace(/-+$/, "")
    : null;
  problems.throwIfAny(subject);

  return {
    infiniband: false,
    subnets: [],
    workspace:
      resourceId !== undefined
        ? { resourceId }
        : {
            location,
            azureMonitorWorkspaceName,
            publicNetworkAccess: queries === "anywhere" ? "Enabled" : "Disabled",
          },
    endpoint: {
      location,
      dataCollectionEndpointName,
      kind: "Linux",
      // Agents come over TLS and sign in as the cluster. Closed, they would need a private link scope of Azure Monitor.
      networkAcls: { publicNetworkAccess: "Enabled" },
    },
    rule: {
      location,
      dataCollectionRuleName,
      kind: "Linux",
      dataSources: { prometheusForwarder: [{ name: source, streams: [stream] }] },
      dataFlows: [{ streams: [stream], destinations: [destination] }],
    },
    destination,
    ruleGroupPrefix: physicalName("rules", names, role),
    alerts,
    dashboardPrefix,
    privateQueries: queriedPrivately(workspace),
  };
}

/** Whether a private endpoint alone leads to the metrics of a workspace. Of somebody else's it is not known, and taken to be open. */
export function queriedPrivately({
  resourceId,
  queries,
}: z.output<typeof managedPrometheusShape>["workspace"]): boolean {
  return resourceId === undefined && queries !== "anywhere";
}
