import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextStep, type NextStep } from "../../../../components/platform/node-health/controller/next-step";
import type { NodeState, Report } from "../../../../components/platform/node-health/controller/node-state";
import {
  mayCloseAnother,
  outcomeOf,
  type Result,
} from "../../../../components/platform/node-health/controller/outcome";

const hour = 3_600_000;
const now = Date.parse("2026-11-21T12:00:00Z");
const config = { recheckHours: 168, retryHours: 2, deadlineMinutes: 60 };
const node: NodeState = {
  name: "a",
  uid: "u",
  resourceVersion: "1",
  pool: "h100",
  bootId: "this",
  ready: true,
  devices: { "nvidia.com/gpu": 8, "rdma/ib": 8, cpu: 96 },
  taints: [],
  closed: false,
  dueSince: null,
  report: null,
  condition: null,
};
const report = (verdict: Report["verdict"], hours: number, bootId = "this"): Report => ({
  verdict,
  bootId,
  at: now - hours * hour,
  reasons: [],
  physicalHost: null,
});
const lost = (resource: string, left: number): Partial<NodeState> => ({
  devices: { ...node.devices, [resource]: left },
});
const running = { name: "pod", finished: false, waiting: "" };

describe("the next step of a node", () => {
  it.each([
    ["is new", { closed: true }, null, { kind: "check", close: false }],
    ["worked before anybody checked", {}, null, { kind: "check", close: false }],
    ["is not ready", { closed: true, ready: false }, null, { kind: "wait" }],
    ["passed", { report: report("pass", 167) }, null, { kind: "wait" }],
    ["passed long ago", { report: report("pass", 168) }, null, { kind: "check", close: false }],
    [
      "lost a GPU",
      { ...lost("nvidia.com/gpu", 7), report: report("pass", 1) },
      null,
      { kind: "fail", why: "Devices: the node hands out 7 of 8 nvidia.com/gpu" },
    ],
    [
      "lost a GPU, and is known for that",
      { ...lost("nvidia.com/gpu", 7), report: report("fail", 1) },
      null,
      { kind: "wait" },
    ],
    ["has no plugin for a moment", { ...lost("rdma/ib", 0), report: report("pass", 1) }, null, { kind: "wait" }],
    [
      "lacks an adapter",
      { ...lost("rdma/ib", 6), dueSince: now - hour },
      running,
      { kind: "fail", why: "Devices: the node hands out 6 of 8 rdma/ib" },
    ],
    ["was started anew", { report: report("pass", 1, "other") }, null, { kind: "check", close: true }],
    [
      "was started anew, closed",
      { closed: true, report: report("fail", 1, "other") },
      null,
      { kind: "check", close: false },
    ],
    ["failed", { closed: true, report: report("fail", 1.9) }, null, { kind: "wait" }],
    ["failed a while ago", { closed: true, report: report("fail", 2) }, null, { kind: "check", close: false }],
    [
      "showed nothing a while ago",
      { closed: true, report: report("no-evidence", 2) },
      null,
      { kind: "check", close: false },
    ],
    ["is being checked", { dueSince: now - 59 * 60_000 }, running, { kind: "wait" }],
    ["waits for its checks", { dueSince: now - 59 * 60_000 }, null, { kind: "wait" }],
    ["has been checked", { dueSince: now }, { ...running, finished: true }, { kind: "judge", pod: "pod" }],
    [
      "got no pod",
      { dueSince: now - hour },
      null,
      { kind: "give-up", why: "no result in 60 minutes: no pod came to check it" },
    ],
    [
      "lacks a GPU",
      { dueSince: now - hour },
      { ...running, waiting: "0/3 nodes are available: 1 Insufficient nvidia.com/gpu." },
      { kind: "give-up", why: "no result in 60 minutes: 0/3 nodes are available: 1 Insufficient nvidia.com/gpu." },
    ],
    [
      "is checked for too long",
      { dueSince: now - hour },
      running,
      { kind: "give-up", why: "no result in 60 minutes: the checks still run" },
    ],
  ] satisfies [string, Partial<NodeState>, typeof running | null, NextStep][])(
    "that %s",
    (_, state, checkPod, step) => {
      expect(
        nextStep({ ...node, ...state }, { now, checkPod, config, devices: { "nvidia.com/gpu": 8, "rdma/ib": 8 } }),
      ).toEqual(step);
    },
  );
});

