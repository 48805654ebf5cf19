import { expect, it } from "vitest";
import { readRecord, type ReplacedMachine, withFailure, withMachine } from "../../replacement/replacement-record";

const one: ReplacedMachine = {
  ...{ node: "a", nodePool: "h100d1", physicalHost: "host-a", reasons: ["NvLinks: down"] },
  at: "2026-12-01T12:00:00.000Z",
};

it("reads what it wrote", () => {
  const h100 = withFailure(withMachine([], one), "a", "no right");
  expect(readRecord({ h100: JSON.stringify(h100) }, "node-health")).toEqual({ h100: [{ ...one, failed: "no right" }] });
});

it("fails for each value that somebody broke, and names its key", () => {
  const data = { h100: "[", a10: '[{"node":"a"}]', h200: JSON.stringify([one]) };
  const rule = "must be a JSON list of machines, each with node, nodePool, physicalHost, reasons and at";
  const remedy = "Correct it, or delete the key: kubectl --namespace node-health edit configmap node-replacements";
  expect(() => readRecord(data, "node-health")).toThrow(
    [
      "The ConfigMap node-replacements in namespace node-health is misconfigured:",
      `  h100: ${rule}; got "[". ${remedy}`,
      `  a10: ${rule}; got "[{\\"node\\":\\"a\\"}]". ${remedy}`,
    ].join("\n"),
  );
});

it("remembers a hundred machines, the newest last, and little of what each failed by", () => {
  let machines: readonly ReplacedMachine[] = [];
  for (let at = 0; at < 101; at++)
    machines = withMachine(machines, {
      ...one,
      node: `n${at}`,
      reasons: Array.from({ length: 9 }, () => "x".repeat(999)),
    });
  expect([machines.length, machines[0]?.node, machines.at(-1)?.node]).toEqual([100, "n1", "n100"]);
  expect(machines[0]?.reasons.map((it) => it.length)).toEqual([300, 300, 300, 300, 300]);
});

it("lists a machine once that is tried again, and one twice whose name came again", () => {
  const failed = withFailure([one], "a", "no right");
  expect(withMachine(failed, one)).toEqual([one]);
  expect(withMachine([one], one)).toEqual([one, one]);
});
