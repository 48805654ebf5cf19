import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.join(__dirname, "../..");
const plan = path.join(root, "tests/preview/plan-file/storage.json");

function run(
  command: "bill" | "prices",
  ...args: readonly string[]
): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", "./cli/start.cjs", `cli/${command}.ts`, ...args],
    { cwd: root, encoding: "utf8" },
  );
  return { code: status, out: stdout, err: stderr };
}

describe("npm run bill", () => {
  it("prints the bill of a plan, for people and for machines", () => {
    const people = run("bill", plan);
    expect([people.code, people.err]).toEqual([0, ""]);
    expect(people.out).toContain("storage.json in northeurope: 5 resources of Azure, 1 line\n");
    const machines = JSON.parse(run("bill", plan, "--json", "--region", "West Europe").out) as object;
    expect(machines).toMatchObject({ location: "westeurope", resources: 5, cost: { fullUsdPerMonth: 76.8 } });
  });

  it("says what it needs, and refuses what it does not know", () => {
    const lostPlan = path.join(mkdtempSync(path.join(tmpdir(), "bill-")), "plan.json");
    const lost = ["a", "b", "c", "d", "e", "f"].map((name) => ({
      op: "create",
      newState: {
        urn: `urn:pulumi:dev::x::azure-native:network:NatGateway::${name}`,
        custom: true,
        type: "azure-native:network:NatGateway",
        inputs: {},
      },
    }));
    writeFileSync(lostPlan, JSON.stringify({ steps: lost, changeSummary: {} }));
    expect(run("bill", "--help").out).toContain("npm run bill -- FILE");
    for (const [args, message] of [
      [[], "FILE must be given"],
      [["a", "b"], "one FILE at a time"],
      [["nowhere.json"], "must be a file that is there"],
      [["cli"], "must be a file, and is a folder"],
      [[lostPlan], "does not say in which region a, b, c, d, e and 1 more will be"],
      [[lostPlan, "--region", "eastsu"], "eastus"],
    ] as const) {
      const { code, out, err } = run("bill", ...args);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toContain(message);
    }
  });
});

it("npm run prices refuses what it does not know before it asks anybody", () => {
  expect(run("prices", "--help").out).toContain("npm run prices");
  for (const [args, message] of [
    [["--region", "eastsu", "--url", "ftp://x"], "eastus"],
    [["--url", "ftp://x"], "must be the address of a list"],
    [["--nothing"], "--nothing"],
  ] as const) {
    const { code, out, err } = run("prices", ...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(message);
  }
});
