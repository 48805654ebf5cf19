import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CheckPod,
  nextStep,
  type NextStep,
} from "../../../../components/platform/node-health/controller/next-step";
import type { NodeState, Report } from "../../../../components/platform/node-health/controller/node-state";
import {
  awaitingPair,
  closedLater,
  outcomeOf,
  type OutcomeFacts,
  type Result,
} from "../../../../components/platform/node-health/controller/outcome";
import { closingHeldBack, mayBeEmptied } from "../../../../components/platform/node-health/controller/remedy";

const hour = 3_600_000;
const now = Date.parse("2026-11-21T12:00:00Z");
const config = { remediate: "observe" as const, recheckHours: 168, retryHours: 2, deadlineMinutes: 60 };
const node: NodeState = {
  name: "a",
  uid: "u",
  resourceVersion: "1",
  pool: "h100",
  nodePool: "h1001",
  domain: "h1001",
  bootId: "this",
  ready: true,
  devices: { "nvidia.com/gpu": 8, "rdma/ib": 8, cpu: 96 },
  taints: [],
  closed: false,
  held: false,
  maintenance: null,
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
  checks: [],
  awaitsPair: false,
  remedy: null,
  maintenance: null,
});
const event = { id: "1F3A", what: "Redeploy Scheduled: Mon, 30 Nov 2026 10:00:00 GMT" };
const lost = (resource: string, left: number): Partial<NodeState> => ({
  devices: { ...node.devices, [resource]: left },
});
const running: CheckPod = { name: "pod", finished: false, address: null, waiting: "" };

describe("the next step of a node", () => {
  const devices = { "nvidia.com/gpu": 8, "rdma/ib": 8 };
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
      "passed its own checks",
      { dueSince: now - 60_000, report: { ...report("no-evidence", 0), awaitsPair: true } },
      { ...running, finished: true },
      { kind: "pair" },
    ],
    [
      "passed its own checks before these",
      { dueSince: now - 60_000, report: { ...report("no-evidence", 1), awaitsPair: true } },
      { ...running, finished: true },
      { kind: "judge", pod: "pod" },
    ],
    [
      "passed its own checks before it was started anew",
      { dueSince: now - 60_000, report: { ...report("no-evidence", 0, "other"), awaitsPair: true } },
      { ...running, finished: true },
      { kind: "judge", pod: "pod" },
    ],
    ["Azure will move", { maintenance: event, report: report("pass", 1) }, null, { kind: "maintenance" }],
    [
      "Azure will move, as was said",
      { maintenance: event, report: { ...report("pass", 1), maintenance: event.id } },
      null,
      { kind: "wait" },
    ],
    ["Azure moves no more", { report: { ...report("pass", 1), maintenance: event.id } }, null, { kind: "maintenance" }],
    [
      "Azure will move before it was ever checked",
      { maintenance: event, closed: true },
      null,
      { kind: "check", close: false },
    ],
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
  ] satisfies [string, Partial<NodeState>, CheckPod | null, NextStep][])("that %s", (_, state, checkPod, step) => {
    expect(nextStep({ ...node, ...state }, { now, checkPod, config, devices, heldBack: () => null })).toEqual(step);
  });

  const failed = { ...report("fail", 1), reasons: ["Xid: 1, must be at most 0 errors of the driver"] };
  const slow = { ...failed, reasons: ["AllReduce: 391, must be at least 460 GB/s"] };
  it.each([
    ["observe", { report: failed }, null, "wait"],
    ["close", { report: failed }, null, "close"],
    ["close", { report: failed }, "too many of its pool are closed", "wait"],
    ["close", { report: failed, closed: true }, null, "wait"],
    ["drain", { report: slow }, null, "close"],
    ["drain", { report: slow, closed: true }, null, "wait"],
    ["drain", { report: failed, closed: true }, null, "drain"],
    ["drain", { report: failed, closed: true }, "b was closed a minute ago", "wait"],
    [
      "drain",
      { report: { ...failed, remedy: { action: "drain", at: now } }, closed: true },
      "b was closed a minute ago",
      "drain",
    ],
    ["drain", { report: report("no-evidence", 1), closed: true }, null, "wait"],
    ["drain", { report: { ...failed, bootId: "other" }, closed: true }, null, "check"],
  ] satisfies ["observe" | "close" | "drain", Partial<NodeState>, string | null, NextStep["kind"]][])(
    "with remediate: %s for %j, held back by %j, is %s",
    (remediate, state, held, kind) => {
      const facts = { now, checkPod: null, config: { ...config, remediate }, devices, heldBack: () => held };
      expect(nextStep({ ...node, ...state }, facts).kind).toBe(kind);
    },
  );
});