describe("what checks change", () => {
  const pass: Result = { verdict: "pass", reasons: [], physicalHost: "YTO21PrdGPU012" };
  const fail: Result = { ...pass, verdict: "fail", reasons: ["AllReduce: 391.2, must be at least 460 GB/s", "Xid: 1"] };
  const nothing: Result = {
    verdict: "no-evidence",
    reasons: ["GpuCount: no evidence, the log has no part 'gpus'"],
    physicalHost: null,
  };
  const facts = { now, mayClose: true, remediate: "close" } as const;
  const closed = { ...node, closed: true };

  it.each([
    ["a closed node that passes", closed, pass, facts, "remove", "True", "GpuHealthPassed", "The node is open."],
    ["an open node that passes", node, pass, facts, "keep", "True", undefined, ""],
    ["a closed node that fails", closed, fail, facts, "keep", "False", "GpuHealthFailed", "The node stays closed."],
    ["an open node that fails", node, fail, facts, "add", "False", "GpuHealthFailed", "The node is closed."],
    [
      "an open node that fails, observed",
      node,
      fail,
      { ...facts, remediate: "observe" as const },
      "keep",
      "False",
      "GpuHealthFailed",
      "stays open: remediate is observe.",
    ],
    [
      "one too many",
      node,
      fail,
      { ...facts, mayClose: false },
      "keep",
      "False",
      "GpuHealthFailed",
      "stays open: too many of its pool are closed.",
    ],
    [
      "a closed node without evidence",
      closed,
      nothing,
      facts,
      "keep",
      "Unknown",
      "GpuHealthUnknown",
      "The node stays closed.",
    ],
    [
      "an open node without evidence",
      node,
      nothing,
      facts,
      "keep",
      "Unknown",
      "GpuHealthUnknown",
      "The node stays open.",
    ],
  ] as const)("of %s", (_, state, result, given, taint, status, reason, ends) => {
    const { event, condition, ...rest } = outcomeOf(state, result, given);
    expect(rest).toEqual({ taint, report: { ...result, bootId: "this", at: now } });
    expect(condition.status).toBe(status);
    expect(event?.reason).toBe(reason);
    expect(event?.message ?? "").toMatch(new RegExp(`${ends.replace(/\./g, "\\.")}$`));
  });

  it("names the first fault, the evidence and the machine", () => {
    expect(outcomeOf(node, fail, facts)).toMatchObject({
      condition: {
        reason: "AllReduce",
        message: "AllReduce: 391.2, must be at least 460 GB/s; Xid: 1. Physical host: YTO21PrdGPU012.",
      },
      event: {
        type: "Warning",
        message:
          "AllReduce: 391.2, must be at least 460 GB/s; Xid: 1. Physical host: YTO21PrdGPU012. The node is closed.",
      },
    });
  });

  it("fits into an event, with the machine and the end, however much there is to say", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 300 }), { minLength: 1, maxLength: 20 }), (reasons) => {
        const { event } = outcomeOf(node, { ...fail, reasons }, facts);
        expect(event?.message.length).toBeLessThanOrEqual(1024);
        expect(event?.message).toMatch(/ Physical host: YTO21PrdGPU012\. The node is closed\.$/);
      }),
    );
  });

  it("opens a node by a pass alone, and closes none but for a failure", () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.constantFrom(pass, fail, nothing),
        fc.boolean(),
        fc.constantFrom("observe" as const, "close" as const),
        (isClosed, result, mayClose, remediate) => {
          const { taint } = outcomeOf({ ...node, closed: isClosed }, result, { now, mayClose, remediate });
          if (taint === "remove") expect(result).toBe(pass);
          if (taint === "add") expect([result, mayClose, remediate, isClosed]).toEqual([fail, true, "close", false]);
        },
      ),
    );
  });

  it.each([
    [1, 0, true],
    [1, 1, false],
    [10, 0, true],
    [10, 1, false],
    [40, 3, true],
    [40, 4, false],
  ])("of a pool of %i nodes with %i closed ones bears one more: %s", (nodes, failed, may) => {
    const all = Array.from({ length: nodes }, (_, at) =>
      at < failed ? { ...closed, report: report("fail", 1) } : at === failed ? closed : node,
    );
    expect(mayCloseAnother(all, 10)).toBe(may);
  });
});
