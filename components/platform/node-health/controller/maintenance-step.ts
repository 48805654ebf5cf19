import type { NodeState, Report } from "./node-state";
import type { Closing, NodeEvent, OutcomeFacts } from "./outcome";

/** What is done about maintenance that was announced, or is over. */
export interface MaintenanceStep {
  readonly report: Report;
  readonly closing: Closing;
  readonly event: NodeEvent;
}

/**
 * Decides it. New pods stay away from a node whose VM Azure will stop or move, because a job that begins there would end with it; pods
 * that run are left to AKS, which drains such nodes in cases of its own. That counts in no limit: the node goes either way.
 */
export function maintenanceStep(
  node: NodeState,
  report: Report,
  { remediate }: Pick<OutcomeFacts, "remediate">,
): MaintenanceStep {
  const { maintenance, closed, held, bootId } = node;
  const heeded: Report = { ...report, maintenance: maintenance?.id ?? null };
  if (maintenance === null) {
    const opens = held && report.verdict === "pass" && report.bootId === bootId;
    const message = `Azure has nothing more ahead for the VM. ${opens ? "The node is open." : closed ? "The node stays closed until its checks pass." : "The node stayed open."}`;
    const closing = opens || !closed ? "open" : "checks";
    return { report: heeded, closing, event: { type: "Normal", reason: "GpuMaintenanceOver", message } };
  }
  const closes = !closed && remediate !== "observe";
  const becomes = closes
    ? "The node takes no new pods."
    : closed
      ? "The node stays closed."
      : "The node stays open: remediate is observe. With close or drain it would take no new pods.";
  return {
    report: heeded,
    closing: closes || held ? "maintenance" : closed ? "checks" : "open",
    event: { type: "Warning", reason: "GpuMaintenance", message: `Azure: ${maintenance.what}. ${becomes}` },
  };
}