describe("what checks change", () => {
  const check = { name: "Xid", measured: 1, bound: "at most", limit: 0, unit: "errors of the driver" } as const;
  const pass: Result = { verdict: "pass", reasons: [], physicalHost: "YTO21PrdGPU012", checks: [] };
  const fail: Result = {
    ...pass,
    verdict: "fail",
    reasons: ["AllReduce: 391.2, must be at least 460 GB/s", "Xid: 1"],
    checks: [check],
  };
  const nothing: Result = {
    ...pass,
    verdict: "no-evidence",
    reasons: ["GpuCount: no evidence, the log has no part 'gpus'"],
    physicalHost: null,
  };
  const facts: OutcomeFacts = { now, heldBack: null, remediate: "close" };
  const closed = { ...node, closed: true };
  const replace = "To replace it: npm run replace -- ENVIRONMENT a";
  const host = "Physical host: YTO21PrdGPU012.";
  const evidence = "AllReduce: 391.2, must be at least 460 GB/s; Xid: 1.";

  it.each<[string, NodeState, Result, OutcomeFacts, string, string, [string, string] | null]>([
    [
      "a closed node that passes",
      closed,
      pass,
      facts,
      "open",
      "True",
      ["GpuHealthPassed", `All checks passed. ${host} The node is open.`],
    ],
    ["an open node that passes", node, pass, facts, "open", "True", null],
    [
      "a closed node that passes without a partner",
      closed,
      { ...pass, reasons: ["InfinibandPair: no partner in its domain"] },
      facts,
      "open",
      "True",
      ["GpuHealthPassed", `All checks passed; InfinibandPair: no partner in its domain. ${host} The node is open.`],
    ],
    [
      "a closed node that passes while Azure is about to move it",
      { ...closed, maintenance: event },
      pass,
      facts,
      "maintenance",
      "True",
      ["GpuHealthPassed", `All checks passed. ${host} The node stays closed: ${event.what}.`],
    ],
    [
      "a closed node that fails",
      closed,
      fail,
      facts,
      "checks",
      "False",
      ["GpuHealthFailed", `${evidence} ${host} The node stays closed. ${replace}`],
    ],
    [
      "an open node that fails",
      node,
      fail,
      facts,
      "checks",
      "False",
      ["GpuHealthFailed", `${evidence} ${host} The node is closed. ${replace}`],
    ],
    [
      "an open node that fails, observed",
      node,
      fail,
      { ...facts, remediate: "observe" },
      "open",
      "False",
      [
        "GpuHealthFailed",
        `${evidence} ${host} The node stays open: remediate is observe. With close or drain it would take no new pods.`,
      ],
    ],
    [
      "one too many",
      node,
      fail,
      { ...facts, heldBack: "too many of its pool are closed" },
      "open",
      "False",
      ["GpuHealthFailed", `${evidence} ${host} The node stays open: too many of its pool are closed.`],
    ],
    [
      "a closed node without evidence",
      closed,
      nothing,
      facts,
      "checks",
      "Unknown",
      ["GpuHealthUnknown", "GpuCount: no evidence, the log has no part 'gpus'. The node stays closed."],
    ],
    [
      "an open node without evidence",
      node,
      nothing,
      facts,
      "open",
      "Unknown",
      ["GpuHealthUnknown", "GpuCount: no evidence, the log has no part 'gpus'. The node stays open."],
    ],
  ])("of %s", (_, state, result, given, closing, status, said) => {
    const outcome = outcomeOf(state, result, given);
    expect([outcome.closing, outcome.condition.status]).toEqual([closing, status]);
    expect(outcome.event === null ? null : [outcome.event.reason, outcome.event.message]).toEqual(said);
  });

  it("is written down with what was measured, what was done and what Azure announced", () => {
    expect(outcomeOf(node, fail, facts).report).toEqual({
      ...fail,
      bootId: "this",
      at: now,
      awaitsPair: false,
      remedy: { action: "close", at: now },
      maintenance: null,
    });
    const known = { ...report("fail", 1), remedy: { action: "drain", at: 5 }, maintenance: event.id } as const;
    expect(outcomeOf({ ...closed, report: known }, fail, facts).report).toMatchObject({
      remedy: { action: "drain", at: 5 },
      maintenance: event.id,
    });
    // A node that passed and fails again is another case.
    expect(outcomeOf({ ...closed, report: known }, pass, facts).report.remedy).toBeNull();
  });

  it("names the first fault", () => {
    expect(outcomeOf(node, fail, facts).condition).toEqual({
      status: "False",
      reason: "AllReduce",
      message: `${evidence} ${host}`,
    });
  });

  it("fits into an event, with the machine and the end, however much there is to say", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 300 }), { minLength: 1, maxLength: 20 }), (reasons) => {
        const message = outcomeOf(node, { ...fail, reasons }, facts).event?.message ?? "";
        expect(message.length).toBeLessThanOrEqual(1024);
        expect(message.endsWith(` ${host} The node is closed. ${replace}`)).toBe(true);
        const later = closedLater(node, { ...report("fail", 1), reasons }).message;
        expect(later.length).toBeLessThanOrEqual(1024);
        expect(later.endsWith(replace)).toBe(true);
      }),
    );
  });

  it("opens a node by a pass alone, and closes none but for a failure", () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.constantFrom(pass, fail, nothing),
        fc.constantFrom(null, "too many"),
        fc.constantFrom("observe" as const, "close" as const, "drain" as const),
        (isClosed, result, heldBack, remediate) => {
          const { closing } = outcomeOf({ ...node, closed: isClosed }, result, { now, heldBack, remediate });
          if (isClosed && closing === "open") expect(result).toBe(pass);
          if (!isClosed && closing !== "open") {
            expect([result, heldBack, remediate === "observe"]).toEqual([fail, null, false]);
          }
        },
      ),
    );
  });

  it("lets a node wait for another one: a new node shows nothing yet, one that works goes on", () => {
    const waits = { ...pass, bootId: "this", at: now, awaitsPair: true, remedy: null, maintenance: null };
    const reasons = ["InfinibandPair: it waits for another node of its domain"];
    expect(awaitingPair(closed, pass, now)).toEqual({ ...waits, verdict: "no-evidence", reasons });
    expect(awaitingPair(node, pass, now)).toEqual({ ...waits, verdict: "pass", reasons });
  });
});

