import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { expand, shippedPipelines } from "./azure-pipelines";
import { readFiles, shipped } from "./github-files";

const title = "The commit of the plan, which main must hold";
const given = {
  stack: "prod",
  planPipeline: "1",
  planRun: "2",
  deployPipeline: "1",
  verificationRun: "2",
  approval: "{}",
};

interface Stages {
  readonly stages: {
    jobs: { strategy: { runOnce: { deploy: { steps: { displayName?: string; bash?: string }[] } } } }[];
  }[];
}

const scripts: readonly (readonly [forge: string, variable: string, script: string | undefined])[] = [
  [
    "GitHub",
    "RUNNER_TEMP",
    readFiles(shipped)
      .flatMap(({ jobs }) => jobs["apply"]?.steps ?? [])
      .find(({ name }) => name === title)?.run,
  ],
  [
    "Azure DevOps",
    "AGENT_TEMPDIRECTORY",
    (
      expand(shippedPipelines, "production.yml", given) as unknown as Stages
    ).stages[0]?.jobs[0]?.strategy.runOnce.deploy.steps.find(({ displayName }) => displayName === title)?.bash,
  ],
];

describe.each(scripts)("production on %s", (_, variable, script = "") => {
  let clone: string;
  const commits: Record<string, string> = {};

  beforeAll(() => {
    const folder = mkdtempSync(path.join(tmpdir(), "plan-commit-"));
    const [origin, work] = [path.join(folder, "origin"), path.join(folder, "work")];
    clone = path.join(folder, "clone");
    const git = (cwd: string, ...args: string[]): string =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
        cwd,
        encoding: "utf8",
      }).trim();
    for (const it of [origin, work]) mkdirSync(it);
    git(origin, "init", "--quiet", "--bare", "--initial-branch", "main");
    git(work, "init", "--quiet", "--initial-branch", "main");
    for (const name of ["reviewed", "newer"]) {
      git(work, "commit", "--quiet", "--allow-empty", "--message", name);
      commits[name] = git(work, "rev-parse", "HEAD");
    }
    git(work, "push", "--quiet", origin, "main");
    git(work, "checkout", "--quiet", "-b", "feature");
    git(work, "commit", "--quiet", "--allow-empty", "--message", "unreviewed");
    commits["unreviewed"] = git(work, "rev-parse", "HEAD");
    git(work, "push", "--quiet", origin, "feature");
    git(folder, "clone", "--quiet", origin, clone);
  });

  /** Runs the step with a plan that names a commit. @returns exit code, and where the clone is afterwards */
  const run = (commit: unknown): readonly [number | null, string] => {
    const temporary = mkdtempSync(path.join(tmpdir(), "runner-"));
    mkdirSync(path.join(temporary, "plan"));
    writeFileSync(path.join(temporary, "plan", "plan-prod.json"), JSON.stringify({ commit }));
    execFileSync("git", ["checkout", "--quiet", "main"], { cwd: clone });
    const env = { ...process.env, STACK: "prod", [variable]: temporary, GITHUB_OUTPUT: path.join(temporary, "output") };
    const { status } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
      cwd: clone,
      env,
    });
    return [status, execFileSync("git", ["rev-parse", "HEAD"], { cwd: clone, encoding: "utf8" }).trim()];
  };

  it("takes a commit that main holds, an older one too", () => {
    expect(run(commits["reviewed"])).toEqual([0, commits["reviewed"]]);
    expect(run(commits["newer"])).toEqual([0, commits["newer"]]);
  });

  it.each([
    ["a commit of a branch", () => commits["unreviewed"]],
    ["a commit that there is none of", () => "0".repeat(40)],
    ["a branch in place of a commit", () => "origin/feature"],
    ["an option of git", () => "--force"],
    ["more than one line", () => `${commits["reviewed"] ?? ""}\n${commits["unreviewed"] ?? ""}`],
    ["a number", () => 1],
    ["nothing", () => undefined],
  ])("refuses %s, and stays where it is", (_, commit) => {
    const [code, where] = run(commit());
    expect(code).not.toBe(0);
    expect(where).toBe(commits["newer"]);
  });
});
