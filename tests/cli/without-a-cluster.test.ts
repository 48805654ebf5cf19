import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { root } from "../stack-files";
import { commands } from "./commands";

/** Runs a command as npm starts it. */
function run(name: string, ...args: readonly string[]) {
  const { start, program } = commands.find((it) => it.name === name) ?? { start: "", program: "" };
  return spawnSync(process.execPath, ["--require", start, program, ...args], { cwd: root, encoding: "utf8" });
}

const cluster =
  "environment: must have a stack that makes a cluster, in its file or in one that lies beside it. Name a stack";

// The stack of pipelines has neither a cluster nor machines.
test.each([
  ["dashboards", [], cluster],
  [
    "park",
    [],
    "environment: must be one with compute: what pipelines need is all data, and stays. Name an environment",
  ],
  ["replace", [], cluster],
  ["upgrade", ["--to", "2026.12"], cluster],
  ["verify", [], cluster],
] as const)("npm run %s of a stack without a cluster says what to name instead", (name, more, said) => {
  const { status, stdout, stderr } = run(name, "bootstrap", ...more);
  expect(stderr).toContain(said);
  expect([status, stdout]).toEqual([2, ""]);
});
