import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { main } from "../../cli/issue";
import { reportMarker } from "../../drift/report-marker";
import { jobToken, startForge } from "../delivery/forge-server";
import { runHere } from "./run-here";

const folder = mkdtempSync(path.join(tmpdir(), "issue-"));
const fileOf = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};
const report = (environment: string, code: number): string =>
  fileOf(`drift-${environment}.md`, `${reportMarker(environment, code)}\n\n## Drift of ${environment}\n`);
const issue = (...args: string[]): ReturnType<typeof runHere> => {
  for (const it of ["GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI"]) vi.stubEnv(it, "");
  return runHere(() => main(args));
};
afterEach(() => void vi.unstubAllEnvs());

it("prints its help", async () => {
  expect(await issue("--help")).toMatchObject({ code: 0, out: expect.stringMatching(/^Keeps one issue/) as unknown });
});

describe("refuses", () => {
  it.each<readonly [string, readonly string[], RegExp]>([
    ["no report", [], /arguments: REPORT must be given.*npm run issue -- --help/],
    ["an option that there is none of", [report("dev", 4), "--post"], /arguments: .*--post/],
    ["a file that is not there", [path.join(folder, "none.md")], /REPORT: must be a file that is there/],
    ["a report that is none", [fileOf("text.md", "# Drift of dev\n")], /REPORT: must begin with the line.*text\.md/],
    [
      "a mark that says no code",
      [fileOf("old.md", "<!-- azure-gpu-cluster drift dev -->\n")],
      /must begin with the line/,
    ],
    [
      "two of one environment",
      [report("dev", 4), report("dev", 4)],
      /REPORT: must be of an environment of its own.*dev/,
    ],
    [
      "all that is wrong with several, at once",
      [path.join(folder, "none.md"), folder, fileOf("other.md", "# Drift\n")],
      /none\.md.*\n.*must be a file, and is a folder.*\n.*must begin with the line.*other\.md/,
    ],
    ["to run on a laptop", [report("dev", 4)], /REPORT: must be told in a pipeline.*npm run drift prints the report/],
  ])("%s", async (_, args, message) => {
    const { code, error, out } = await issue(...args);
    expect({ code, out }).toEqual({ code: undefined, out: "" });
    expect(String(error)).toMatch(message);
  });

  it("all reports that are none at once, with nothing written", async () => {
    const { error } = await issue(fileOf("a.md", "a"), report("dev", 4), fileOf("b.md", "b"));
    expect(String(error)).toMatch(/a\.md[^]*b\.md/);
  });
});

it("keeps one issue for each report, and says which", async () => {
  const server = await startForge(({ path: at, method }) => {
    if (at === "/graphql") return { status: 200, json: { data: { viewer: { login: "us" } } } };
    const there = [{ number: 4, user: { login: "us" }, body: `${reportMarker("prod", 4)}\nold` }];
    return { status: 200, json: method === "GET" ? there : {} };
  });
  const reports = [report("dev", 4), report("staging", 0), report("prod", 0)];
  const [marker, variables] = ["GITHUB_ACTIONS", { GITHUB_API_URL: server.origin, GITHUB_REPOSITORY: "o/r" }];
  const ran = await runHere(() => {
    for (const it of ["TF_BUILD", "GITLAB_CI"]) vi.stubEnv(it, "");
    const all = {
      [marker]: "true",
      GITHUB_GRAPHQL_URL: `${server.origin}/graphql`,
      GITHUB_TOKEN: jobToken,
      ...variables,
    };
    for (const [key, value] of Object.entries(all)) vi.stubEnv(key, value);
    return main(reports);
  });
  await server.close();
  expect(ran).toMatchObject({
    ...{ code: 0, error: undefined, out: "" },
    err: "issue of dev: made\nissue of staging: not needed\nissue of prod: closed\n",
  });
  const written = server.asked.filter(({ method, path: at }) => method !== "GET" && at !== "/graphql");
  expect(written.map(({ method, path: at }) => `${method} ${at}`)).toEqual([
    "POST /repos/o/r/issues",
    "PATCH /repos/o/r/issues/4",
  ]);
});
