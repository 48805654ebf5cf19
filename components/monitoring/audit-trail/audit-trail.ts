import { DiagnosticSetting } from "@pulumi/azure-native/monitor/diagnosticSetting";
import { Workspace } from "@pulumi/azure-native/operationalinsights/workspace";
import { ComponentResource, type ComponentResourceOptions, interpolate } from "@pulumi/pulumi";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import type { Scope } from "../../../core/scope";
import type { Audited } from "./audited";
import type { AuditTrailRef } from "./audit-trail-ref";
import { planAuditTrail, type AuditTrailPlan } from "./plan";
import type { AuditTrailShape } from "./shape";

/** Its shape, or the plan of it; where it goes, and whose logs it keeps. */
export type AuditTrailArgs = Planned<AuditTrailShape, AuditTrailPlan> & {
  readonly scope: Scope;
  /** What writes the logs. It must be in the subscription of the workspace. */
  readonly audited: readonly Audited[];
};

/**
 * A workspace that keeps who did what, and at each audited resource the setting that sends its log there. Nothing comes in
 * from the internet, and there are no keys. Give `protect` in the options: it holds for the workspace, which has the records.
 *
 * Costs by the gigabyte that comes in, up to the daily cap, and by the month for what is kept beyond 31 days.
 * @throws MisconfiguredError before anything is registered
 */
export class AuditTrail extends ComponentResource {
  /** What whoever reads the records has to know. */
  public readonly ref: AuditTrailRef;

  public constructor(name: string, args: AuditTrailArgs, opts?: ComponentResourceOptions) {
    const { scope, audited, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planAuditTrail(name, rest, placeOf(scope));
    claim("Log Analytics workspace", plan.workspace.workspaceName);
    super("azure-gpu-cluster:monitoring:AuditTrail", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const workspace = new Workspace(name, { ...plan.workspace, resourceGroupName, tags }, { parent: this });
    for (const { name: of, kind, resourceId } of audited) {
      const { child, setting } = plan.settings[kind];
      new DiagnosticSetting(
        `${name}-${of}`,
        { ...setting, resourceUri: interpolate`${resourceId}${child}`, workspaceId: workspace.id },
        // A setting holds no records: the next `up` makes it again.
        { parent: this, protect: false },
      );
    }
    this.ref = {
      workspaceName: workspace.name,
      workspaceResourceId: workspace.id,
      customerId: workspace.customerId,
    };
    this.registerOutputs({ workspaceName: workspace.name, workspaceResourceId: workspace.id });
  }
}
