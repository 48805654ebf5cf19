import { z } from "zod";
import { platformMetrics } from "../../catalog/platform-metrics";
import { Alerts } from "../../components/monitoring/alerts/alerts";
import { alertsShape } from "../../components/monitoring/alerts/shape";
import { watchedKinds } from "../../components/monitoring/alerts/watched";
import { AuditTrail } from "../../components/monitoring/audit-trail/audit-trail";
import { auditedKinds } from "../../components/monitoring/audit-trail/audited";
import { auditTrailShape } from "../../components/monitoring/audit-trail/shape";
import { Grafana } from "../../components/monitoring/grafana/grafana";
import { grafanaShape } from "../../components/monitoring/grafana/shape";
import {
  ManagedPrometheus,
  type ManagedPrometheusArgs,
} from "../../components/monitoring/managed-prometheus/managed-prometheus";
import { managedPrometheusShape } from "../../components/monitoring/managed-prometheus/shape";
import { keysOf } from "../../core/records";
import { makerOf } from "../maker-of";
import type { PackagedComponents } from "../packaged-component";
import { alertRouteReference, gpuPoolOf, gpuPoolReference } from "../reference-shapes";
import { scopeShape, scopeWires } from "../shared-shapes";

const [watchedKind, auditedKind, storeKind] = [
  z.enum(keysOf(watchedKinds)),
  z.enum(keysOf(auditedKinds)),
  z.enum(keysOf(platformMetrics)),
];

/** What tells how an environment is, and what happened in it. */
export const monitoringRows: PackagedComponents = {
  "azure-gpu-cluster:monitoring:Alerts": {
    what: "Alerts",
    inputs: z.strictObject({
      scope: scopeShape,
      ...alertsShape.shape,
      resourceInGroup: z.string(),
      watched: z.array(z.strictObject({ name: z.string(), kind: watchedKind, resourceId: z.string() })),
    }),
    wires: [...scopeWires, "resourceInGroup", "watched.*.resourceId"],
    outputs: z.object({
      actionGroupResourceId: z.string().describe("ARM ID of the action group."),
      leastSevere: z.int().describe("The least severe alerts that are sent there."),
    }),
    make: makerOf(Alerts, ({ ref: { actionGroupResourceId, leastSevere } }) => ({
      ...{ actionGroupResourceId, leastSevere },
    })),
  },
  "azure-gpu-cluster:monitoring:ManagedPrometheus": {
    what: "Managed Prometheus",
    inputs: z.strictObject({
      scope: scopeShape,
      ...managedPrometheusShape.shape,
      clusterResourceId: z.string(),
      gpuPools: z.array(gpuPoolReference),
      alertRoute: alertRouteReference.exactOptional(),
      stores: z.array(z.strictObject({ name: z.string(), kind: storeKind, resourceId: z.string() })).exactOptional(),
    }),
    wires: [...scopeWires, "clusterResourceId", "alertRoute.actionGroupResourceId", "stores.*.resourceId"],
    references: ["gpuPools"],
    outputs: z.object({
      workspaceResourceId: z.string().describe("ARM ID of the Azure Monitor workspace."),
      privateQueries: z.boolean().describe("Whether it is read through a private endpoint alone."),
    }),
    make: (name, inputs: ManagedPrometheusArgs, opts) => {
      const component = new ManagedPrometheus(name, { ...inputs, gpuPools: inputs.gpuPools.map(gpuPoolOf) }, opts);
      const { workspaceResourceId, privateQueries = false } = component.ref;
      return { component, outputs: { workspaceResourceId, privateQueries } };
    },
  },
  "azure-gpu-cluster:monitoring:Grafana": {
    what: "Managed Grafana",
    inputs: z.strictObject({
      scope: scopeShape,
      ...grafanaShape.shape,
      metrics: z.strictObject({ workspaceResourceId: z.string(), privateQueries: z.boolean().exactOptional() }),
    }),
    wires: [...scopeWires, "metrics.workspaceResourceId"],
    outputs: z.object({
      resourceId: z.string().describe("ARM ID of the workspace."),
      endpoint: z.string().describe("Address at which it answers."),
      principalId: z.string(),
    }),
    make: makerOf(Grafana, ({ ref: { resourceId, endpoint }, principalId }) => ({ resourceId, endpoint, principalId })),
  },
  "azure-gpu-cluster:monitoring:AuditTrail": {
    what: "Audit trail",
    inputs: z.strictObject({
      scope: scopeShape,
      ...auditTrailShape.shape,
      audited: z.array(z.strictObject({ name: z.string(), kind: auditedKind, resourceId: z.string() })),
    }),
    wires: [...scopeWires, "audited.*.resourceId"],
    outputs: z.object({
      workspaceName: z.string().describe("Name of the Log Analytics workspace."),
      workspaceResourceId: z.string().describe("ARM ID of the workspace."),
      customerId: z.string().describe("ID by which queries name the workspace. Not a secret."),
    }),
    make: makerOf(AuditTrail, ({ ref }) => ({ ...ref })),
  },
};
