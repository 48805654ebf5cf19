import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readVerdict } from "../../cli/read-verdict";
import { main } from "../../cli/upgrade";
import { type UpgradeCommand, upgradeStack } from "../../cli/upgrade-stack";
import { MisconfiguredError } from "../../core/problems";
import { plainStacks, today } from "../stack-files";
import { runHere } from "./run-here";

const file = plainStacks.dev;
const command: UpgradeCommand = { environment: "dev", to: "2026.12", json: false, rehearse: false, verdict: undefined };

// Locks and Kubernetes versions end on a day.
beforeAll(() => vi.useFakeTimers({ now: new Date(`${today}T12:00:00Z`), toFake: ["Date"] }));
afterAll(() => vi.useRealTimers());

/** What a misconfiguration says, one line for each problem. */
function problemsOf(error: unknown): string[] {
  if (!(error instanceof MisconfiguredError)) throw error;
  return error.problems.map(({ path: at, rule }) => `${at}: ${rule}`);
}

describe("npm run upgrade", () => {
  it("prints each step with its lines, commands, drain, minutes, cost, way back and gate, and writes nothing", async () => {
    const before = readFileSync(file, "utf8");
    const { code, out } = await runHere(() => upgradeStack(file, command));
    expect(code).toBe(0);
    expect(out).toContain("lock 2026.10 to 2026.12, Kubernetes 1.36 to 1.37\n");
    const canary = /\n4\. ([\s\S]*?)\n\n/.exec(out)?.[1]?.split("\n") ?? [];
    expect(canary[0]).toBe("canary: gpuPools.a10, one AKS pool of Standard_NV36ads_A10_v5");
    expect(canary.slice(1).map((it) => it.trim().split(/ {2,}/)[0])).toEqual([
      ...["write", "run", "run", "run", "updated", "drained", "surge", "takes", "costs"],
      ...["back", "back", "back", "back until", "gate"],
    ]);
    expect(out).toMatch(/\nTogether \d+ to \d+ minutes, at most \$\d+\.\d\d\. Assumed:/);
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  it("prints the same for machines", async () => {
    const { out } = await runHere(() => upgradeStack(file, { ...command, json: true }));
    const plan = JSON.parse(out) as { readonly canary: string; readonly steps: readonly { readonly kind: string }[] };
    expect(plan).toMatchObject({ from: "2026.10", to: "2026.12", canary: "a10" });
    expect(plan.steps.map(({ kind }) => kind)).toEqual([
      ...["control-plane", "system-pool", "operators"],
      ...["pool", "pool", "pool"],
    ]);
  });

  it.each([
    [[file], /--to must be given/],
    [[file, "--to", "2026.12", "--verdict", "x"], /--verdict is about --rehearse/],
    [[file, "--to", "2026.12", "--force"], /--force/],
  ])("refuses %j", async (args, message) => {
    const { error } = await runHere(() => main(args));
    expect(error).toBeInstanceOf(MisconfiguredError);
    expect(String(error)).toMatch(message);
  });

  it.each([
    ["2026.21", ["to: must be a lock that exists"]],
    ["2026.10", ["to: must be another lock: the environment has this one"]],
  ])("plans no way to %s", async (to, problems) => {
    const { error, out } = await runHere(() => upgradeStack(file, { ...command, to }));
    expect({ problems: problemsOf(error), out }).toEqual({ problems, out: "" });
  });
});

describe("readVerdict", () => {
  const at = path.join(mkdtempSync(path.join(tmpdir(), "verdict-")), "verdict.json");

  it("takes names and verdicts of what verify printed, and nothing else of it", () => {
    const results = [{ name: "gemm", verdict: "fail", more: 1 }];
    writeFileSync(at, JSON.stringify({ environment: "dev", results }));
    expect(readVerdict(at)).toEqual([{ name: "gemm", verdict: "fail" }]);
  });

  it.each(["", "[]", '{"results":[{"name":"gemm"}]}', '{"results":[{"name":"gemm","verdict":"fine"}]}'])(
    "refuses %j",
    (content) => {
      writeFileSync(at, content);
      expect(() => readVerdict(at)).toThrow(MisconfiguredError);
    },
  );

  it("refuses a file that is not there, by its name", () => {
    try {
      readVerdict(`${at}.not`);
      expect.unreachable();
    } catch (error) {
      expect(problemsOf(error)).toEqual([expect.stringMatching(/^--verdict: must be a file that is there/)]);
    }
  });
});
