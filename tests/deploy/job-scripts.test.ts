import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { expand, shippedPipelines } from "./azure-pipelines";
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

/** The one script of a pipeline of Azure DevOps that runs a command. */
function pipelineScript(file: string, command: string, given: Readonly<Record<string, string>> = {}): string {
  const scripts: string[] = [];
  JSON.stringify(expand(shippedPipelines, file, given), (_, value: unknown) => {
    if (typeof value === "string" && value.includes(`${command} --`)) scripts.push(value);
    return value;
  });
  const [script] = scripts;
  if (script === undefined || scripts.length > 1)
    throw new Error(`${file} has ${scripts.length} scripts of ${command}`);
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

  it.each([0, 2, 3, 4, 70])("ends as the command does, with %d, and keeps the report", (code) => {
    program("deploy/azure-run", `echo "$@" > seen; echo report > "\${!#}"; exit ${code}`);
    expect(run(look, { ENVIRONMENT: "dev" }).code).toBe(code);
    expect(readFileSync(path.join(folder, "drift-dev.md"), "utf8")).toBe("report\n");
    expect(readFileSync(path.join(folder, "seen"), "utf8")).toBe(
      `npm run -s drift -- dev --markdown --out ${folder}/drift-dev.md\n`,
    );
  });
});

describe.each([
  ["GitHub", stepOf("drift.yml", "issue", ({ name }) => name === "One issue for each environment"), "drift"],
  ["Azure DevOps", pipelineScript("drift.yml", "npm run -s issue"), "drift-*"],
])("the issues on %s", (forge, script, where) => {
  const env = (): Readonly<Record<string, string>> => (forge === "GitHub" ? {} : { PIPELINE_WORKSPACE: folder });
  const fileOf = (environment: string): string =>
    path.join(folder, where.replace("*", environment), `drift-${environment}.md`);

  it("are kept by one command of all reports that there are", () => {
    for (const it of ["dev", "prod"]) {
      mkdirSync(path.dirname(fileOf(it)), { recursive: true });
      writeFileSync(fileOf(it), "$(touch broken)");
    }
    program("bin/npm", 'echo "$@" > seen');
    expect(run(script, env())).toEqual({ code: 0, out: "", err: "" });
    expect(readFileSync(path.join(folder, "seen"), "utf8")).toBe(
      `run -s issue -- ${fileOf("dev")} ${fileOf("prod")}\n`,
    );
    expect(existsSync(path.join(folder, "broken"))).toBe(false);
  });

  it("are not as good as kept where nothing was looked at", () => {
    const { code, err } = run(script, env());
    expect(code).toBe(1);
    expect(err).toBe("No environment left a report: the logs of look say why\n");
  });
});

describe.each([
  ["GitHub", stepOf("recover.yml", "recover", ({ name }) => name === "Recover")],
  ["Azure DevOps", pipelineScript("recover.yml", "npm run -s recover", { environment: "prod", stack: "prod" })],
])("recovering on %s", (_, script) => {
  it.each([
    ["looks, where nobody wrote the name", { CANCEL: "", SETTLE: "" }, ""],
    ["cancels", { CANCEL: "prod", SETTLE: "" }, " --cancel prod"],
    ["settles", { CANCEL: "", SETTLE: "prod" }, " --settle prod"],
    ["does both", { CANCEL: "prod", SETTLE: "prod" }, " --cancel prod --settle prod"],
    ["hands words on as they are", { CANCEL: "$(touch broken)", SETTLE: "" }, " --cancel $(touch broken)"],
  ])("%s", (__, words, options) => {
    program("deploy/azure-run", 'echo "$@" > seen; exit 1');
    expect(run(script, { STACK: "prod", ...words }).code).toBe(1);
    expect(readFileSync(path.join(folder, "seen"), "utf8")).toBe(`npm run -s recover -- prod${options}\n`);
    expect(existsSync(path.join(folder, "broken"))).toBe(false);
  });
});
