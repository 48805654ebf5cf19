import { expect, it } from "vitest";
import { type NodeState, nodeState } from "../../../../components/platform/node-health/controller/node-state";
import { partnersToAsk } from "../../../../components/platform/node-health/controller/partners-to-ask";

function node(name: string, more: Partial<NodeState> = {}): NodeState {
  const report = JSON.stringify({ verdict: "pass", bootId: "x", at: 1 });
  const metadata = { name, annotations: { "azure-gpu-cluster/gpu-health-report": report } };
  const status = { conditions: [{ type: "Ready", status: "True" }] };
  return { ...nodeState({ metadata, status }, "GpuHealthy"), ...more };
}
const names = (nodes: readonly NodeState[], now = 0): string[] => partnersToAsk(nodes, now).map(({ name }) => name);
const { report } = node("x");

it("asks nodes that work and passed, and no others", () => {
  const nodes = [
    node("works"),
    node("closed", { closed: true }),
    node("lost", { ready: false }),
    node("new", { report: null }),
    node("bad", { report: report === null ? null : { ...report, verdict: "fail" } }),
    node("unknown", { report: report === null ? null : { ...report, verdict: "no-evidence" } }),
  ];
  expect(names(nodes)).toEqual(["works"]);
  expect(names([])).toEqual([]);
});

it("asks nobody while a node is on its way", () => {
  expect(names([node("a"), node("b", { dueSince: 1 })])).toEqual([]);
});

it("asks three at once, and the next three half a minute later", () => {
  const nodes = ["a", "b", "c", "d", "e"].map((it) => node(it));
  expect([0, 29_999, 30_000, 60_000].map((now) => names(nodes, now).join(""))).toEqual(["abc", "abc", "dea", "bcd"]);
});
