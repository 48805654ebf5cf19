import type * as Pipelines from "@azure/core-rest-pipeline";
import type { TokenCredential } from "@azure/identity";
import type { Cloud } from "../catalog/clouds";
import { list, read, text } from "../core/property-tree";
import { isList, isRecord, toValue, type Value } from "../core/property-value";
import { azureWords } from "./azure-words";
import { patience } from "./patience";
import type { Answer, Question, Unanswered } from "./question";

/** How Azure Resource Manager is reached. */
export interface ArmAccess {
  readonly cloud: Pick<Cloud, "resourceManager">;
  readonly credential: TokenCredential;
  /** Ends all that is under way. */
  readonly signal: AbortSignal;
  /** Milliseconds that a page may take with all its tries. The longest, all sizes of a region, takes a few seconds. @default 30000 */
  readonly longestMs?: number;
  /** Sends what the pipeline made of a request. @default over the network, by the proxy that the environment names */
  readonly httpClient?: Pipelines.HttpClient;
}

/** Most requests under way at once: Azure counts them by the minute and not by the moment, and more are not faster. */
const atOnce = 16;
/** Most pages of one list. */
const mostPages = 20;

/** Asks Azure Resource Manager by Azure's own pipeline, in parallel, patiently, and never twice the same. */
export class ArmClient {
  readonly #access: ArmAccess;
  readonly #library: typeof Pipelines;
  readonly #pipeline: Pipelines.Pipeline;
  readonly #http: Pipelines.HttpClient;
  readonly #asked = new Map<string, Promise<Answer>>();
  readonly #waiting: (() => void)[] = [];
  /** Whether Azure throttled any question of the run: that is where its time went. */
  #throttled = false;
  #underWay = 0;

  public constructor(access: ArmAccess) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass by what makes it quick: cli/start.cjs
    const library = require("@azure/core-rest-pipeline") as typeof Pipelines;
    const pipeline = library.createEmptyPipeline();
    pipeline.addPolicy(library.proxyPolicy());
    pipeline.addPolicy(library.decompressResponsePolicy());
    pipeline.addPolicy(library.userAgentPolicy({ userAgentPrefix: "azure-gpu-cluster-preflight" }));
    pipeline.addPolicy(library.setClientRequestIdPolicy());
    pipeline.addPolicy(library.retryPolicy([patience], { maxRetries: 3 }), { phase: "Retry" });
    // No policy follows redirects: the token goes to this address and to no other.
    const scopes = `${access.cloud.resourceManager}/.default`;
    pipeline.addPolicy(library.bearerTokenAuthenticationPolicy({ credential: access.credential, scopes }), {
      phase: "Sign",
    });
    this.#access = access;
    this.#library = library;
    this.#pipeline = pipeline;
    this.#http = access.httpClient ?? library.createDefaultHttpClient();
  }

  /** Asks, or says what it heard when the same was asked before. It never throws: whatever goes wrong is an answer. */
  public ask(question: Question): Promise<Answer> {
    const key = JSON.stringify([question.method, question.path.toLowerCase(), question.query, question.body]);
    const known = this.#asked.get(key) ?? this.#inTurn(() => this.#all(question));
    this.#asked.set(key, known);
    return known;
  }

  /** An answer with all its pages. */
  async #all(question: Question): Promise<Answer> {
    const first = await this.#one(question, this.#url(question));
    const values: Value[] = [];
    let last = first;
    for (let pages = 1; last.kind === "found"; pages++) {
      if (question.has !== null && !canBeRead(last.body, question.has))
        return nobodySays("the answer has another form than the one that is published");
      values.push(...list(last.body, "value"));
      const next = text(last.body, "nextLink");
      if (next === undefined || next === "") break;
      if (pages === mostPages) return nobodySays(`the list has more than ${mostPages} pages`);
      if (!next.startsWith(`${this.#access.cloud.resourceManager}/`))
        return nobodySays("the next page of the list is said to be at another address, which gets no token");
      last = await this.#one(question, next);
    }
    if (last.kind !== "found" || first.kind !== "found") return last;
    return last === first ? first : { kind: "found", body: { ...(first.body as object), value: values } };
  }

  #url({ path, apiVersion, query }: Question): string {
    const parameters = new URLSearchParams({ "api-version": apiVersion, ...query });
    return `${this.#access.cloud.resourceManager}${encodeURI(path)}?${parameters.toString()}`;
  }

  async #one(question: Question, url: string): Promise<Answer> {
    const { method, body, right } = question;
    const { signal, longestMs = 30_000 } = this.#access;
    // Not the library's own limit: it ends with the head of an answer, and its timer outlives a request that fails.
    const limit = AbortSignal.timeout(longestMs);
    const request = this.#library.createPipelineRequest({
      url,
      method,
      abortSignal: AbortSignal.any([signal, limit]),
      headers: this.#library.createHttpHeaders({
        Accept: "application/json",
        ...(body !== null && { "Content-Type": "application/json" }),
      }),
      ...(body !== null && { body: JSON.stringify(body) }),
    });
    let heard: Pipelines.PipelineResponse | undefined;
    const http: Pipelines.HttpClient = {
      sendRequest: async (it) => {
        heard = await this.#http.sendRequest(it);
        this.#throttled ||= heard.status === 429;
        return heard;
      },
    };
    try {
      return answerOf(await this.#pipeline.sendRequest(http, request), right);
    } catch (error) {
      if (!signal.aborted && !limit.aborted)
        return nobodySays(`Azure cannot be reached: ${azureWords((error as Error).message)}`);
      const over = signal.aborted
        ? azureWords((signal.reason as Error).message)
        : `no answer within ${longestMs / 1000} s`;
      // What Azure said to the last try tells more than that there was no time for the next one.
      const said = heard === undefined ? undefined : answerOf(heard, right);
      if (said?.kind === "unanswered") return { ...said, because: `${said.because} (${over})` };
      return nobodySays(signal.aborted && this.#throttled ? `${over}, and Azure throttled other questions` : over);
    }
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#underWay >= atOnce) await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
      this.#waiting.shift()?.();
    }
  }
}

