import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { readFiles, shipped, type Step } from "./github-files";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "scripts-"));
});

function stepOf(file: string, job: string, pick: (step: Step) => boolean): string {
  const steps = readFiles(shipped).find(({ name }) => name === file)?.jobs[job]?.steps ?? [];
  const script = steps.find((it) => it.run !== undefined && pick(it))?.run;
  if (script === undefined) throw new Error(`${file} has no such step in ${job}`);
  return script;
}

/** Runs a script as GitHub does, in a folder of its own, where programs lie in `bin`. */
function run(script: string, env: Readonly<Record<string, string>>): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
    cwd: folder,
    encoding: "utf8",
    env: {
      HOME: folder,
      PATH: `${path.join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
      RUNNER_TEMP: folder,
      ...env,
    },
  });
  return { code: status, out: stdout, err: stderr };
}

function program(name: string, text: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/usr/bin/env bash\n${text}\n`);
  chmodSync(file, 0o755);
}

describe("the gate of a pull request", () => {
  const gate = stepOf("preview.yml", "gate", () => true);
  const cases: readonly (readonly [string, readonly string[], boolean, boolean])[] = [
    ["all that went well", ["success", "success", "success"], false, true],
    ["a fork, which is only checked", ["success", "skipped", "skipped"], true, true],
    ["a leg that failed", ["success", "failure", "success"], false, false],
    ["one that was stopped", ["success", "cancelled", "success"], false, false],
    ["plans that were skipped though they were due", ["success", "skipped", "skipped"], false, false],
    ["a fork that fails its checks", ["failure", "skipped", "skipped"], true, false],
  ];

  it.each(cases)("for %s", (_, results, fork, open) => {
    const { code } = run(gate, { RESULTS: JSON.stringify(results), FORK: String(fork) });
    expect(code === 0).toBe(open);
  });
});

describe("the comment of a pull request", () => {
  const comment = stepOf("preview.yml", "comment", ({ name }) => name === "One comment");

  it.each([
    ["all plans", ["dev", "staging"]],
    ["a leg that left no plan", ["staging"]],
    ["no plan at all", []],
  ])("tells of %s", (_, stacks) => {
    mkdirSync(path.join(folder, "plans"));
    const files = stacks.map((it) => path.join(folder, "plans", `plan-${it}.json`));
    for (const it of files) writeFileSync(it, "{}");
    program("bin/npm", 'echo "$@" > seen');
    expect(run(comment, {}).code).toBe(0);
    const seen = readFileSync(path.join(folder, "seen"), "utf8").trim();
    expect(seen).toBe(["run -s comment --", ...files, "--expect dev --expect staging --post"].join(" "));
  });
});

describe("looking for drift", () => {
  const look = stepOf("drift.yml", "look", ({ name }) => name === "Look");

  it.each([0, 2, 3, 4, 70])("ends as the command does, with %d, and keeps report and code", (code) => {
    program("deploy/azure-run", `echo "$@" > seen; echo report > "\${!#}"; exit ${code}`);
    expect(run(look, { ENVIRONMENT: "dev" }).code).toBe(code);
    expect(readFileSync(path.join(folder, "drift/dev.code"), "utf8")).toBe(`${code}\n`);
    expect(readFileSync(path.join(folder, "drift/dev.md"), "utf8")).toBe("report\n");
    expect(readFileSync(path.join(folder, "seen"), "utf8")).toBe(
      `npm run -s drift -- dev --markdown --out ${folder}/drift/dev.md\n`,
    );
  });
});

describe("the issue of an environment", () => {
  const write = stepOf("drift.yml", "issue", () => true);
  const issues = [
    { number: 7, title: "Drift of staging" },
    { number: 8, title: "Drift of staging-2" },
  ];

  /** What the forge was asked to change, for reports with these codes. */
  const asked = (codes: Readonly<Record<string, number>>): string[] => {
    mkdirSync(path.join(folder, "drift"));
    for (const [environment, code] of Object.entries(codes)) {
      writeFileSync(path.join(folder, "drift", `${environment}.md`), "$(touch broken) `touch broken` report");
      writeFileSync(path.join(folder, "drift", `${environment}.code`), `${code}\n`);
    }
    program(
      "bin/gh",
      `if [[ "$2" == list ]]; then echo '${JSON.stringify(issues)}'; else echo "$@" >> "$RUNNER_TEMP/asked"; fi`,
    );
    const { code, err } = run(write, {});
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(existsSync(path.join(folder, "broken"))).toBe(false);
    return readFileSync(path.join(folder, "asked"), "utf8").trim().split("\n").slice(1);
  };
  const file = (environment: string): string => path.join(folder, "drift", `${environment}.md`);

  it("is opened for harm", () => {
    expect(asked({ dev: 4 })).toEqual([`issue create --title Drift of dev --label drift --body-file ${file("dev")}`]);
  });
  it("is brought up to date while harm lasts, or while not all could be looked at", () => {
    expect(asked({ staging: 3 })).toEqual([`issue edit 7 --body-file ${file("staging")}`]);
  });
  it("is closed when there is no harm any more", () => {
    expect(asked({ staging: 0 })).toEqual(["issue close 7 --comment Gone: no drift, or a harmless one."]);
  });
  it("is not opened where there is none", () => expect(asked({ dev: 0 })).toEqual([]));
  it("is one for each", () => {
    expect(asked({ dev: 4, prod: 2, staging: 4 }).map((it) => it.split(" ").slice(0, 2).join(" "))).toEqual([
      "issue create",
      "issue create",
      "issue edit",
    ]);
  });
});
