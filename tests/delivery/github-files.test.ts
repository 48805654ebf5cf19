import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { root } from "../stack-files";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly if?: string;
  readonly environment?: string;
  readonly concurrency?: object;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = path.join(root, "deploy", "github");
const files = readdirSync(folder).map((name) => {
  const text = readFileSync(path.join(folder, name), "utf8");
  return { name, text, workflow: parse(text) as Workflow };
});

it("has the three files", () => {
  expect(files.map(({ name }) => name)).toEqual(["deploy.yml", "preview.yml", "production.yml"]);
});

describe.each(files)("$name", ({ text, workflow }) => {
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((it) => it.steps);

  it("holds no secret and gives a job no right that it does not name (G1, G17)", () => {
    expect(text).not.toMatch(/secrets\.|client-secret/);
    expect(workflow.permissions).toEqual({});
  });

  it("runs nothing of a fork with rights (G5, S1, S2)", () => {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    if (!("pull_request" in workflow.on)) return;
    for (const job of jobs) expect(job.if).toBe("github.event.pull_request.head.repo.full_name == github.repository");
  });

  it("pins every action by a commit and leaves no token on the disk (G15, G18, S3)", () => {
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/@[0-9a-f]{40}$/);
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.map((it) => it.with?.["persist-credentials"])).toEqual(jobs.map(() => false));
  });

  it("puts nothing that somebody may write into a script (G19, S32), and runs no script of a package (G16)", () => {
    for (const { run = "" } of steps) {
      expect(run).not.toContain("${{");
      if (run.includes("npm ci")) expect(run).toContain("--ignore-scripts");
    }
  });

  it("writes no file into the clone: the plan would not be of the commit alone", () => {
    const written = steps.flatMap(({ run = "" }) =>
      [...run.matchAll(/(?:--out |\s>>? )(\S+)/g)].map(([, target = ""]) => target),
    );
    const outside = /^"\$(RUNNER_TEMP|GITHUB_PATH)\b/;
    expect(written.filter((it) => !outside.test(it))).toEqual([]);
  });

  it("lets one job a stack apply, and never cancels it (G2, G7, G8)", () => {
    for (const job of jobs) {
      expect(job["timeout-minutes"]).toBeGreaterThan(0);
      const applies = job.steps.some(({ run = "" }) => run.includes("apply --"));
      expect(job.environment).toMatch(applies ? /^(dev|prod)$/ : /^plan-(dev|prod)$/);
      if (applies)
        expect(job.concurrency).toEqual({ group: `pulumi-${job.environment ?? ""}`, "cancel-in-progress": false });
    }
  });
});
