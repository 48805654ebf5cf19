import fc from "fast-check";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { controlPaths } from "../../../../components/inference/model-service/cache-program";
import { modelObjects } from "../../../../components/inference/model-service/objects";
import { planModelService } from "../../../../components/inference/model-service/plan";
import { list, record } from "../../../../core/property-tree";
import { toProps } from "../../../../core/property-value";
import { freePort } from "../../../../simulator/kubernetes/free-port";
import { LeashedProcess } from "../../../../simulator/kubernetes/leashed-process";
import { waitUntil } from "../../../../simulator/kubernetes/wait-until";
import { realVarnish } from "./real-varnish";
import { type Answering, StandInEngine } from "./stand-in-engine";
import { chat as team } from "./surroundings";

/** Arguments and program of the cache as the pod of a model has them. */
function cacheOfPod(): { readonly args: readonly string[]; readonly program: string } {
  const plan = planModelService("small", { model: "qwen2.5-7b", responseCache: { memoryMiB: 64 } }, team);
  const objects = modelObjects(plan, { accountName: "data", serviceAccount: "workload", scaler: null });
  const [cache] = list(toProps(objects["servers"] ?? {}), "spec.template.spec.initContainers");
  const { "response-cache.vcl": program } = record(toProps(objects["response-cache"] ?? {}), "data");
  return { args: list(cache, "args").map(String), program: typeof program === "string" ? program : "" };
}

interface Said {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const chat = "/v1/chat/completions";
const prompt = (temperature: unknown, more: object = {}): string =>
  JSON.stringify({ model: "small", messages: [{ role: "user", content: "Hello" }], temperature, ...more });

/** The number of the request that it answers: whoever gets the same one again got it from the cache. */
const numbered: Answering = (response, _, before) => {
  response.setHeader("content-type", "application/json").end(JSON.stringify({ answer: before }));
};

let varnish: LeashedProcess | undefined;
let engine: StandInEngine;
let reason: string | undefined;
const ports = { http: 0, control: 0 };

beforeAll(async () => {
  const found = await realVarnish();
  if (typeof found === "string") {
    reason = found;
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), "response-cache-"));
  const [work, file, enginePort] = [path.join(folder, "work"), path.join(folder, "program.vcl"), await freePort()];
  [ports.http, ports.control] = [await freePort(), await freePort()];
  mkdirSync(work);
  const { args, program } = cacheOfPod();
  writeFileSync(file, program.replace('.port = "8100"', `.port = "${enginePort}"`));
  const here: Readonly<Record<string, string>> = {
    "/var/lib/varnish": work,
    "/etc/response-cache/response-cache.vcl": file,
    "http=:8000": `http=127.0.0.1:${ports.http}`,
    "control=:8001": `control=127.0.0.1:${ports.control}`,
  };
  engine = new StandInEngine(enginePort);
  const own = args.map((it) => here[it] ?? it);
  const log = path.join(folder, "log");
  varnish = new LeashedProcess("varnishd", found.varnishd, [...own, ...found.args], log, folder, {
    ...found.env,
    TMPDIR: work,
  });
  await waitUntil("Varnish", () => tryControl(controlPaths.health), { hopeless: () => varnish?.obituary });
});
afterAll(async () => {
  await varnish?.stop();
  // Its worker ends once it sees that.
  if (varnish !== undefined)
    await waitUntil("The end of Varnish", async () => ((await tryControl(controlPaths.health)) ? undefined : true));
});
beforeEach(async ({ skip }) => {
  if (reason !== undefined) skip(reason);
  await engine.start();
  engine.answers(numbered);
  expect((await send("GET", controlPaths.restarted, "", {}, ports.control)).status).toBe(200);
});
afterEach(async () => {
  if (reason === undefined) await engine.stop();
});

async function tryControl(path: string): Promise<true | undefined> {
  try {
    return (await send("GET", path, "", {}, ports.control)).status === 200 ? true : undefined;
  } catch {
    return undefined;
  }
}

/** The head of an answer, whose body may still come. */
async function open(
  method: string,
  path: string,
  body: string,
  headers: OutgoingHttpHeaders = {},
  port = ports.http,
): Promise<IncomingMessage> {
  const type = method === "GET" ? {} : { "content-type": "application/json" };
  const out = request({ host: "127.0.0.1", port, method, path, headers: { ...type, ...headers }, agent: false });
  // Without a word Node sends the length of what is ended with at once.
  out.end(body);
  const [response] = (await once(out, "response")) as [IncomingMessage];
  return response;
}

