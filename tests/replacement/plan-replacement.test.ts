import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mayBeEmptied } from "../../components/platform/node-health/controller/remedy";
import { hasFailed, isClosed, type Machine, machineOf } from "../../replacement/machine";
import { planReplacement, type ReplacementCase } from "../../replacement/plan-replacement";
import type { ReplacementFacts } from "../../replacement/replacement-facts";
import type { ReplacedMachine } from "../../replacement/replacement-record";

const now = Date.parse("2026-12-01T12:00:00Z");
const facts: ReplacementFacts = {
  ...{ clusterName: "aks", resourceGroupName: "rg", namespace: "node-health" },
  ...{ maxClosedPercent: 10, coolDownMinutes: 10 },
  agentPools: { h100: [{ name: "h100d1", count: 8 }], a10: [{ name: "a10", count: null }] },
};
const links = "NvLinks: 2 of 18 links are down";
const slow = "HostCopy: 20 GB/s, and at least 50 are expected";

interface Made {
  readonly pool?: string;
  readonly nodePool?: string;
  readonly verdict?: string | null;
  readonly boot?: string;
  readonly at?: number;
  readonly reason?: string;
  readonly closed?: boolean;
  readonly cordoned?: boolean;
}

function machine(name: string, made: Made = {}): Machine {
  const { pool = "h100", nodePool = "h100d1", verdict = "fail", boot = "first", at = 1, reason = links } = made;
  const { closed = true, cordoned = false } = made;
  const report = JSON.stringify({ verdict, bootId: boot, at, reasons: [reason], physicalHost: `host-${name}` });
  return machineOf({
    metadata: {
      name,
      labels: { "azure-gpu-cluster/pool": pool, "kubernetes.azure.com/agentpool": nodePool },
      annotations: verdict === null ? {} : { "azure-gpu-cluster/gpu-health-report": report },
    },
    spec: {
      unschedulable: cordoned,
      taints: closed ? [{ key: "startup-taint.cluster-autoscaler.kubernetes.io/gpu-health" }] : [],
    },
    status: { nodeInfo: { bootID: "first" } },
  });
}

const healthy = (count: number): Machine[] =>
  Array.from({ length: count }, (_, at) => machine(`good-${at}`, { verdict: "pass", closed: false }));

function replaced(node: string, minutesAgo: number, more: Partial<ReplacedMachine> = {}): ReplacedMachine {
  const at = new Date(now - minutesAgo * 60_000).toISOString();
  return { node, nodePool: "h100d1", physicalHost: null, reasons: [], at, ...more };
}

/** Names of what goes, and why the others stay. */
function told(it: Partial<ReplacementCase>, more: Partial<ReplacementFacts> = {}): readonly [string[], string[]] {
  const plan = planReplacement({ machines: [], named: [], record: {}, now, ...it }, { ...facts, ...more });
  return [
    plan.replace.map(({ machine: { name } }) => name),
    plan.heldBack.map(({ node, why, due }) => `${node}: ${why}${due ? "" : " (not due)"}`),
  ];
}

describe("of the nodes of a pool goes", () => {
  const suspect = "nodes failed: suspect the image or driver, not the machines";
  const next = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();

  it.each<[string, Partial<ReplacementCase>, Partial<ReplacementFacts>, string[], string[]]>([
    ["none that passed", { machines: healthy(3) }, {}, [], []],
    ["one that lost links and is closed", { machines: [machine("bad"), ...healthy(3)] }, {}, ["bad"], []],
    ["one that a person closed", { machines: [machine("bad", { closed: false, cordoned: true })] }, {}, ["bad"], []],
    [
      "none that still takes pods",
      { machines: [machine("bad", { closed: false }), ...healthy(3)] },
      {},
      [],
      ["bad: it failed and still takes pods: if it is to go, kubectl cordon bad first (not due)"],
    ],
    ["none that failed before it was started anew", { machines: [machine("bad", { boot: "before" })] }, {}, [], []],
    ["none without evidence", { machines: [machine("bad", { verdict: "no-evidence" })] }, {}, [], []],
    ["none of a pool that is somebody else's", { machines: [machine("bad", { pool: "theirs" })] }, {}, [], []],
    [
      "none that is only slow",
      { machines: [machine("slow", { reason: slow })] },
      {},
      [],
      ["slow: slow only: name it to replace it (not due)"],
    ],
    [
      "a slow one by its name, and then no other",
      { machines: [machine("slow", { reason: slow }), machine("bad"), ...healthy(20)], named: ["slow"] },
      {},
      ["slow"],
      [],
    ],
    [
      "one, the one that failed first, and another after a pause",
      { machines: [machine("b", { at: 2 }), machine("c", { at: 1 }), ...healthy(20)] },
      {},
      ["c"],
      [`b: one node of a pool every 10 minutes: the next may go at ${next(10)}`],
    ],
    [
      "as many at once as the percentage bears, without a pause",
      { machines: [machine("a"), machine("b"), ...healthy(18)] },
      { coolDownMinutes: 0 },
      ["a", "b"],
      [],
    ],
    [
      "by name at most as many as the percentage bears",
      { machines: [machine("a"), machine("b"), ...healthy(3)], named: ["b", "a"] },
      { coolDownMinutes: 0 },
      ["a"],
      ["b: at most 1 of 5 nodes at once: run the command again when they are back"],
    ],
    [
      "none while the last one is fresh",
      { machines: [machine("bad")], record: { h100: [replaced("old", 60), replaced("last", 4)] } },
      {},
      [],
      [`bad: last was replaced at ${replaced("", 4).at}: the next may go at ${next(6)}`],
    ],
    [
      "none while the last one is fresh, by name either",
      { machines: [machine("bad")], record: { h100: [replaced("last", 4)] }, named: ["bad"] },
      {},
      [],
      [`bad: last was replaced at ${replaced("", 4).at}: the next may go at ${next(6)}`],
    ],
    [
      "one when the pause is over",
      { machines: [machine("bad")], record: { h100: [replaced("last", 10)] } },
      {},
      ["bad"],
      [],
    ],
    [
      "one whatever another pool did",
      { machines: [machine("bad")], record: { a10: [replaced("last", 4)] } },
      {},
      ["bad"],
      [],
    ],
    [
      "one although Azure did not delete the last one",
      { machines: [machine("bad")], record: { h100: [replaced("bad", 4, { failed: "no right" })] } },
      {},
      ["bad"],
      [],
    ],
    [
      "none where more failed than the percentage bears",
      { machines: [machine("a"), machine("b"), ...healthy(3)] },
      {},
      [],
      [`a: 2 of 5 ${suspect}`, `b: 2 of 5 ${suspect}`],
    ],
    ["one of so many, by its name", { machines: [machine("a"), machine("b")], named: ["b"] }, {}, ["b"], []],
    [
      "none of an AKS node pool that nobody planned",
      { machines: [machine("bad", { nodePool: "old" })] },
      {},
      [],
      ["bad: its AKS node pool old is none of the stack file, which has h100d1"],
    ],
    [
      "one of each pool",
      { machines: [machine("bad"), machine("worse", { pool: "a10", nodePool: "a10" })] },
      {},
      ["bad", "worse"],
      [],
    ],
  ])("%s", (_, it, more, replace, heldBack) => {
    expect(told(it, more)).toEqual([replace, heldBack]);
  });
});

