import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { root } from "../stack-files";

const secret = "s3cret-token-of-the-job";
const folder = mkdtempSync(path.join(tmpdir(), "made-by-"));
let reviewed = "";
let other = "";
let server: Server;
let origin = "";
/** What the forge says of a run, and of a pipeline of Azure DevOps. */
let told: Readonly<Record<string, unknown>>;

const git = (...args: string[]): string =>
  execFileSync("git", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
const commit = (): string => {
  git("-c", "user.name=ben", "-c", "user.email=b@example.com", "commit", "--quiet", "--allow-empty", "--message", "x");
  return git("rev-parse", "HEAD");
};

beforeAll(() => {
  git("init", "--quiet", "--initial-branch", "main");
  reviewed = commit();
  git("update-ref", "refs/remotes/origin/main", reviewed);
  other = commit();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  server = createServer(({ url = "", headers }, answer) => {
    const said = headers.authorization === `Bearer ${secret}` ? told[url] : undefined;
    answer.writeHead(said === undefined ? 404 : 200).end(JSON.stringify(said ?? { message: "Not Found" }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((done) => server.close(done)));

function madeBy(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly err: string }> {
  const child = spawn(path.join(root, "deploy", "made-by"), args, {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", HOME: folder, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let err = "";
  child.stderr.on("data", (it: Buffer) => (err += it.toString()));
  return new Promise((done) => child.on("close", (code) => done({ code, err })));
}

interface Case {
  readonly env: () => Readonly<Record<string, string>>;
  /** Answers for a run that was made as it should be, but for what is given. */
  readonly says: (but: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  /** What is wrong with a run, and what is told of it. */
  readonly wrong: readonly (readonly [string, () => Readonly<Record<string, unknown>>, RegExp])[];
}

const forges: Readonly<Record<string, Case>> = {
  GitHub: {
    env: () => ({
      ...{ GITHUB_ACTIONS: "true", GITHUB_TOKEN: secret, GITHUB_API_URL: origin, GITHUB_REPOSITORY: "octo/estate" },
    }),
    says: (but) => ({
      "/repos/octo/estate/actions/runs/7": {
        ...{ head_sha: reviewed, event: "push", path: ".github/workflows/deploy.yml" },
        ...but,
      },
    }),
    wrong: [
      [
        "a pull request",
        () => ({ event: "pull_request" }),
        /must be started by push or workflow_dispatch; got pull_re/,
      ],
      [
        "another file",
        () => ({ path: ".github/workflows/preview.yml" }),
        /made by .github\/workflows\/deploy.yml; got/,
      ],
      ["a branch", () => ({ head_sha: other, head_branch: "main" }), /must be of a commit that main holds; got/],
      ["no commit", () => ({ head_sha: "--all" }), /must be of a commit that main holds; got --all/],
      [
        "nothing that is known",
        () => ({ head_sha: null, event: null, path: null }),
        /made by.*started by.*of a commit/,
      ],
    ],
  },
  "Azure DevOps": {
    env: () => ({
      ...{ TF_BUILD: "True", SYSTEM_ACCESSTOKEN: secret, SYSTEM_COLLECTIONURI: `${origin}/org/` },
      ...{ SYSTEM_TEAMPROJECTID: "p", BUILD_REPOSITORY_ID: "r" },
    }),
    says: ({ definition, ...but }) => ({
      "/org/p/_apis/build/builds/7?api-version=7.1": {
        ...{ sourceVersion: reviewed, sourceBranch: "refs/heads/main", definition: { id: 3 } },
        ...but,
      },
      "/org/p/_apis/build/definitions/3?api-version=7.1": {
        ...{ repository: { id: "r" }, process: { yamlFilename: "/deploy/azure-devops/deploy.yml" } },
        ...(definition as object | undefined),
      },
    }),
    wrong: [
      [
        "a pull request",
        () => ({ sourceBranch: "refs/pull/5/merge" }),
        /must be started by refs\/heads\/main; got refs\/p/,
      ],
      ["a commit of a branch", () => ({ sourceVersion: other }), /must be of a commit that main holds; got/],
      [
        "another pipeline",
        () => ({ definition: { process: { yamlFilename: "deploy/azure-devops/preview.yml" } } }),
        /must be made by deploy\/azure-devops\/deploy.yml; got/,
      ],
      ["another repository", () => ({ definition: { repository: { id: "s" } } }), /must be of this repository; got s/],
      ["no file", () => ({ definition: { process: { type: 1 } } }), /must be made by deploy\/azure-devops\/deploy.yml/],
    ],
  },
};

describe.each(Object.entries(forges))("on %s", (_, { env, says, wrong }) => {
  it("takes a run of main by the file that is named", async () => {
    told = says({});
    expect(await madeBy(["7", "deploy.yml"], env())).toEqual({ code: 0, err: "" });
  });

  it.each(wrong)("refuses one of %s", async (__, but, message) => {
    told = says(but());
    const { code, err } = await madeBy(["7", "deploy.yml"], env());
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(message) as string });
    expect(err).not.toContain(secret);
  });

  it("refuses one that the forge does not know, or does not tell", async () => {
    told = {};
    const { code, err } = await madeBy(["7", "deploy.yml"], env());
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/run 7: the forge does not tell of it/) as string,
    });
  });

  it.each([[["../7", "deploy.yml"]], [["7 8", "deploy.yml"]], [["", "deploy.yml"]], [["7", "../deploy.yml"]], [[]]])(
    "refuses %j",
    async (args) => {
      told = says({});
      const { code, err } = await madeBy(args, env());
      expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/(RUN|FILE) must be .*; got/) as string });
    },
  );
});

it("refuses a laptop, which no forge tells of its runs", async () => {
  expect(await madeBy(["7", "deploy.yml"], {})).toEqual({
    code: 2,
    err: "deploy/made-by: must run in a pipeline of GitHub or Azure DevOps\n",
  });
});
