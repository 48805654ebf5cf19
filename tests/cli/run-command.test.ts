import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../stack-files";

it("ends with 70 for a type without a row, and says which file to edit", () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", "./cli/start.cjs", "tests/cli/unregistered-type.ts"],
    { cwd: root, encoding: "utf8" },
  );
  expect([status, stdout]).toEqual([70, ""]);
  expect(stderr).toContain("No row for azure-native:keyvault:Secret: add Secret to azure/keyvault.ts");
  expect(stderr).not.toMatch(/unhandled|promise/i);
});

it("ends with 2 for a folder that is no checkout of the published types", () => {
  const { status, stderr } = spawnSync(process.execPath, ["--require", "tsx/cjs", "cli/azure-types.ts", "tests"], {
    cwd: root,
    encoding: "utf8",
  });
  expect(status).toBe(2);
  expect(stderr).toContain("FOLDER: must be a checkout of https://github.com/Azure/bicep-types-az");
});

describe("a command whose reader has gone away", () => {
  const run = async (closed: "stdout" | "stderr", args: readonly string[]): Promise<[code: unknown, other: string]> => {
    const child = spawn(process.execPath, ["--require", "./cli/start.cjs", ...args], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child[closed].destroy();
    let other = "";
    child[closed === "stdout" ? "stderr" : "stdout"].setEncoding("utf8").on("data", (text: string) => (other += text));
    const [code] = (await once(child, "close")) as unknown[];
    return [code, other];
  };

  it.each<[number, "stdout" | "stderr", string, ...string[]]>([
    [0, "stdout", "preview", "dev", "--json"],
    [0, "stdout", "rehearse", "--help"],
    [0, "stdout", "azure-types", "--help"],
    [2, "stderr", "preview", "nobody"],
  ])("ends with %i and says nothing: without %s, %s %s", async (code, closed, command, ...args) => {
    expect(await run(closed, [`cli/${command}.ts`, ...args])).toEqual([code, ""]);
  });

  it("is every command", () => {
    const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { scripts: object };
    const commands = Object.values(scripts).flatMap((it: string) => /cli\/\S+\.ts/.exec(it) ?? []);
    expect(commands.length).toBeGreaterThan(4);
    for (const it of commands)
      expect(readFileSync(path.join(root, it), "utf8"), it).toMatch(
        /^(if \(require\.main === module\) )?runCommand\(/m,
      );
  });
});

it("ends with 2 and no stack trace when the output cannot be written", () => {
  const full = openSync("/dev/full", "w");
  const { status, stderr } = spawnSync(process.execPath, ["--require", "./cli/start.cjs", "cli/preview.ts", "--help"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", full, "pipe"],
  });
  closeSync(full);
  expect([status, stderr]).toEqual([2, "The output could not be written: ENOSPC: no space left on device, write\n"]);
});
