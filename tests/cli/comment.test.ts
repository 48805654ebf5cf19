import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { main, readArguments } from "../../cli/comment";
import { commentPlans } from "../../cli/comment-plans";
import { commentMarker } from "../../delivery/comment/render-comment";
import { sealPlan } from "../../delivery/saved-plan";
import { type Answer, type ForgeServer, forgeTroubles, jobToken, startForge } from "../delivery/forge-server";
import { root } from "../stack-files";
import { runHere } from "./run-here";

const folder = mkdtempSync(path.join(tmpdir(), "comment-"));
const fileOf = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};
const planOf = (stack: string): string =>
  JSON.stringify(
    sealPlan({
      version: 1,
      ...{ stack, commit: "a".repeat(40), dirty: false, makers: ["ben@example.com"], subscriptionId: null },
      ...{ pulumi: "3.246.0", files: "b".repeat(64), state: "c".repeat(64) },
      ...{ steps: [], findings: [], bill: null, quota: [] },
      versions: { lock: "2026.10", retiredOn: null, before: null, moves: [] },
    }),
  );
const dev = fileOf("plan-dev.json", planOf("dev"));

let server: ForgeServer;
let trouble: Answer | undefined;
/** A run of GitHub for a pull request, which has no comment yet. */
const env = (): Readonly<Record<string, string>> => ({
  ...{ GITHUB_ACTIONS: "true", GITHUB_API_URL: server.origin, GITHUB_GRAPHQL_URL: `${server.origin}/graphql` },
  ...{ GITHUB_REPOSITORY: "o/r", GITHUB_REF: "refs/pull/5/merge", GITHUB_TOKEN: jobToken },
});

beforeEach(async () => {
  trouble = undefined;
  server = await startForge(({ path: at, method, token }) => {
    if (trouble !== undefined) return trouble;
    if (token !== jobToken) return { status: 401 };
    if (at === "/graphql") return { status: 200, json: { data: { viewer: { login: "github-actions[bot]" } } } };
    return method === "GET" ? { status: 200, json: [] } : { status: 201, json: {} };
  });
  // The forge that runs this test is none of its own.
  for (const it of ["GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI"]) vi.stubEnv(it, "");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});
const comment = (...args: string[]): ReturnType<typeof runHere> =>
  runHere(async () => {
    const command = readArguments(args);
    return command === "help" ? main(args) : commentPlans(command);
  });

describe("prints", () => {
  it("its help", async () => {
    const { code, out } = await comment("--help");
    expect({ code, out: out.split("\n")[0] }).toEqual({
      code: 0,
      out: expect.stringMatching(/^Makes one comment/) as unknown,
    });
  });

  it("the comment, and asks no forge", async () => {
    for (const [key, value] of Object.entries(env())) vi.stubEnv(key, value);
    const { code, out, err } = await comment(dev, "--expect", "dev", "--expect", "staging");
    expect({ code, err, asked: server.asked }).toEqual({ code: 0, err: "", asked: [] });
    expect(out).toMatch(new RegExp(`^${commentMarker}\n\n### staging: no plan\n`));
    expect(out).toContain("### dev: nothing changes");
  });

  it("that nothing could be planned, of no plan at all", async () => {
    const { code, out } = await comment("--expect", "dev");
    expect(code).toBe(0);
    expect(out).toContain("### dev: no plan");
  });
});

describe("refuses", () => {
  const sealed = planOf("dev");
  it.each<readonly [string, readonly string[], RegExp]>([
    ["no plan", [], /arguments: PLAN or --expect must be given.*npm run comment -- --help/],
    ["an option that there is none of", [dev, "--now"], /arguments: .*--now/],
    ["an option without its value", [dev, "--expect"], /arguments: .*--expect/],
    ["a file that is not there", [path.join(folder, "none.json")], /PLAN: must be a file that is there.*none\.json/],
    ["a folder", [folder], /PLAN: must be a file, and is a folder/],
    ["two plans of one stack", [dev, fileOf("again.json", sealed)], /PLAN: must be of a stack of its own.*dev/],
    ["what is no JSON", [fileOf("text.json", "hello")], /text\.json/],
    ["a plan that somebody changed", [fileOf("forged.json", sealed.replace('"dirty":false', '"dirty":true'))], /hash/],
    [
      "all that is wrong with several, at once",
      [folder, fileOf("empty.json", ""), fileOf("edited.json", sealed.replace('"dirty":false', '"dirty":true'))],
      /PLAN: must be a file, and is a folder.*\n.*empty\.json\.file: .*and is empty.*\n.*edited\.json\.hash: must be of its/,
    ],
    ["to post from a laptop", [dev, "--post"], /--post: must run in a pipeline.*Leave --post out/],
  ])("%s", async (_, args, message) => {
    const { code, error, out } = await comment(...args);
    expect({ code, out }).toEqual({ code: undefined, out: "" });
    expect(String(error)).toMatch(message);
  });

  it("a run whose variables are missing, all at once", async () => {
    vi.stubEnv("GITHUB_ACTIONS", "true");
    const names = ["GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "GITHUB_REPOSITORY", "GITHUB_REF", "GITHUB_TOKEN"];
    for (const it of names) vi.stubEnv(it, "");
    const { error } = await comment(dev, "--post");
    for (const it of names) expect(String(error)).toContain(`${it}: must be set`);
  });
});

describe("posts", () => {
  beforeEach(() => {
    for (const [key, value] of Object.entries(env())) vi.stubEnv(key, value);
  });

  it("what it would have printed, and says so", async () => {
    const { out: printed } = await comment(dev);
    expect(await comment(dev, "--post")).toMatchObject({ code: 0, out: "", err: "comment made\n" });
    const { method, path: at, body } = server.asked.at(-1) ?? {};
    expect({ method, at, body }).toEqual({
      method: "POST",
      at: "/repos/o/r/issues/5/comments",
      body: { body: printed },
    });
  });

  it.each(forgeTroubles)(
    "nothing where the forge answers with %s, and says so without the token",
    async (_, it, message) => {
      trouble = it;
      const { code, error, out, err } = await comment(dev, "--post");
      expect({ code, out, err }).toEqual({ code: undefined, out: "", err: "" });
      expect(String(error)).toMatch(message);
      expect(String(error)).not.toContain(jobToken);
    },
  );
});

describe("ends as a process", () => {
  const run = (
    args: readonly string[],
  ): Promise<{ readonly code: number; readonly out: string; readonly err: string }> =>
    new Promise((done) => {
      const started = ["--require", "./cli/start.cjs", "cli/comment.ts", ...args];
      const child = execFile(
        process.execPath,
        started,
        { cwd: root, env: { ...process.env, ...env() } },
        (_, out, err) => done({ code: child.exitCode ?? -1, out, err }),
      );
    });

  it.each<readonly [number, string, Answer | undefined, readonly string[], RegExp]>([
    [0, "a comment that is made", undefined, [dev, "--post"], /^comment made\n$/],
    [
      2,
      "a right that is missing",
      { status: 403 },
      [dev, "--post"],
      /^The comment is misconfigured:\n.*answered 403.*\n$/,
    ],
    [2, "a slip of the pen", undefined, ["--expcet", "dev"], /^The command is misconfigured:\n[^]*--expcet/],
  ])("with %i for %s, without a trace and without the token", async (code, _, it, args, message) => {
    trouble = it;
    const ended = await run(args);
    expect(ended).toMatchObject({ code, out: "" });
    expect(ended.err).toMatch(message);
    expect(ended.err).not.toMatch(new RegExp(`${jobToken}|\\n    at `));
  });
});