/** Whether a body has what is looked for in it: of a list that is none nothing would be read, which sounds like good news. */
function canBeRead(body: Value, has: string): boolean {
  const value = read(body, has);
  return has === "value" ? isList(value) : value !== undefined && value !== null;
}

/** What a response says. */
function answerOf({ status, headers, bodyAsText }: Pipelines.PipelineResponse, right: string): Answer {
  const body = parsed(bodyAsText ?? "");
  if (status === 200 || status === 204) {
    if (body !== undefined || (bodyAsText ?? "") === "") return { kind: "found", body: body ?? null };
    return nobodySays("what came back is no JSON", status);
  }
  const code = text(body, "error.code") ?? text(body, "code") ?? `HTTP status ${status}`;
  const message = azureWords(text(body, "error.message") ?? text(body, "message") ?? "");
  const said = message === "" ? code : `${code}: ${message}`;
  if (status === 404) return { kind: "absent" };
  if (status === 403) return forbidden(message, right);
  if (status === 401) return signedOut(said);
  if (status === 429) {
    const after = headers.get("Retry-After");
    const later = after === undefined ? "later" : `in ${after} s`;
    return { ...nobodySays(`Azure throttles: ${said}`, status), remedy: `Run it again ${later}` };
  }
  if (status >= 500 || status === 408) return nobodySays(`Azure failed: ${said}`, status);
  return { kind: "refused", code, message, body: body ?? null };
}

/** A token that is of another tenant, or has ended. Azure names the tenant that it should be of. */
function signedOut(said: string): Unanswered {
  const tenant = /must match the tenant '?https:\/\/sts\.\w+\.\w+\/([\w-]+)/.exec(said)?.[1];
  return {
    kind: "unanswered",
    status: 401,
    because: `the login is not taken: ${said}`,
    remedy:
      tenant === undefined
        ? "Log in again: az login"
        : `The subscription is of another tenant: az login --tenant ${tenant}`,
  };
}

function forbidden(message: string, right: string): Unanswered {
  // Azure names the right in its own spelling, where it names one.
  const named = /perform action '([\w./*]+)'/.exec(message)?.[1] ?? right;
  return {
    kind: "unanswered",
    status: 403,
    because: `no right to ${named}`,
    remedy: `Ask for a role that has it: ${roleFor(named)}`,
  };
}

/** Reader has all that is read, and nothing that is an action. */
function roleFor(right: string): string {
  return `${/\/read$/i.test(right) ? "Reader" : "Contributor"} on the subscription`;
}

function nobodySays(because: string, status: number | null = null): Unanswered {
  return { kind: "unanswered", status, because, remedy: "Run it again" };
}

/** What a body says. A list that is bare, as that of image versions is, stands below `value` as in all others. */
function parsed(text: string): Value | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (isList(value)) return { value: toValue(value) };
    return isRecord(value) ? toValue(value) : undefined;
  } catch {
    return undefined;
  }
}
