import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect, it } from "vitest";
import { root } from "../stack-files";

const usage = "arguments: ";

it.each([
  [
    "a file that is not there",
    ["--compare", "nowhere.json"],
    "  --compare: must be a file that can be read; got nowhere.json.",
  ],
  [
    "a file of something else",
    ["--compare", "package.json"],
    "  --compare: must be a file with what npm run verify printed with --json; got package.json.",
  ],
  ["a tolerance of nothing", ["--tolerance", "5"], `  ${usage}--tolerance is about --compare, which is not there.`],
  [
    "a tolerance that is no number",
    ["--compare", "package.json", "--tolerance", "few"],
    `  ${usage}--tolerance must be percent, 0 or more and below 100; got few.`,
  ],
])("%s is told before anything runs", async (_, args, said) => {
  const child = spawn(process.execPath, ["--require", "./cli/start.cjs", "cli/verify.ts", "dev", ...args], {
    cwd: path.resolve(root),
    stdio: ["ignore", "inherit", "pipe"],
  });
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (it: string) => (err += it));
  const [code] = (await once(child, "close")) as unknown[];
  expect(err.split("\n")[1]?.slice(0, said.length)).toBe(said);
  expect(code).toBe(2);
});
