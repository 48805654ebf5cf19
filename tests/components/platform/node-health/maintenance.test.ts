import { describe, expect, it } from "vitest";
import { maintenanceOf } from "../../../../components/platform/node-health/controller/maintenance";
import { maintenanceStep } from "../../../../components/platform/node-health/controller/maintenance-step";
import { nodeState, type Report } from "../../../../components/platform/node-health/controller/node-state";

const says = (message: string, status = "True"): object => ({ type: "VMEventScheduled", status, message });
const more = "DurationInSeconds: -1. For more information, see https://aka.ms/aks/scheduledevents";

describe("what Azure has announced", () => {
  it.each([
    [
      "Redeploy Scheduled: Mon, 30 Nov 2026 10:00:00 GMT. " + more + " EventId: 218E4ED7-0A",
      { id: "218E4ED7-0A", what: "Redeploy Scheduled: Mon, 30 Nov 2026 10:00:00 GMT" },
    ],
    ["Freeze Started. " + more + " EventId: 218E4ED7-0A", { id: "218E4ED7-0A", what: "Freeze Started" }],
    ["Reboot Scheduled: soon. " + more, { id: "Reboot Scheduled: soon", what: "Reboot Scheduled: soon" }],
    ["", { id: "an event that it does not name", what: "an event that it does not name" }],
    ["SpotRebalanceRecommendation Advisory: . " + more, null],
  ])("is read of %j", (message, expected) => {
    expect(maintenanceOf([{ type: "Ready", status: "True" }, says(message)])).toEqual(expected);
    expect(maintenanceOf([says(message, "False")])).toBeNull();
    expect(maintenanceOf([says(message, "Unknown")])).toBeNull();
  });
});

describe("maintenance of a node", () => {
  const report: Report = {
    verdict: "pass",
    bootId: "this",
    at: 1,
    reasons: [],
    physicalHost: null,
    checks: [],
    awaitsPair: false,
    remedy: null,
    maintenance: null,
  };
  const ahead = "Reboot Scheduled: Mon, 30 Nov 2026 10:00:00 GMT";
  const node = (taint: "pending" | "maintenance" | null, isAhead: boolean): ReturnType<typeof nodeState> =>
    nodeState(
      {
        spec: {
          taints:
            taint === null ? [] : [{ key: "startup-taint.cluster-autoscaler.kubernetes.io/gpu-health", value: taint }],
        },
        status: {
          nodeInfo: { bootID: "this" },
          conditions: isAhead ? [says(`${ahead}. EventId: 1F`)] : [],
        },
      },
      "GpuHealthy",
    );
  const after = { ...report, maintenance: "1F" };
  const other = { ...after, bootId: "other" };

  it.each([
    ["an open node", node(null, true), report, "close", "maintenance", `Azure: ${ahead}. The node takes no new pods.`],
    [
      "an open node, observed",
      node(null, true),
      report,
      "observe",
      "open",
      `Azure: ${ahead}. The node stays open: remediate is observe. With close or drain it would take no new pods.`,
    ],
    ["a node that failed", node("pending", true), report, "close", "checks", `Azure: ${ahead}. The node stays closed.`],
    [
      "a node that waits for another event",
      node("maintenance", true),
      { ...report, maintenance: "1E" },
      "close",
      "maintenance",
      `Azure: ${ahead}. The node stays closed.`,
    ],
    [
      "a node that waited for it",
      node("maintenance", false),
      after,
      "close",
      "open",
      "Azure has nothing more ahead for the VM. The node is open.",
    ],
    [
      "a node that was started anew by it",
      node("maintenance", false),
      other,
      "close",
      "checks",
      "Azure has nothing more ahead for the VM. The node stays closed until its checks pass.",
    ],
    [
      "a node that failed before it",
      node("pending", false),
      after,
      "close",
      "checks",
      "Azure has nothing more ahead for the VM. The node stays closed until its checks pass.",
    ],
    [
      "a node that stayed open",
      node(null, false),
      after,
      "observe",
      "open",
      "Azure has nothing more ahead for the VM. The node stayed open.",
    ],
  ] as const)("closes and opens it: %s", (_, state, before, remediate, closing, message) => {
    const isAhead = state.maintenance !== null;
    expect(maintenanceStep(state, before, { remediate })).toEqual({
      report: { ...before, maintenance: isAhead ? "1F" : null },
      closing,
      event: {
        type: isAhead ? "Warning" : "Normal",
        reason: isAhead ? "GpuMaintenance" : "GpuMaintenanceOver",
        message,
      },
    });
  });
});