describe("a pool", () => {
  const limits = { maxClosedPercent: 10, coolDownMinutes: 10 };
  const failed = { ...node, closed: true, report: report("fail", 1) };

  it.each([
    [1, 0, true],
    [1, 1, false],
    [10, 0, true],
    [10, 1, false],
    [40, 3, true],
    [40, 4, false],
  ])("of %i nodes with %i closed ones bears one more: %s", (nodes, closed, may) => {
    const all = Array.from({ length: nodes }, (_, at) =>
      // One more is closed that is new.
      at < closed ? failed : at === closed ? { ...node, closed: true } : node,
    );
    expect(closingHeldBack(all, limits, now)).toBe(may ? null : "too many of its pool are closed");
  });

  it.each([
    [9.99, "b was closed or emptied less than 10 minutes ago"],
    [10, null],
  ])("in which a node was closed %f minutes ago is held back by %j", (minutes, because) => {
    const remedy = { action: "close", at: now - minutes * 60_000 } as const;
    const all = [
      ...Array.from({ length: 40 }, () => node),
      { ...failed, name: "b", report: { ...failed.report, remedy } },
    ];
    expect(closingHeldBack(all, limits, now)).toBe(because);
  });

  it.each([
    ["Devices: the node hands out 7 of 8 nvidia.com/gpu", true],
    ["Xid: 1, must be at most 0 errors of the driver", true],
    ["Adapters: 7, must be exactly 8 ports at 400 Gb/s", true],
    ["AllReduce: 391, must be at least 460 GB/s", false],
    ["InfinibandPair: 371, must be at least 380 Gb/s", false],
    ["LinkFlaps: 6, must be at most 4 times down", false],
  ])("empties a node for %s: %s", (reason, empties) => {
    expect(mayBeEmptied({ ...report("fail", 1), reasons: [reason] })).toBe(empties);
    expect(mayBeEmptied({ ...report("no-evidence", 1), reasons: [reason] })).toBe(false);
  });
});
