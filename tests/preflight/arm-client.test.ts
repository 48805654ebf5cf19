import { createHttpHeaders, type HttpClient, type PipelineRequest } from "@azure/core-rest-pipeline";
import { describe, expect, it, vi } from "vitest";
import { ArmClient, type ArmAccess } from "../../preflight/arm-client";
import { get, post, type Question } from "../../preflight/question";

const question = get("/subscriptions/one/providers/Microsoft.Compute/skus", {
  apiVersion: "2021-07-01",
  right: "Microsoft.Compute/skus/read",
  has: "value",
  query: { $filter: "location eq 'eastus'" },
});

interface Reply {
  readonly status?: number;
  readonly body?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A client whose requests are answered in turn, the last answer again and again; and what it sent. */
function client(
  replies: readonly (Reply | Error)[],
  more: Partial<ArmAccess> = {},
): { arm: ArmClient; sent: PipelineRequest[] } {
  const sent: PipelineRequest[] = [];
  const httpClient: HttpClient = {
    sendRequest: (request) => {
      // As the library's own does.
      if (request.abortSignal?.aborted === true) return Promise.reject(new Error("aborted"));
      const reply = replies[Math.min(sent.push(request), replies.length) - 1] ?? {};
      if (reply instanceof Error) return Promise.reject(reply);
      const { status = 200, body = {}, text = JSON.stringify(body), headers = {} } = reply;
      return Promise.resolve({ request, status, headers: createHttpHeaders(headers), bodyAsText: text });
    },
  };
  const credential = {
    getToken: () => Promise.resolve({ token: "t0ken", expiresOnTimestamp: Date.now() + 3_600_000 }),
  };
  const access = {
    cloud: { resourceManager: "https://management.azure.com" },
    credential,
    signal: new AbortController().signal,
    httpClient,
  };
  return { arm: new ArmClient({ ...access, ...more }), sent };
}

const refusal = (status: number, code: string, message: string): Reply => ({
  status,
  body: { error: { code, message } },
});

it("asks with a version, a filter and a token, and answers the same question once", async () => {
  const { arm, sent } = client([{ body: { value: [1] } }]);
  const [one, other] = await Promise.all([arm.ask(question), arm.ask({ ...question })]);
  expect([one, other]).toEqual([
    { kind: "found", body: { value: [1] } },
    { kind: "found", body: { value: [1] } },
  ]);
  expect(sent.map(({ method, url, headers }) => [method, url, headers.get("Authorization")])).toEqual([
    [
      "GET",
      "https://management.azure.com/subscriptions/one/providers/Microsoft.Compute/skus?api-version=2021-07-01&%24filter=location+eq+%27eastus%27",
      "Bearer t0ken",
    ],
  ]);
});

it("reads all pages of a list, and no page of another address", async () => {
  const next = "https://management.azure.com/next?page=2";
  const { arm } = client([{ body: { value: [1], nextLink: next } }, { body: { value: [2] } }]);
  expect(await arm.ask(question)).toEqual({ kind: "found", body: { value: [1, 2], nextLink: next } });
  for (const address of ["https://management.azure.com.example.com/next", "http://management.azure.com/next"]) {
    const { arm: careful, sent } = client([{ body: { value: [1], nextLink: address } }]);
    expect(await careful.ask(question)).toMatchObject({
      kind: "unanswered",
      because: "the next page of the list is said to be at another address, which gets no token",
    });
    expect(sent).toHaveLength(1);
  }
  const { arm: broken } = client([{ body: { value: [1], nextLink: next } }, { body: { values: [2] } }]);
  expect(await broken.ask(question)).toMatchObject({
    because: "the answer has another form than the one that is published",
  });
  const { arm: endless, sent: pages } = client([{ body: { value: [], nextLink: next } }]);
  expect(await endless.ask(question)).toMatchObject({ because: "the list has more than 20 pages" });
  expect(pages).toHaveLength(20);
});

it.each<[what: string, reply: Reply, answer: object]>([
  ["nothing there", { status: 404 }, { kind: "absent" }],
  [
    "a refusal",
    refusal(400, "InvalidApiVersionParameter", "Not known."),
    {
      kind: "refused",
      code: "InvalidApiVersionParameter",
      message: "Not known.",
      body: { error: { code: "InvalidApiVersionParameter", message: "Not known." } },
    },
  ],
  [
    "no right, which Azure names",
    refusal(
      403,
      "AuthorizationFailed",
      "... does not have authorization to perform action 'Microsoft.Compute/SKUs/read' over scope ...",
    ),
    {
      kind: "unanswered",
      status: 403,
      because: "no right to Microsoft.Compute/SKUs/read",
      remedy: "Ask for a role that has it: Reader on the subscription",
    },
  ],
  [
    "no right, which nobody names",
    { status: 403, text: "" },
    {
      because: "no right to Microsoft.Compute/skus/read",
      remedy: "Ask for a role that has it: Reader on the subscription",
    },
  ],
  [
    "a login that has ended",
    refusal(401, "ExpiredAuthenticationToken", "The access token expiry UTC time is earlier than now."),
    {
      status: 401,
      because:
        "the login is not taken: ExpiredAuthenticationToken: The access token expiry UTC time is earlier than now.",
      remedy: "Log in again: az login",
    },
  ],
  ["no JSON", { text: "<html>" }, { status: 200, because: "what came back is no JSON" }],
  ["a bare text", { text: '"yes"' }, { status: 200, because: "what came back is no JSON" }],
  ["another form", { body: { values: [] } }, { because: "the answer has another form than the one that is published" }],
  [
    "a list that is none",
    { body: { value: "none" } },
    { because: "the answer has another form than the one that is published" },
  ],
  [
    "nothing in place of a list",
    { body: { value: null } },
    { because: "the answer has another form than the one that is published" },
  ],
  ["a list that stands bare", { text: "[1]" }, { kind: "found", body: { value: [1] } }],
  [
    "a wait that is too long",
    { ...refusal(429, "TooManyRequests", "Slower."), headers: { "Retry-After": "60" } },
    { because: "Azure throttles: TooManyRequests: Slower.", remedy: "Run it again in 60 s" },
  ],
])("tells %s", async (_, reply, answer) => {
  const { arm, sent } = client([reply]);
  expect(await arm.ask(question)).toMatchObject(answer);
  expect(sent).toHaveLength(1);
});

it("never prints what may be a token", async () => {
  const { arm } = client([refusal(400, "Odd", "got Bearer eyJhbGciOiJub25lIn0.eyJvaWQiOiIxIn0.x of you")]);
  expect(await arm.ask(question)).toMatchObject({ kind: "refused", message: "what looks like a web token, not shown" });
});

it("tries again what may pass: waits as it is told, else longer each time, and gives up after three", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  try {
    const { arm, sent } = client([
      { status: 503, headers: { "Retry-After": "2" } },
      new Error("reset"),
      { body: { value: [] } },
    ]);
    const answer = arm.ask(question);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    // Only what the library says of the network is tried again; a bug is none.
    expect(sent).toHaveLength(2);
    expect(await answer).toMatchObject({ because: "Azure cannot be reached: reset" });
    const { arm: dead, sent: tries } = client([{ status: 500, text: "" }]);
    const never = dead.ask(question);
    await vi.advanceTimersByTimeAsync(500 + 1_000 + 2_000);
    expect(await never).toMatchObject({ because: "Azure failed: HTTP status 500", remedy: "Run it again" });
    expect(tries).toHaveLength(4);
  } finally {
    vi.useRealTimers();
  }
});