async function send(...asked: Parameters<typeof open>): Promise<Said> {
  const response = await open(...asked);
  return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
}

const ask = (body: string, headers: OutgoingHttpHeaders = {}, path = chat): Promise<Said> =>
  send("POST", path, body, headers);

/** How often of two times the engine was asked, and what the second client was told of it. */
async function twice(body: string, path = chat): Promise<{ readonly asked: number; readonly second: unknown }> {
  engine.answers(numbered);
  await ask(body, {}, path);
  const { headers } = await ask(body, {}, path);
  return { asked: engine.asked.length, second: headers["x-response-cache"] };
}

const kept = { asked: 1, second: "hit" };
const passed = { asked: 2, second: "pass" };

/** An answer of several parts, of which a test gives the next when it wants. */
class Stream {
  readonly #gate: { promise: Promise<void>; open: () => void }[];

  public constructor(private readonly parts: readonly string[]) {
    this.#gate = parts.map(() => {
      let open = (): void => undefined;
      const promise = new Promise<void>((resolve) => (open = resolve));
      return { promise, open };
    });
  }

  /** Lets the part with this number go. */
  public give(at: number): void {
    this.#gate[at]?.open();
  }

  public readonly answer: Answering = async (response) => {
    response.setHeader("content-type", "text/event-stream").flushHeaders();
    for (const [at, part] of this.parts.entries()) {
      await this.#gate[at]?.promise;
      response.write(part);
    }
    response.end();
  };
}

async function nextPart(response: IncomingMessage): Promise<string> {
  const [part] = (await once(response, "data")) as [Buffer];
  return part.toString();
}

describe("a request for temperature 0", () => {
  test("is asked once, and answered the second time with the same bytes", async () => {
    const first = await ask(prompt(0), { authorization: "Bearer alice", "accept-encoding": "br" });
    const second = await ask(prompt(0), { authorization: "Bearer bob", cookie: "a=b" });
    expect(engine.asked).toEqual([
      {
        method: "POST",
        path: chat,
        body: prompt(0),
        headers: {
          host: `127.0.0.1:${ports.http}`,
          authorization: "Bearer alice",
          "accept-encoding": "br",
          "content-type": "application/json",
          "content-length": `${prompt(0).length}`,
          "x-forwarded-for": "127.0.0.1",
          connection: "close",
        },
      },
    ]);
    expect([first, second].map((it) => [it.status, it.body, it.headers["x-response-cache"]])).toEqual([
      [200, '{"answer":0}', "miss"],
      [200, '{"answer":0}', "hit"],
    ]);
    expect(Object.keys(second.headers).sort()).toEqual([
      "accept-ranges",
      "age",
      "connection",
      "content-length",
      "content-type",
      "date",
      "x-response-cache",
    ]);
  });

  test.each([
    ["as the only word", '{"temperature":0}'],
    ["in the middle", '{"model":"small","temperature":0,"seed":7}'],
    ["as a fraction", '{"temperature":0.0,"n":1}'],
    ["with room around it", ' {\n\t"temperature" :\r 0.000 ,\n "prompt" : [ ] , "x" : { } } \n'],
    ["beside tools that know another one", prompt(0, { tools: [{ parameters: { temperature: { type: "number" } } }] })],
    ["beside one further down that is not 0", prompt(0, { extra: { temperature: 0.9 }, list: [{ temperature: 1 }] })],
    ["beside words in other scripts", prompt(0, { stop: ["\\", '"', "}", "終わり", "\u0000"] })],
    ["beside true, false and null", '{"stream":false,"temperature":0,"logprobs":true,"stop":null,"top_p":1e-3}'],
  ])("%s", async (_, body) => {
    expect(await twice(body)).toEqual(kept);
    expect(engine.asked[0]?.body).toBe(body);
  });

  test("of /v1/completions as well, which has its own answer to the same words", async () => {
    expect(await twice(prompt(0), "/v1/completions")).toEqual(kept);
    expect((await ask(prompt(0))).headers["x-response-cache"]).toBe("miss");
  });

  test("in parts, as the gateway sends it, is the same request", async () => {
    await ask(prompt(0), { "transfer-encoding": "chunked" });
    expect((await ask(prompt(0))).headers["x-response-cache"]).toBe("hit");
    expect(engine.asked.map((it) => it.body)).toEqual([prompt(0)]);
  });

  test("with one byte more is another request", async () => {
    await ask(prompt(0));
    const others = [prompt(0, { seed: 1 }), prompt(0, { user: "alice" }), `${prompt(0)} `];
    for (const it of others) expect((await ask(it)).headers["x-response-cache"]).toBe("miss");
    expect(engine.asked.map((it) => it.body)).toEqual([prompt(0), ...others]);
  });

  test("with a prompt of ten million characters, half of them escaped", async () => {
    const body = prompt(0, { prompt: '"\n'.repeat(2_500_000) });
    expect(body.length).toBeGreaterThan(10_000_000);
    expect(await twice(body)).toEqual(kept);
    expect(engine.asked[0]?.body === body).toBe(true);
  });

  test("is asked again once the server starts anew", async () => {
    await ask(prompt(0));
    await send("GET", controlPaths.restarted, "", {}, ports.control);
    expect(await ask(prompt(0))).toMatchObject({ body: '{"answer":1}', headers: { "x-response-cache": "miss" } });
  });

  test("is asked again for a client that wants it anew, and its answer takes the place of the old one", async () => {
    await ask(prompt(0));
    expect((await ask(prompt(0), { "cache-control": "no-cache" })).body).toBe('{"answer":1}');
    expect((await ask(prompt(0))).body).toBe('{"answer":1}');
  });

  test("passes for a client that wants nothing kept", async () => {
    expect((await ask(prompt(0), { "cache-control": "no-store" })).headers["x-response-cache"]).toBe("pass");
    expect((await ask(prompt(0))).headers["x-response-cache"]).toBe("miss");
  });
});

