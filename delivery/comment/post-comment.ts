import { MisconfiguredError } from "../../core/problems";
import { list, read, text } from "../../core/property-tree";
import { isList, toProps, toValue, type Value } from "../../core/property-value";
import { commentsPerPage, type ForgeThread } from "./forge-thread";
import { commentMarker } from "./render-comment";

/** Pages of comments that are looked through. */
const mostPages = 50;
/** Milliseconds that one request may take. */
const longestMs = 30_000;

interface Request {
  readonly url: string;
  readonly method?: "GET" | "POST" | "PATCH" | "PUT";
  readonly body?: object;
}

/**
 * Writes the one comment of a pull request: over our own of an earlier run where there is one.
 * @throws MisconfiguredError that says what the forge did not let us, and never with what token
 */
export async function postComment(thread: ForgeThread, comment: string): Promise<"made" | "updated"> {
  const own = await ownComment(thread);
  if (own === undefined) {
    await ask(thread, { url: thread.create.url, method: "POST", body: thread.create.body(comment) });
    return "made";
  }
  const { url, method, body } = thread.update(own);
  await ask(thread, { url, method, body: body(comment) });
  return "updated";
}

/** Who else writes our marker would have us fill a comment that stays theirs to change. */
async function ownComment(thread: ForgeThread): Promise<readonly string[] | undefined> {
  const me = await myId(thread);
  for (let page = 1; page <= mostPages; page++) {
    const answer = await ask(thread, { url: thread.list(page) });
    const comments = thread.paged ? (isList(answer) ? answer : []) : list(answer, "value");
    for (const it of comments) {
      const [first] = list(it, "comments");
      const one = thread.paged ? it : first;
      const body = text(one, "body") ?? text(one, "content") ?? "";
      const own = idOf(read(one, thread.authorAt)) === me;
      if (!own || !body.startsWith(commentMarker) || read(one, "isDeleted") === true) continue;
      return thread.paged ? [idOf(read(it, "id"))] : [idOf(read(it, "id")), idOf(read(one, "id"))];
    }
    if (!thread.paged || comments.length < commentsPerPage) return undefined;
  }
  return undefined;
}

async function myId(thread: ForgeThread): Promise<string> {
  const { url, body, at } = thread.whoAmI;
  const method = body === undefined ? "GET" : "POST";
  const answer = await ask(thread, { url, method, ...(body !== undefined && { body }) });
  const me = idOf(read(answer, at));
  if (me !== "") return me;
  throw refused(thread, method, url, `was answered without ${at}: nobody knows which comment is ours`);
}

function idOf(value: Value | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

async function ask(thread: ForgeThread, { url, method = "GET", body }: Request): Promise<Value> {
  const wrong = (rule: string, remedy?: string): MisconfiguredError => refused(thread, method, url, rule, remedy);
  let answer: Response;
  let said: string;
  try {
    answer = await fetch(url, {
      method,
      // The token goes to this address and to no other.
      redirect: "manual",
      signal: AbortSignal.timeout(longestMs),
      headers: { ...thread.headers, "user-agent": "azure-gpu-cluster", "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    said = await answer.text();
  } catch (error) {
    const cause = error instanceof Error ? (error.cause instanceof Error ? error.cause : error) : undefined;
    throw wrong(`was not answered: ${cause?.message ?? String(error)}`, "Run it again");
  }
  // Azure DevOps shows its page for signing in to a token that it does not know.
  if (!answer.ok || answer.status === 203)
    throw wrong(`was answered ${told(answer, said)}`, remedyOf(answer, thread.forge));
  try {
    return toValue(JSON.parse(said));
  } catch {
    throw wrong("was answered with what is no JSON");
  }
}

/** One refusal, with the address and without what the address was asked with. */
function refused(
  { forge }: ForgeThread,
  method: string,
  url: string,
  rule: string,
  remedy?: string,
): MisconfiguredError {
  return new MisconfiguredError("The comment", [
    {
      path: forge,
      rule: `must take it: ${method} ${new URL(url).pathname} ${rule}`,
      ...(remedy !== undefined && { remedy }),
    },
  ]);
}

function told({ status, headers }: Response, said: string): string {
  const wait = headers.get("retry-after");
  let message: string | undefined;
  try {
    const value = toProps(JSON.parse(said));
    message = text(value, "message") ?? text(value, "error");
  } catch {
    // A page for people.
  }
  const words = message === undefined ? "" : ` "${message.replace(/\s+/g, " ").slice(0, 200)}"`;
  return `${status}${words}${wait === null ? "" : `, to be asked again after ${wait} s`}`;
}

function remedyOf({ status, headers }: Response, forge: ForgeThread["forge"]): string | undefined {
  if (status === 429 || headers.get("retry-after") !== null) return "Run the job again later";
  const right = {
    GitHub: "Give the job pull-requests: write; runs of forks never have it",
    "Azure DevOps": "Let the build service contribute to pull requests, and map System.AccessToken",
    GitLab: "Give GITLAB_TOKEN the scope api and the role Reporter",
  }[forge];
  return [203, 302, 401, 403, 404].includes(status) ? right : undefined;
}
