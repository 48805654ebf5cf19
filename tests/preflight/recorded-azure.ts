import { once } from "node:events";
import { readFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { createDefaultHttpClient, createHttpHeaders, type HttpClient } from "@azure/core-rest-pipeline";
import { read } from "../../core/property-tree";
import { isList, isRecord } from "../../core/property-value";

/** An answer of Azure, in the shape of a published example. */
export interface RecordedAnswer {
  /** By which other recordings change it. */
  readonly name: string;
  /** Method and path, with what differs in braces. */
  readonly request: string;
  /** Example that the body follows, or the operation where the store of examples has none. */
  readonly example: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Text in place of a body: what is no JSON. */
  readonly text?: string;
  /** Values that the body of a request must have, by path. */
  readonly when?: Readonly<Record<string, unknown>>;
  /** How often it is given before the next one that fits. @default always */
  readonly times?: number;
  /** The connection breaks before anything is said. */
  readonly breaks?: boolean;
  /** Nothing is ever said. */
  readonly hangs?: boolean;
}

/** One value of an answer of the healthy subscription, changed. */
export interface Change {
  readonly answer: string;
  /** Keys, and for an item of a list what it has: `{ "name.value": "cores" }`. */
  readonly at: readonly (string | Readonly<Record<string, unknown>>)[];
  readonly to: unknown;
}

/** A subscription, as it answered. */
export interface Recording {
  readonly title: string;
  /** What it adds to the healthy one, or says in its place. */
  readonly answers?: readonly RecordedAnswer[];
  readonly changes?: readonly Change[];
}

const folder = path.join(__dirname, "subscriptions");

/** Reads a recording. */
export function readRecording(name: string): Recording {
  return JSON.parse(readFileSync(path.join(folder, `${name}.json`), "utf8")) as Recording;
}

/** Where Azure is, as far as the program knows. */
const azure = "https://management.azure.com/";

/** A server on this machine that answers as a recorded subscription did. It refuses what would change something. */
export class RecordedAzure {
  /** Requests that were answered. */
  public readonly asked: string[] = [];
  /** What must not happen: requests to other places, that would write, without a token, or that no recording has. */
  public readonly faults: string[] = [];
  readonly #answers: readonly RecordedAnswer[];
  readonly #given = new Map<RecordedAnswer, number>();
  readonly #server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (it: Buffer) => chunks.push(it));
    request.on("end", () => this.#answer(request, Buffer.concat(chunks).toString(), response));
  });

  private constructor(
    recording: Recording,
    private readonly strict: boolean,
  ) {
    const healthy = readRecording("healthy").answers ?? [];
    const changed = healthy.map((it) =>
      (recording.changes ?? [])
        .filter(({ answer }) => answer === it.name)
        .reduce((answer, { at, to }) => ({ ...answer, body: withChange(answer.body, at, to) }), it),
    );
    const unknown = (recording.changes ?? []).filter(({ answer }) => !healthy.some((it) => it.name === answer));
    if (unknown.length > 0) throw new Error(`no answer is called ${unknown.map((it) => it.answer).join(", ")}`);
    this.#answers = [...(recording.answers ?? []), ...changed];
  }

  /** @param strict Whether it is a fault to ask what the recording has no answer for. Else there is no such thing. */
  public static async start(recording: Recording, strict = true): Promise<RecordedAzure> {
    const azure = new RecordedAzure(recording, strict);
    azure.#server.listen(0, "127.0.0.1");
    await once(azure.#server, "listening");
    return azure;
  }

  public get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  public async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  /** Sends what is meant for Azure to this server, and nothing anywhere else. */
  public get httpClient(): HttpClient {
    const inner = createDefaultHttpClient();
    return {
      sendRequest: (request) => {
        if (!request.url.startsWith(azure)) {
          this.faults.push(`asked another place: ${request.url}`);
          return Promise.reject(new Error(`${request.url} is not Azure Resource Manager`));
        }
        const url = `http://127.0.0.1:${this.port}/${request.url.slice(azure.length)}`;
        return inner
          .sendRequest({
            ...request,
            url,
            headers: createHttpHeaders(request.headers.toJSON()),
            allowInsecureConnection: true,
          })
          .then((it) => ({ ...it, request }));
      },
    };
  }

  #answer(request: http.IncomingMessage, content: string, response: http.ServerResponse): void {
    const url = new URL(request.url ?? "", azure);
    const line = `${request.method ?? ""} ${decodeURI(url.pathname)}`;
    const wrong = faultOf(request, line, url.searchParams.get("api-version") ?? "");
    const body: unknown = content === "" ? null : JSON.parse(content);
    const names = (it: RecordedAnswer): Readonly<Record<string, string>> | null => matchOf(it, line, body);
    const answer = this.#answers.find(
      (it) => (this.#given.get(it) ?? 0) < (it.times ?? Infinity) && names(it) !== null,
    );
    if (wrong !== null || (answer === undefined && this.strict)) {
      this.faults.push(`${wrong ?? "no recording has"}: ${line}`);
      response.writeHead(500).end();
    } else if (answer === undefined) {
      response.writeHead(404, { "Content-Type": "application/json" }).end("{}");
    } else {
      this.#given.set(answer, (this.#given.get(answer) ?? 0) + 1);
      this.asked.push(line);
      give(answer, { ...namesIn(url), ...names(answer) }, response);
    }
  }
}