it("fails for all names at once that are none of a node which may go, and says why and what was meant", () => {
  const machines = [
    machine("aks-h100-vmss000000"),
    machine("good", { verdict: "pass", closed: false }),
    machine("new", { verdict: null }),
    machine("again", { boot: "before" }),
    machine("open", { closed: false }),
  ];
  const named = ["aks-h100-vmss00000", "good", "new", "again", "open", "aks-h100-vmss000000", "good"];
  const failed = "Failed: aks-h100-vmss000000, open";
  expect(() => told({ machines, named })).toThrow(
    [
      "The command is misconfigured:",
      '  NODE: must be a node of a GPU pool of the environment; got "aks-h100-vmss00000". Closest: aks-h100-vmss000000',
      `  NODE: must be a node that failed its checks: its verdict is pass; got "good". ${failed}`,
      `  NODE: must be a node that failed its checks: it has no verdict; got "new". ${failed}`,
      `  NODE: must be a node that failed its checks: its verdict is from before it was started anew; got "again". ${failed}`,
      '  NODE: must be closed: it failed, and still takes pods; got "open". If it is to go, close it first: kubectl cordon open',
    ].join("\n"),
  );
});

it("keeps to its limits, whatever the nodes and the record are", () => {
  const machines = fc
    .array(
      fc.record({
        pool: fc.constantFrom("h100", "a10"),
        verdict: fc.constantFrom("pass", "fail", "no-evidence"),
        boot: fc.constantFrom("first", "before"),
        reason: fc.constantFrom(links, slow),
        closed: fc.boolean(),
        at: fc.nat(100),
      }),
      { maxLength: 40 },
    )
    .map((all) => all.map((it, at) => machine(`n${at}`, { ...it, nodePool: it.pool === "a10" ? "a10" : "h100d1" })));
  const record = fc.array(fc.integer({ min: -5, max: 30 }), { maxLength: 3 });
  const limits = fc.record({ maxClosedPercent: fc.integer({ min: 1, max: 100 }), coolDownMinutes: fc.nat(20) });
  fc.assert(
    fc.property(machines, record, limits, (all, ago, more) => {
      const it = { machines: all, named: [], now, record: { h100: ago.map((minutes) => replaced("old", minutes)) } };
      const { replace, heldBack } = planReplacement(it, { ...facts, ...more });
      for (const pool of ["h100", "a10"]) {
        const of = all.filter((one) => one.pool === pool);
        const gone = replace.filter((one) => one.machine.pool === pool);
        expect(gone.length).toBeLessThanOrEqual(Math.max(1, (of.length * more.maxClosedPercent) / 100));
        if (more.coolDownMinutes > 0) expect(gone.length).toBeLessThanOrEqual(1);
      }
      if (ago.some((minutes) => minutes < more.coolDownMinutes) && more.coolDownMinutes > 0)
        expect(replace.filter((one) => one.machine.pool === "h100")).toEqual([]);
      for (const { machine: one } of replace)
        expect([hasFailed(one), isClosed(one), one.report !== null && mayBeEmptied(one.report)]).toEqual([
          true,
          true,
          true,
        ]);
      // Each node that failed is told of once.
      const names = [...replace.map((one) => one.machine.name), ...heldBack.map(({ node }) => node)];
      expect(names.sort()).toEqual(
        all
          .filter(hasFailed)
          .map(({ name }) => name)
          .sort(),
      );
    }),
  );
});
