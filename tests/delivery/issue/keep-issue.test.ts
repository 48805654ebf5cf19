import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { forgeIssues } from "../../../delivery/issue/forge-issues";
import { type IssueContent, keepIssue } from "../../../delivery/issue/keep-issue";
import { markerStart, reportMarker } from "../../../drift/report-marker";
import { type Answer, type Asked, type ForgeServer, forgeTroubles, jobToken, startForge } from "../forge-server";

type Env = Readonly<Record<string, string>>;
/** An issue that lies there. */
interface Lying {
  readonly number: number;
  readonly by: "us" | "them";
  readonly title: string;
  readonly text: string;
  readonly open: boolean;
}

let server: ForgeServer;
let trouble: Answer | undefined;
let issues: Lying[] = [];
/** States of a Task, which the process of the project says. */
let states: readonly (readonly [name: string, category: string])[] = [];
const agile = [
  ["New", "Proposed"],
  ["Active", "InProgress"],
  ["Closed", "Completed"],
  ["Removed", "Removed"],
] as const;

beforeEach(async () => {
  [trouble, issues, states] = [undefined, [], agile];
  server = await startForge((asked) => trouble ?? answer(asked));
});
afterEach(() => server.close());

const ok = (json: unknown, status = 200): Answer => ({ status, json });
/** What a request writes into an issue. */
interface Written {
  readonly title?: string;
  readonly text?: string;
  readonly open?: boolean;
}

function write(number: number | undefined, { title, text, open = true }: Written): Answer {
  const before = issues.find((it) => it.number === number);
  const after: Lying = {
    ...{ number: number ?? issues.length + 1, by: "us" },
    ...{ title: title ?? before?.title ?? "", text: text ?? before?.text ?? "", open },
  };
  issues = [...issues.filter((it) => it !== before), after];
  return ok({}, before === undefined ? 201 : 200);
}

/** Answers as the three APIs do. */
function answer({ method, path, query, token, body, type }: Asked): Answer {
  if (token !== jobToken) return ok({ message: "Bad credentials" }, 401);
  if (path.startsWith("/org/")) return azure(method, path, type, body);
  if (path === "/graphql") return ok({ data: { viewer: { login: "github-actions[bot]" } } });
  if (path === "/api/v4/user") return ok({ id: 7 });
  const github = path.startsWith("/repos/o/r/issues");
  if (method === "GET") {
    if (query.get("state") !== (github ? "open" : "opened")) return ok([], 422);
    const [size, page] = [Number(query.get("per_page")), Number(query.get("page"))];
    const all = issues
      .filter((it) => it.open)
      .map((it) =>
        github
          ? { number: it.number, body: it.text, user: { login: it.by === "us" ? "github-actions[bot]" : "mallory" } }
          : { id: it.number + 1000, iid: it.number, description: it.text, author: { id: it.by === "us" ? 7 : 8 } },
      );
    return ok(all.slice((page - 1) * size, page * size));
  }
  const number = /\/issues\/(\d+)$/.exec(path)?.[1];
  const given = body as Readonly<Record<string, string>>;
  const text = given[github ? "body" : "description"];
  const closes = given["state"] === "closed" || given["state_event"] === "close";
  const written = {
    ...(given["title"] !== undefined && { title: given["title"] }),
    ...(text !== undefined && { text }),
  };
  if (method !== (number === undefined ? "POST" : github ? "PATCH" : "PUT")) return ok({}, 405);
  return write(number === undefined ? undefined : Number(number), { ...written, open: !closes });
}

function azure(method: string, path: string, type: string | undefined, body: unknown): Answer {
  const at = path.replace("/org/our%20project/_apis/wit/", "");
  if (at === "workitemtypes/Task/states") return ok({ value: states.map(([name, category]) => ({ name, category })) });
  if (at === "wiql") {
    const { query } = body as { query: string };
    const title = /\[System\.Title\] = '([^']*)'/.exec(query)?.[1];
    const ended = /NOT IN \(([^)]*)\)/.exec(query)?.[1] ?? "";
    if (!query.includes("[System.CreatedBy] = @Me") || !query.includes("@project")) return ok({}, 400);
    const found = issues.filter(
      (it) => it.by === "us" && it.title === title && (it.open || !ended.includes("'Closed'")),
    );
    return ok({ workItems: found.map(({ number: id }) => ({ id })) });
  }
  if (type !== "application/json-patch+json") return ok({ message: "wrong type" }, 415);
  const fields = Object.fromEntries(
    (body as readonly { readonly op: string; readonly path: string; readonly value: string }[]).map((it) => [
      it.path,
      it.value,
    ]),
  );
  if (fields["/multilineFieldsFormat/System.Description"] !== "Markdown") return ok({}, 400);
  const title = fields["/fields/System.Title"];
  const number = /^workitems\/(\d+)$/.exec(at)?.[1];
  if (number === undefined && (method !== "POST" || at !== "workitems/$Task")) return ok({}, 404);
  return write(number === undefined ? undefined : Number(number), {
    ...(title !== undefined && { title }),
    text: fields["/fields/System.Description"] ?? "",
    open: fields["/fields/System.State"] !== "Closed",
  });
}