/** What may be sent as a POST. The program has a list of its own. */
const readingActions = [
  "checkNameAvailability",
  "checkPolicyRestrictions",
  "getRequiredAmlFSSubnetsSize",
  "checkAmlFSSubnets",
];

/** What a request must not be, null for one that may. */
function faultOf({ headers }: http.IncomingMessage, line: string, version: string): string | null {
  const action = /^POST .*\/(\w+)$/.exec(line)?.[1];
  const reads = action === undefined ? line.startsWith("GET ") : readingActions.includes(action);
  if (!reads) return "would write";
  if (headers.authorization !== `Bearer ${token}`) return "without a token";
  return /^\d{4}-\d\d-\d\d(-preview)?$/.test(version) ? null : "without a version";
}

/** The token that the server takes: its payload says who it is of, and nobody has signed it. */
export const token = [
  { alg: "none" },
  { oid: "0c4a1b7e-52f5-4a0b-9a51-8f9b3c2d1e0f", tid: "31c75423-32d6-4322-88b7-c478bdde4858" },
]
  .map((it) => Buffer.from(JSON.stringify(it)).toString("base64url"))
  .concat("")
  .join(".");

/** What stands for the names in a request, null where it is another request. */
function matchOf(
  { request, when }: RecordedAnswer,
  line: string,
  body: unknown,
): Readonly<Record<string, string>> | null {
  const pattern = request.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  const match = new RegExp(`^${pattern}$`, "i").exec(line);
  if (match === null) return null;
  if (Object.entries(when ?? {}).some(([at, wanted]) => read(body, at) !== wanted)) return null;
  return { ...match.groups };
}

/** A region that is asked for by a filter. */
function namesIn(url: URL): Readonly<Record<string, string>> {
  const location = /location eq '(\w+)'/.exec(url.searchParams.get("$filter") ?? "")?.[1];
  return location === undefined ? {} : { location };
}

function give(answer: RecordedAnswer, names: Readonly<Record<string, string>>, response: http.ServerResponse): void {
  if (answer.hangs === true) return;
  if (answer.breaks === true) {
    response.destroy();
    return;
  }
  const body = answer.text ?? (answer.body === undefined ? "" : JSON.stringify(answer.body));
  response.writeHead(answer.status ?? 200, { "Content-Type": "application/json", ...answer.headers });
  response.end(body.replace(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole));
}

function withChange(value: unknown, [step, ...rest]: Change["at"], to: unknown): unknown {
  if (step === undefined) return to;
  if (typeof step !== "string") {
    const fits = (it: unknown): boolean => Object.entries(step).every(([at, wanted]) => read(it, at) === wanted);
    if (!isList(value) || !value.some(fits)) throw new Error(`nothing has ${JSON.stringify(step)}`);
    return value.flatMap((it) =>
      fits(it) ? (rest.length === 0 && to === null ? [] : [withChange(it, rest, to)]) : [it],
    );
  }
  const before = isRecord(value) ? value : {};
  return { ...before, [step]: withChange(before[step], rest, to) };
}
