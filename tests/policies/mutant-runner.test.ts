import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";

// A sandbox as Stryker makes one: a number that is worked out while its module loads, changed by mutant 0, and what tests it.
const sandbox = {
  "subject.ts": `export const subject = (globalThis as any).__stryker__.activeMutant === "0" ? 2 : 1;`,
  "other.ts": "export const other = 1;",
  "subject.test.ts": `
    import { expect, it } from "vitest";
    import { subject } from "./subject";
    it("is one", () => expect(subject).toBe(1));`,
};

describe("the runner of mutants", () => {
  it("knows in a process without a dry run which test files need a file", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "mutants-"));
    for (const [name, text] of Object.entries(sandbox)) writeFileSync(path.join(folder, name), text);

    expect(runnerIn(folder, `dryRun({ testFiles: ["subject.test.ts"], coverageAnalysis: "off" })`)).toMatchObject({
      status: "complete",
      tests: [{ name: "subject.test.ts is one" }],
    });
    expect(runnerIn(folder, mutantRun("subject.ts"))).toMatchObject({
      status: "killed",
      killedBy: ["subject.test.ts is one"],
    });
    expect(runnerIn(folder, mutantRun("other.ts"))).toBe("No test file is known that needs the file of mutant 0.");
  });
});

function mutantRun(file: string): string {
  return `mutantRun({ activeMutant: { id: "0" }, reloadEnvironment: true, sandboxFileName: ${JSON.stringify(file)} })`;
}

/** What a runner in a process of its own answers, or why it throws. */
function runnerIn(folder: string, call: string): unknown {
  const runner = pathToFileURL(path.join(__dirname, "mutant-runner.mts")).href;
  const script = `
    const { MutantRunner } = await import(${JSON.stringify(runner)});
    const answer = await new MutantRunner().${call}.catch(({ message }) => message);
    process.stdout.write(JSON.stringify(answer));`;
  const args = ["--import", pathToFileURL(require.resolve("tsx")).href, "--input-type=module", "--eval", script];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" }));
}
