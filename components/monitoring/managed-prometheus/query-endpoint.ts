import { getAzureMonitorWorkspaceOutput } from "@pulumi/azure-native/monitor/getAzureMonitorWorkspace";
import { output, type InvokeOutputOptions, type Output } from "@pulumi/pulumi";
import { parseArmId } from "../../../azure/arm-id";
import type { ManagedPrometheusRef } from "./managed-prometheus-ref";

/**
 * Address at which metrics answer queries of Prometheus, asked of Azure: the workspace may be somebody else's. It is looked for in the
 * subscription of the environment.
 */
export function queryEndpoint(
  { workspaceResourceId }: ManagedPrometheusRef,
  options: InvokeOutputOptions = {},
): Output<string> {
  const parts = output(workspaceResourceId).apply((id) => parseArmId(id));
  const workspace = {
    resourceGroupName: parts.apply((it) => it?.resourceGroupName ?? ""),
    azureMonitorWorkspaceName: parts.apply((it) => it?.names[0] ?? ""),
  };
  return getAzureMonitorWorkspaceOutput(workspace, options).metrics.apply((it) => it.prometheusQueryEndpoint);
}
