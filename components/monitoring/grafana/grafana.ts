import { Grafana as GrafanaWorkspace } from "@pulumi/azure-native/dashboard/grafana";
import { ManagedPrivateEndpoint } from "@pulumi/azure-native/dashboard/managedPrivateEndpoint";
import { ComponentResource, type ComponentResourceOptions, type Input } from "@pulumi/pulumi";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import type { Scope } from "../../../core/scope";
import type { ManagedPrometheusRef } from "../managed-prometheus/managed-prometheus-ref";
import type { GrafanaRef } from "./grafana-ref";
import { planGrafana, type GrafanaPlan } from "./plan";
import type { GrafanaShape } from "./shape";

/** Its shape, or the plan of it; where it goes, and the metrics that it shows. */
export type GrafanaArgs = Planned<GrafanaShape, GrafanaPlan> & {
  readonly scope: Scope;
  /** The metrics that it reads. */
  readonly metrics: ManagedPrometheusRef;
};

/**
 * A workspace of Azure Managed Grafana that reads the metrics of an environment as itself. Give `protect` in the options: what people make
 * in it is nowhere else.
 *
 * Costs by the hour, more with zones, and for each person who signs in in a month.
 * @throws MisconfiguredError before anything is registered
 */
export class Grafana extends ComponentResource {
  /** What others have to know of it. */
  public readonly ref: GrafanaRef;
  /** Object ID of the identity that it reads metrics as. */
  public readonly principalId: Input<string>;

  public constructor(name: string, args: GrafanaArgs, opts?: ComponentResourceOptions) {
    const { scope, metrics, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planGrafana(name, rest, placeOf(scope));
    claim("Managed Grafana", plan.workspace.workspaceName);
    super("azure-gpu-cluster:monitoring:Grafana", name, {}, opts);

    const { resourceGroupName, tags, location } = scope;
    const workspace = new GrafanaWorkspace(
      name,
      {
        ...plan.workspace,
        resourceGroupName,
        tags,
        properties: {
          ...plan.properties,
          // Grafana gets a data source for it by that.
          grafanaIntegrations: {
            azureMonitorWorkspaceIntegrations: [{ azureMonitorWorkspaceResourceId: metrics.workspaceResourceId }],
          },
        },
      },
      { parent: this },
    );
    if (metrics.privateQueries === true) {
      new ManagedPrivateEndpoint(
        `${name}-metrics`,
        {
          location,
          resourceGroupName,
          tags,
          workspaceName: workspace.name,
          managedPrivateEndpointName: "metrics",
          groupIds: ["prometheusMetrics"],
          privateLinkResourceId: metrics.workspaceResourceId,
          privateLinkResourceRegion: location,
          requestMessage: "Dashboards of the environment",
        },
        { parent: this, protect: false },
      );
    }
    this.principalId = workspace.identity.apply((it) => it?.principalId ?? "");
    this.ref = {
      resourceId: workspace.id,
      endpoint: workspace.properties.apply((it) => it.endpoint),
      ...(plan.teamsView && { teamsView: plan.teamsView }),
    };
    this.registerOutputs({ resourceId: workspace.id });
  }
}
