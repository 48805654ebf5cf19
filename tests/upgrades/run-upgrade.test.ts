import { describe, expect, it } from "vitest";
import { findLock } from "../../catalog/version-locks";
import { planUpgrade } from "../../upgrades/plan-upgrade";
import { type GateResult, runUpgrade, takeBack, type UpgradeRun } from "../../upgrades/run-upgrade";
import { facts } from "./upgrade-facts";

const { steps } = planUpgrade(facts(), findLock("2026.12"));

async function run(
  gate: (pool: string | undefined) => readonly GateResult[],
): Promise<{ readonly result: UpgradeRun; readonly log: readonly string[] }> {
  const log: string[] = [];
  const result = await runUpgrade(steps, {
    write: (edits) => void log.push(...edits.map(({ path, value }) => `${path.join(".")}=${value ?? "none"}`)),
    up: (stack) => Promise.resolve(void log.push(`up ${stack}`)),
    verify: ({ pool }) => {
      log.push("verify");
      return Promise.resolve(gate(pool));
    },
  });
  return { result, log };
}

const pass: GateResult = { name: "all-reduce", verdict: "pass" };

describe("runUpgrade", () => {
  it("does all steps when every gate opens", async () => {
    const { result, log } = await run(() => [pass, { name: "rate", verdict: "measured" }]);
    expect(result).toEqual({ done: steps.map(({ title }) => title), stopped: null });
    expect(log.filter((it) => it === "verify")).toHaveLength(3);
  });

  it.each([
    [[pass, { name: "gemm", verdict: "fail" }], ["gemm: fail"]],
    [[{ name: "gemm", verdict: "warn" }], ["gemm: warn"]],
    [[pass, { name: "gemm", verdict: "no-evidence" }], ["gemm: no-evidence"]],
    [[], ["nothing was measured"]],
  ] as const)("touches no other pool after the canary when its gate says %j", async (results, because) => {
    const { result, log } = await run((pool) => (pool === "gpuPools.small" ? results : [pass]));
    expect(result.stopped).toMatchObject({ step: { pool: "gpuPools.small" }, because });
    expect(log.filter((it) => it.endsWith("=none"))).toEqual(["gpuPools.small.kubernetesVersion=none"]);
    expect(log.at(-1)).toBe("verify");
  });

  it("takes back what a step wrote, and brings its stacks there", async () => {
    const canary = steps.find((it) => it.canary === true);
    if (canary === undefined) throw new Error("The plan has no canary.");
    const log: string[] = [];
    await takeBack(canary, {
      write: (edits) => void log.push(...edits.map(({ path, value }) => `${path.join(".")}=${value ?? "none"}`)),
      up: (stack) => Promise.resolve(void log.push(`up ${stack}`)),
    });
    expect(log).toEqual(["gpuPools.small.kubernetesVersion=1.36", "up dev"]);
  });
});