const forges: Readonly<Record<string, () => Env>> = {
  GitHub: () => ({
    ...{ GITHUB_ACTIONS: "true", GITHUB_API_URL: server.origin, GITHUB_GRAPHQL_URL: `${server.origin}/graphql` },
    ...{ GITHUB_REPOSITORY: "o/r", GITHUB_TOKEN: jobToken },
  }),
  "Azure DevOps": () => ({
    ...{ TF_BUILD: "True", SYSTEM_COLLECTIONURI: `${server.origin}/org/`, SYSTEM_TEAMPROJECT: "our project" },
    ...{ SYSTEM_ACCESSTOKEN: jobToken },
  }),
  GitLab: () => ({
    ...{ GITLAB_CI: "true", CI_API_V4_URL: `${server.origin}/api/v4`, CI_PROJECT_ID: "3", GITLAB_TOKEN: jobToken },
  }),
};
const report = (environment: string, code: number, more = ""): IssueContent => ({
  ...{ environment, open: code !== 0, mark: markerStart(environment) },
  text: `${reportMarker(environment, code)}\n\nreport ${more}`,
});

describe.each(Object.entries(forges))("on %s", (name, env) => {
  const keep = (content: IssueContent): Promise<string> => keepIssue(forgeIssues(env()), content);

  it("one issue lives from the first harm to the last, and the next harm opens another", async () => {
    const nights: string[] = [];
    for (const code of [0, 4, 3, 4, 0, 0, 4]) nights.push(await keep(report("dev", code, String(nights.length))));
    expect(nights).toEqual(["not needed", "made", "updated", "updated", "closed", "not needed", "made"]);
    expect(issues.map(({ title, text, open }) => ({ title, open, text: text.split("\n").at(-1) }))).toEqual([
      { title: "Drift of dev", open: false, text: "report 4" },
      { title: "Drift of dev", open: true, text: "report 6" },
    ]);
  });

  it("each environment has its own, also where one name begins with another's", async () => {
    for (const it of ["staging-2", "staging", "staging-2", "staging"]) await keep(report(it, 4));
    expect(issues.map(({ title, open }) => ({ title, open }))).toEqual([
      { title: "Drift of staging-2", open: true },
      { title: "Drift of staging", open: true },
    ]);
  });

  it("what somebody else wrote with our mark and title stays theirs", async () => {
    const theirs = { number: 1, by: "them", title: "Drift of dev", text: report("dev", 4).text, open: true } as const;
    issues = [theirs];
    expect(await keep(report("dev", 4))).toBe("made");
    expect(issues[0]).toEqual(theirs);
    expect(await keep(report("dev", 0))).toBe("closed");
    expect(issues[0]).toEqual(theirs);
  });

  it.each(forgeTroubles)("tells of %s what the forge said, and never the token", async (_, it, message) => {
    trouble = it;
    const error = await keep(report("dev", 4)).catch((caught: unknown) => String(caught));
    expect(error).toMatch(message);
    expect(error).toContain(name);
    expect(error).not.toContain(jobToken);
    expect(issues).toEqual([]);
  });

  it("names all variables that are missing at once", () => {
    const [marker, ...others] = Object.keys(env());
    const all = others.map((it) => `${it}: must be set, as the forge does for every run`).join("[^]*");
    expect(() => forgeIssues({ [marker ?? ""]: "true" })).toThrow(new RegExp(all));
  });
});

it.each([["GitHub"], ["GitLab"]])("finds its issue on %s on whichever page it is", async (name) => {
  const others = Array.from({ length: 130 }, (_, at): Lying => ({
    number: at + 1,
    by: "them",
    title: "",
    text: "",
    open: true,
  }));
  issues = [...others, { number: 131, by: "us", title: "Drift of dev", text: report("dev", 4).text, open: true }];
  expect(await keepIssue(forgeIssues(forges[name]?.() ?? {}), report("dev", 4))).toBe("updated");
  expect(issues).toHaveLength(131);
});

it("makes no other one each night where it cannot look through all", async () => {
  const full = Array.from({ length: 100 }, (_, number) => ({ number, body: "", user: { login: "a" } }));
  await server.close();
  server = await startForge(({ path }) => (path === "/graphql" ? ok({ data: { viewer: { login: "us" } } }) : ok(full)));
  const kept = keepIssue(forgeIssues(forges["GitHub"]?.() ?? {}), report("dev", 4));
  await expect(kept).rejects.toThrow(/more than 5000 open issues: ours was not among the newest.*Close what is done/);
  expect(server.asked.filter(({ method, path }) => method === "POST" && path !== "/graphql")).toEqual([]);
});

it("says where a process of Azure DevOps has no end for a Task", async () => {
  const env = forges["Azure DevOps"]?.() ?? {};
  await keepIssue(forgeIssues(env), report("dev", 4));
  states = [["New", "Proposed"]];
  await expect(keepIssue(forgeIssues(env), report("dev", 0))).rejects.toThrow(
    /without a state of Task that is Completed/,
  );
});

it("keeps nothing from a laptop", () => {
  expect(() => forgeIssues({})).toThrow(/REPORT: must be told in a pipeline of GitHub, Azure DevOps or GitLab/);
});