it("waits for an answer as long as it may, and not at all when the run ends", async () => {
  // As the library's own does: it never answers, and hears when nobody waits any more.
  const silent: HttpClient = {
    sendRequest: ({ abortSignal }) =>
      new Promise((_, reject) => {
        const stop = (): void => reject(new Error("aborted"));
        if (abortSignal?.aborted === true) stop();
        abortSignal?.addEventListener("abort", stop);
      }),
  };
  const { arm } = client([], { httpClient: silent, longestMs: 20 });
  expect(await arm.ask(question)).toMatchObject({ kind: "unanswered", because: "no answer within 0.02 s" });
  const run = new AbortController();
  const { arm: stopped } = client([], { httpClient: silent, signal: run.signal });
  const answers = Promise.all([1, 2].map((it) => stopped.ask({ ...question, path: `/subscriptions/${it}` })));
  run.abort(new Error("it was stopped"));
  expect((await answers).map((it) => it.kind === "unanswered" && it.because)).toEqual([
    "it was stopped",
    "it was stopped",
  ]);
});

describe("when the time is over, what Azure said to the last try is told", () => {
  it.each<[reply: Reply, because: string, remedy: string]>([
    [
      { ...refusal(429, "TooManyRequests", "Slower."), headers: { "Retry-After": "8" } },
      "Azure throttles: TooManyRequests: Slower.",
      "Run it again in 8 s",
    ],
    [
      { ...refusal(503, "ServerBusy", "Later."), headers: { "Retry-After": "8" } },
      "Azure failed: ServerBusy: Later.",
      "Run it again",
    ],
  ])("%j", async (reply, because, remedy) => {
    const run = new AbortController();
    const { arm, sent } = client([reply], { signal: run.signal });
    const answer = arm.ask(question);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    run.abort(new Error("60 s are over"));
    expect(await answer).toMatchObject({ status: reply.status, because: `${because} (60 s are over)`, remedy });
    const { arm: brief } = client([reply], { longestMs: 50 });
    expect(await brief.ask(question)).toMatchObject({ because: `${because} (no answer within 0.05 s)`, remedy });
  });

  it("and of a question that was not sent by then, that others were throttled", async () => {
    const run = new AbortController();
    const reply = { ...refusal(429, "TooManyRequests", "Slower."), headers: { "Retry-After": "8" } };
    const { arm, sent } = client([reply], { signal: run.signal });
    const answers = Promise.all(
      Array.from({ length: 17 }, (_, at) => arm.ask({ ...question, path: `/subscriptions/${at}` })),
    );
    await vi.waitFor(() => expect(sent).toHaveLength(16));
    run.abort(new Error("60 s are over"));
    expect((await answers).at(-1)).toMatchObject({ because: "60 s are over, and Azure throttled other questions" });
    expect(sent).toHaveLength(16);
  });
});

it("has at most sixteen requests under way", async () => {
  let underWay = 0;
  let most = 0;
  const httpClient: HttpClient = {
    sendRequest: async (request) => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 2));
      underWay--;
      return { request, status: 200, headers: createHttpHeaders(), bodyAsText: '{"value":[]}' };
    },
  };
  const { arm } = client([], { httpClient });
  const questions = Array.from({ length: 50 }, (_, at): Question => ({ ...question, path: `/subscriptions/${at}` }));
  const answers = await Promise.all(questions.map((it) => arm.ask(it)));
  expect([most, answers.filter((it) => it.kind === "found").length]).toEqual([16, 50]);
});

it("sends nothing as a POST that may change something", () => {
  const say = { apiVersion: "2024-01-01", right: "", has: null, body: {} };
  expect(post("/subscriptions/one/providers/Microsoft.Storage/checkNameAvailability", say).method).toBe("POST");
  for (const action of ["register", "regenerateKey", "listKeys", "start"])
    expect(() => post(`/subscriptions/one/providers/Microsoft.Storage/${action}`, say)).toThrow(
      new Error(`${action} may change something`),
    );
});
