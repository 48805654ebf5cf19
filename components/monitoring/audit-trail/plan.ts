import type { DiagnosticSettingArgs } from "@pulumi/azure-native/monitor/diagnosticSetting";
import type { WorkspaceArgs } from "@pulumi/azure-native/operationalinsights/workspace";
import { checkName } from "../../../azure/check-name";
import type { Place } from "../../../catalog/place";
import { physicalName, roleOf } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { keysOf, tableOf } from "../../../core/records";
import { readShape } from "../../../core/shape";
import type { NetworkUser } from "../../network/subnet-ref";
import { auditedKinds, type AuditedKindName } from "./audited";
import { auditTrailShape, type AuditTrailShape } from "./shape";

/** What is written at a resource of one kind. */
export interface AuditedPlan {
  /** What is appended to its ARM ID. */
  readonly child: string;
  /** The whole setting but for the resource and the workspace. */
  readonly setting: Omit<DiagnosticSettingArgs, "resourceUri" | "workspaceId">;
}

/** A checked trail: what to ask of Azure. It needs nothing of the network. */
export interface AuditTrailPlan extends NetworkUser {
  /** The whole workspace but for the group and the tags. */
  readonly workspace: Omit<WorkspaceArgs, "resourceGroupName" | "tags"> & { readonly workspaceName: string };
  readonly settings: Readonly<Record<AuditedKindName, AuditedPlan>>;
}

/**
 * All decisions of one trail.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planAuditTrail(name: string, given: AuditTrailShape, { location, names }: Place): AuditTrailPlan {
  const subject = `Audit trail '${name}'`;
  const { retentionDays, dailyCapGB, queries, kubernetesReads, blobReads } = readShape(auditTrailShape, given, subject);
  const problems = new Problems();
  const workspaceName = physicalName("log", names, roleOf(name, "audit"));
  checkName("operationalinsights:Workspace", workspaceName, problems);
  problems.throwIfAny(subject);

  // Of the other kinds there is nothing to choose: each is a row of `audited.ts` and no more.
  const reads: { readonly [K in AuditedKindName]?: boolean } = { cluster: kubernetesReads, blob: blobReads };
  return {
    infiniband: false,
    subnets: [],
    workspace: {
      location,
      workspaceName,
      sku: { name: "PerGB2018" },
      retentionInDays: retentionDays,
      workspaceCapping: { dailyQuotaGb: dailyCapGB ?? noQuota },
      // Diagnostic settings bring records over a channel of their own, so nothing has to be let in.
      // Source: https://learn.microsoft.com/azure/azure-monitor/logs/private-link-configure (diagnostic logs)
      publicNetworkAccessForIngestion: "Disabled",
      publicNetworkAccessForQuery: queries === "anywhere" ? "Enabled" : "Disabled",
      features: {
        // No workspace keys: whoever reads signs in.
        disableLocalAuth: true,
        // A right on the cluster is no right on its audit log: the reader needs a role on the workspace.
        enableLogAccessUsingOnlyResourcePermissions: false,
      },
    },
    settings: tableOf(keysOf(auditedKinds).map((kind) => [kind, planAudited(kind, reads[kind] === true)] as const)),
  };
}

/** What a workspace says that has no daily cap. Source: https://learn.microsoft.com/azure/templates/microsoft.operationalinsights/workspaces */
const noQuota = -1;

function planAudited(kind: AuditedKindName, withReads: boolean): AuditedPlan {
  const { child, changes, reads, tables } = auditedKinds[kind];
  const without = new Set<string>(withReads ? reads.leaveOut : []);
  const categories = [...changes.filter((it) => !without.has(it)), ...(withReads ? reads.add : [])];
  return {
    child,
    setting: {
      name: "audit-trail",
      logs: categories.map((category) => ({ category, enabled: true })),
      ...(tables !== null && { logAnalyticsDestinationType: tables }),
    },
  };
}
