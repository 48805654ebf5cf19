import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { main } from "../../cli/verify";
import { verifyStack } from "../../cli/verify-stack";
import { MisconfiguredError } from "../../core/problems";
import { root, shippedStacks } from "../stack-files";
import { runHere } from "./run-here";

const usage = "arguments: ";

/** The first problem that a command tells before anything runs. */
async function refusal(command: () => Promise<number>): Promise<string | undefined> {
  const { error, out, err } = await runHere(command);
  expect({ error, out, err }).toEqual({ error: expect.any(MisconfiguredError) as unknown, out: "", err: "" });
  return (error as MisconfiguredError).message.split("\n")[1];
}

it("ends with 2 and the reason for a file that is not there", () => {
  const args = ["--require", "./cli/start.cjs", "cli/verify.ts", "dev", "--compare", "nowhere.json"];
  const said = '  --compare: must be a file that is there; got "nowhere.json"';
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  expect([status, stdout, stderr.split("\n")[1]?.slice(0, said.length)]).toEqual([2, "", said]);
});

it("tells of a file of something else before anything runs", async () => {
  const command = { environment: "dev", only: [], kubeconfig: undefined, context: undefined, waitMinutes: 60 };
  const compare = { file: "package.json", tolerancePercent: 5 };
  const told = await refusal(() => verifyStack(shippedStacks.dev, { ...command, compare, dryRun: false, json: false }));
  const said = "  --compare: must be a file with what npm run verify printed with --json; got package.json.";
  expect(told?.slice(0, said.length)).toBe(said);
});

it.each([
  ["of nothing", ["--tolerance", "5"], `  ${usage}--tolerance is about --compare, which is not there.`],
  [
    "that is no number",
    ["--compare", "package.json", "--tolerance", "few"],
    `  ${usage}--tolerance must be percent, 0 or more and below 100; got few.`,
  ],
])("a tolerance %s is told before anything runs", async (_, args, said) => {
  const told = await refusal(() => main(["dev", ...args]));
  expect(told?.slice(0, said.length)).toBe(said);
});