describe("passes, each time", () => {
  test.each([
    ["another temperature", prompt(0.7)],
    ["a temperature that is almost 0", prompt(1e-9)],
    ["no temperature, which is that of the model", prompt(undefined)],
    ["null", prompt(null)],
    ["0 as a text", prompt("0")],
    ["0 within a list", prompt([0])],
    ["words of a prompt, as they are escaped", prompt(0.7, { stop: 'x,"temperature":0,"y":{"temperature":0}' })],
    ["words at the end of a prompt", prompt(undefined, { prompt: '{"temperature":0}' })],
    ["a text of that name", '{"stop":["{","temperature"],"n":0}'],
    ["0 further down alone", '{"tools":[{"example":{"temperature":0}}],"extra":{"temperature":0}}'],
    ["0 and then another one", '{"temperature":0,"temperature":0.7}'],
    ["another one and then 0", '{"temperature":0.7,"n":1,"temperature":0}'],
    ["another one whose name is escaped", '{"temperature":0,"temper\\u0061ture":0.7}'],
    ["a name that ends alike", '{"a\\"temperature":0,"my_temperature":0,"temperature_last":0}'],
    ["several objects", `${prompt(0)}${prompt(0.7)}`],
    ["a list of requests", `[${prompt(0)}]`],
    ["what is not JSON", '{"temperature":0,}'],
    ["what breaks off", '{"temperature":0,"prompt":"'],
    ["nothing at all", ""],
  ])("%s", async (_, body) => {
    expect(await twice(body)).toEqual(passed);
    expect(engine.asked.map((it) => it.body)).toEqual([body, body]);
  });

  test("every body but those of which a reader of JSON says the same", async () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(0, 0.5, "temperature", '{"temperature":0}'));
    const key = fc.oneof(fc.string(), fc.constantFrom("temperature", "prompt", 'a":0,"temperature'));
    const body = fc
      .tuple(fc.dictionary(key, value), fc.option(fc.constantFrom(0, 1, null, { temperature: 0 })), fc.nat(2))
      .map(([more, temperature, indent]) =>
        JSON.stringify({ ...more, ...(temperature !== null && { temperature }) }, null, indent),
      );
    await fc.assert(
      fc.asyncProperty(body, async (it) => {
        const own = JSON.parse(it) as Readonly<Record<string, unknown>>;
        // Names with escapes are not read at all.
        const plain = Object.keys(own).every((name) => JSON.stringify(name) === `"${name}"`);
        expect(await twice(it)).toEqual(
          own["temperature"] === 0 && plain ? expect.objectContaining({ second: "hit" }) : passed,
        );
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ["GET", "/metrics"],
    ["GET", "/health"],
    ["GET", "/v1/models"],
    ["GET", chat],
    ["POST", "/v1/embeddings"],
    ["POST", "/v1/responses"],
    ["POST", `${chat}?a=b`],
    ["POST", `${chat}/render`],
    ["PUT", chat],
    ["DELETE", "/v1/responses/1"],
  ])("%s %s", async (method, path) => {
    const body = method === "GET" || method === "DELETE" ? "" : prompt(0);
    for (const number of [0, 1])
      expect(await send(method, path, body)).toMatchObject({
        status: 200,
        body: `{"answer":${number}}`,
        headers: { "x-response-cache": "pass" },
      });
    expect(engine.asked.map((it) => [it.method, it.path, it.body])).toEqual(Array(2).fill([method, path, body]));
  });

  test("what is longer than the cache reads, where its head says so", async () => {
    const body = prompt(0, { prompt: "x".repeat(65 * 2 ** 20) });
    expect(await ask(body)).toMatchObject({ status: 200, headers: { "x-response-cache": "pass" } });
    expect(engine.asked[0]?.body === body).toBe(true);
  });

  test("and is refused where only its end says so", async () => {
    const body = prompt(0, { prompt: "x".repeat(65 * 2 ** 20) });
    const chunked = { "transfer-encoding": "chunked" };
    const said = await ask(body, chunked).then(
      ({ status }) => status,
      () => "closed",
    );
    expect([400, "closed"]).toContain(said);
    expect(engine.asked).toEqual([]);
    expect(await twice(prompt(0))).toEqual(kept);
  });
});

describe("a stream", () => {
  test("comes part by part the first time, and is given again", async () => {
    const stream = new Stream(["data: a\n\n", "data: b\n\n", "data: [DONE]\n\n"]);
    engine.answers(stream.answer);
    const response = await open("POST", chat, prompt(0, { stream: true }));
    stream.give(0);
    // The engine keeps the second back until the first has arrived.
    expect(await nextPart(response)).toBe("data: a\n\n");
    stream.give(1);
    expect(await nextPart(response)).toBe("data: b\n\n");
    stream.give(2);
    expect(await text(response)).toBe("data: [DONE]\n\n");
    expect(await ask(prompt(0, { stream: true }))).toMatchObject({
      body: "data: a\n\ndata: b\n\ndata: [DONE]\n\n",
      headers: { "content-type": "text/event-stream", "x-response-cache": "hit" },
    });
    expect(engine.asked).toHaveLength(1);
  });

  test("that passes comes part by part as well", async () => {
    const stream = new Stream(["data: a\n\n", "data: b\n\n"]);
    engine.answers(stream.answer);
    const response = await open("POST", chat, prompt(0.7, { stream: true }));
    stream.give(0);
    expect(await nextPart(response)).toBe("data: a\n\n");
    stream.give(1);
    expect(await text(response)).toBe("data: b\n\n");
  });

  test("is shared from its beginning by who asks the same in the meantime", async () => {
    const stream = new Stream(["data: a\n\n", "data: b\n\n"]);
    engine.answers(stream.answer);
    const first = await open("POST", chat, prompt(0, { stream: true }));
    stream.give(0);
    expect(await nextPart(first)).toBe("data: a\n\n");
    const second = await open("POST", chat, prompt(0, { stream: true }));
    expect(await nextPart(second)).toBe("data: a\n\n");
    stream.give(1);
    expect(await Promise.all([text(first), text(second)])).toEqual(["data: b\n\n", "data: b\n\n"]);
    expect(engine.asked).toHaveLength(1);
  });

  test("whose client goes is kept whole for the next", async () => {
    const stream = new Stream(["data: a\n\n", "data: b\n\n"]);
    engine.answers(stream.answer);
    const response = await open("POST", chat, prompt(0, { stream: true }));
    stream.give(0);
    await nextPart(response);
    response.destroy();
    stream.give(1);
    expect((await ask(prompt(0, { stream: true }))).body).toBe("data: a\n\ndata: b\n\n");
    expect(engine.asked).toHaveLength(1);
  });

  test("that passes ends at the engine when its client goes", async () => {
    const closed = new Promise<void>((resolve) => {
      engine.answers((response) => {
        const writing = setInterval(() => response.write("data: a\n\n"), 10);
        response.on("close", () => {
          clearInterval(writing);
          resolve();
        });
      });
    });
    const response = await open("POST", chat, prompt(0.7, { stream: true }));
    await nextPart(response);
    response.destroy();
    await closed;
  });

  test("that breaks off is not kept", async () => {
    let breakOff = (): void => undefined;
    engine.answers((response, _, before) => {
      response.write("data: a\n\n");
      if (before > 0) response.end();
      else breakOff = () => void response.destroy();
    });
    const response = await open("POST", chat, prompt(0, { stream: true }));
    // Before the client has something of it, it would be an error of the cache.
    await nextPart(response);
    breakOff();
    await expect(text(response)).rejects.toThrow("aborted");
    expect(await ask(prompt(0, { stream: true }))).toMatchObject({
      body: "data: a\n\n",
      headers: { "x-response-cache": "miss" },
    });
  });
});

describe("an error", () => {
  test.each([400, 404, 429, 500, 503])("with status %i is not kept, and a good answer after it is", async (status) => {
    engine.answers((response, asked, before) => {
      response.statusCode = before < 2 ? status : 200;
      return numbered(response, asked, before);
    });
    const said = [await ask(prompt(0)), await ask(prompt(0)), await ask(prompt(0)), await ask(prompt(0))];
    expect(said.map((it) => [it.status, it.body, it.headers["x-response-cache"]])).toEqual([
      [status, '{"answer":0}', "pass"],
      [status, '{"answer":1}', "pass"],
      [200, '{"answer":2}', "miss"],
      [200, '{"answer":2}', "hit"],
    ]);
    expect(engine.asked.map((it) => [it.method, it.body])).toEqual(Array(3).fill(["POST", prompt(0)]));
  });

  test("tells in the words of the API that no engine is there, and is not kept", async () => {
    await engine.stop();
    for (const temperature of [0, 0.7]) {
      const { status, body } = await ask(prompt(temperature));
      expect([status, JSON.parse(body)]).toEqual([
        503,
        {
          error: {
            message: "The response cache has no answer from the server of the model.",
            type: "ServiceUnavailable",
            code: 503,
          },
        },
      ]);
    }
    await engine.start();
    // For a moment Varnish tries no connection again.
    await waitUntil("The engine", async () => ((await ask(prompt(0.7))).status === 200 ? true : undefined));
    expect((await ask(prompt(0))).status).toBe(200);
  });
});

describe("many at once", () => {
  /** Answers once so many are there. */
  function together(count: number, status = 200): Answering {
    let all = (): void => undefined;
    const there = new Promise<void>((resolve) => (all = resolve));
    return async (response, asked, before) => {
      if (before === count - 1) all();
      await there;
      response.statusCode = status;
      await numbered(response, asked, before);
    };
  }

  test("who ask the same for temperature 0 ask the engine once", async () => {
    let answer = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      engine.answers((response) => {
        answer = () => response.end("the answer");
        resolve();
      });
    });
    const all = Array.from({ length: 50 }, () => ask(prompt(0)));
    await asked;
    answer();
    expect((await Promise.all(all)).map((it) => it.body)).toEqual(Array(50).fill("the answer"));
    expect(engine.asked).toHaveLength(1);
  });

  test("who ask the same otherwise are at the engine side by side, three hundred of them", async () => {
    engine.answers(together(300));
    const all = await Promise.all(Array.from({ length: 300 }, () => ask(prompt(0.7))));
    expect(new Set(all.map((it) => it.body)).size).toBe(300);
  });

  test.each([
    ["and what comes then is for all", 1, 2],
    ["as often as it is one", Infinity, 21],
  ])("who waited for what became an error ask themselves, %s", async (_, errors, leastAsked) => {
    let fail = (): void => undefined;
    const first = new Promise<void>((resolve) => {
      engine.answers((response, asked, before) => {
        if (before > 0) {
          response.statusCode = before < errors ? 500 : 200;
          return numbered(response, asked, before);
        }
        fail = () => response.writeHead(500).end();
        resolve();
        return undefined;
      });
    });
    const all = Array.from({ length: 21 }, () => ask(prompt(0)));
    await first;
    fail();
    const statuses = (await Promise.all(all)).map((it) => it.status);
    expect(statuses.filter((it) => it === 500)).toHaveLength(Math.min(errors, 21));
    expect(engine.asked.length).toBeGreaterThanOrEqual(leastAsked);
  });
});

test("its own port is for the kubelet alone, and no way to the engine", async () => {
  expect((await send("GET", "/metrics", "", {}, ports.control)).status).toBe(404);
  expect((await send("POST", chat, prompt(0), {}, ports.control)).status).toBe(404);
  expect((await send("GET", controlPaths.restarted, "")).body).toBe('{"answer":0}');
  expect(engine.asked.map((it) => it.path)).toEqual([controlPaths.restarted]);
});
