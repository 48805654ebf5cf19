import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { forgeThread } from "../../../delivery/comment/forge-thread";
import { postComment } from "../../../delivery/comment/post-comment";
import { commentMarker } from "../../../delivery/comment/render-comment";

type Env = Readonly<Record<string, string>>;
interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}
/** What the forge answers instead. */
interface Trouble {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text: string;
}

const secret = "s3cret-token-of-the-job";
let server: Server;
let origin = "";
let asked: Asked[] = [];
let trouble: Trouble | undefined;
/** Comments that lie there, by author. */
let there: readonly { readonly by: "us" | "them"; readonly text: string }[] = [];

beforeEach(async () => {
  [asked, trouble, there] = [[], undefined, []];
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (it: Buffer) => (text += it.toString()));
    request.on("end", () => {
      const { status, headers, text: said } = trouble ?? answer(request, text);
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(said);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((done) => server.close(done)));

/** Answers as the APIs do: GitHub and GitLab by pages, Azure DevOps by threads, each with its own way to name an author. */
function answer(request: IncomingMessage, text: string): Trouble {
  const { method = "", url = "", headers } = request;
  if (![headers.authorization, headers["private-token"]].some((it) => String(it).endsWith(secret)))
    return { status: 401, text: JSON.stringify({ message: "Bad credentials" }) };
  const at = new URL(url, origin);
  if (at.pathname === "/graphql") {
    // The answer of GitHub to a query that it does not understand is 200, too.
    const known = (JSON.parse(text) as { query: string }).query === "query { viewer { login } }";
    const answered = known ? { data: { viewer: { login: "github-actions[bot]" } } } : { errors: [{ message: "?" }] };
    return { status: 200, text: JSON.stringify(answered) };
  }
  if (method !== "GET") {
    asked.push({ method, path: at.pathname, body: JSON.parse(text) });
    return { status: method === "POST" ? 201 : 200, text: "{}" };
  }
  const ok = (value: unknown): Trouble => ({ status: 200, text: JSON.stringify(value) });
  if (at.pathname.endsWith("/connectionData")) return ok({ authenticatedUser: { id: "us" } });
  if (at.pathname.endsWith("/user")) return ok({ id: 7 });
  const comments = there.map(({ by, text: body }, id) => ({
    ...{ id, body, content: body },
    // Each forge names its author by a key of its own.
    [at.pathname.startsWith("/repos/") ? "user" : "author"]: at.pathname.startsWith("/repos/")
      ? { type: "Bot", login: by === "us" ? "github-actions[bot]" : "dependabot[bot]" }
      : { id: at.pathname.includes("/_apis/") ? by : by === "us" ? 7 : 8 },
  }));
  if (at.pathname.includes("/_apis/"))
    return ok({ value: comments.map((it) => ({ id: it.id + 100, comments: [{ ...it, id: 1 }] })) });
  const [size, page] = ["per_page", "page"].map((it) => Number(at.searchParams.get(it))) as [number, number];
  return ok(comments.slice((page - 1) * size, page * size));
}

/** A forge: its variables, and where it is written what. */
interface Case {
  readonly env: () => Env;
  readonly made: Asked;
  readonly updated: (at: number) => Asked;
}
const body = `${commentMarker}\nnew`;
const cases: Readonly<Record<string, Case>> = {
  GitHub: {
    env: () => ({
      ...{ GITHUB_ACTIONS: "true", GITHUB_API_URL: origin, GITHUB_GRAPHQL_URL: `${origin}/graphql` },
      ...{ GITHUB_REPOSITORY: "o/r" },
      ...{ GITHUB_REF: "refs/pull/5/merge", GITHUB_TOKEN: secret },
    }),
    made: { method: "POST", path: "/repos/o/r/issues/5/comments", body: { body } },
    updated: (at) => ({ method: "PATCH", path: `/repos/o/r/issues/comments/${at}`, body: { body } }),
  },
  "Azure DevOps": {
    env: () => ({
      ...{ TF_BUILD: "True", SYSTEM_COLLECTIONURI: `${origin}/org/`, SYSTEM_TEAMPROJECT: "our project" },
      ...{ BUILD_REPOSITORY_ID: "r", SYSTEM_PULLREQUEST_PULLREQUESTID: "5", SYSTEM_ACCESSTOKEN: secret },
    }),
    made: {
      method: "POST",
      path: "/org/our%20project/_apis/git/repositories/r/pullRequests/5/threads",
      body: { comments: [{ parentCommentId: 0, content: body, commentType: "text" }], status: "closed" },
    },
    updated: (at) => ({
      method: "PATCH",
      path: `/org/our%20project/_apis/git/repositories/r/pullRequests/5/threads/${at + 100}/comments/1`,
      body: { content: body },
    }),
  },
  GitLab: {
    env: () => ({
      ...{ GITLAB_CI: "true", CI_API_V4_URL: `${origin}/api/v4`, CI_MERGE_REQUEST_PROJECT_ID: "3" },
      ...{ CI_MERGE_REQUEST_IID: "5", GITLAB_TOKEN: secret },
    }),
    made: { method: "POST", path: "/api/v4/projects/3/merge_requests/5/notes", body: { body } },
    updated: (at) => ({ method: "PUT", path: `/api/v4/projects/3/merge_requests/5/notes/${at}`, body: { body } }),
  },
};

describe.each(Object.entries(cases))("on %s", (name, { env, made, updated }) => {
  const post = (): Promise<string> => postComment(forgeThread(env()), body);

  it("makes a comment where there is none of ours", async () => {
    there = [{ by: "us", text: "something else" }];
    expect([await post(), asked]).toEqual(["made", [made]]);
  });

  it("writes over our own, on whichever page it is, and never over what somebody else wrote with our marker", async () => {
    const others = Array.from({ length: 130 }, () => ({ by: "them", text: `${commentMarker}\nfake` }) as const);
    there = [...others, { by: "us", text: `${commentMarker}\nold` }];
    expect([await post(), asked]).toEqual(["updated", [updated(130)]]);
  });

  const troubles: readonly (readonly [Trouble, RegExp])[] = [
    [{ status: 401, text: '{"message":"Bad credentials"}' }, /401 "Bad credentials"/],
    [{ status: 403, text: '{"message":"Resource not accessible"}' }, /403 "Resource not accessible"/],
    [{ status: 404, text: "<html>" }, /answered 404/],
    [{ status: 422, text: '{"message":"Validation Failed"}' }, /422 "Validation Failed"/],
    [
      { status: 429, headers: { "retry-after": "60" }, text: "" },
      /429, to be asked again after 60 s.*Run the job again/,
    ],
    [{ status: 203, text: "<html>Sign in</html>" }, /answered 203/],
    [{ status: 302, headers: { location: "http://127.0.0.1:1/login" }, text: "" }, /answered 302/],
    [{ status: 200, text: "<html>" }, /with what is no JSON/],
    [{ status: 200, text: '{"errors":[{"message":"Bad query"}]}' }, /without .*: nobody knows what of it is ours/],
  ];
  it.each(troubles)("tells what the forge said, and never the token: %o", async (it, message) => {
    trouble = it;
    const error = await post().catch((caught: unknown) => String(caught));
    expect(error).toMatch(message);
    expect(error).toContain(name);
    expect(error).not.toContain(secret);
  });

  it.each(Object.keys(env()).slice(1))("wants %s", (variable) => {
    const rest = Object.fromEntries(Object.entries(env()).filter(([key]) => key !== variable));
    expect(() => forgeThread(rest)).toThrow(new RegExp(`${variable}: must be set`));
  });
});

it("posts nothing from a laptop, and nothing of a run that is about no pull request", () => {
  expect(() => forgeThread({})).toThrow(/--post: must run in a pipeline/);
  expect(() => forgeThread({ ...cases["GitHub"]?.env(), GITHUB_REF: "refs/heads/main" })).toThrow(/must be of a pull/);
});
