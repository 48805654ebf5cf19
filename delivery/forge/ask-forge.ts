import { MisconfiguredError } from "../../core/problems";
import { text } from "../../core/property-tree";
import { toProps, toValue, type Value } from "../../core/property-value";

/** Milliseconds that one request may take. */
const longestMs = 30_000;

/** How a forge is asked. */
export interface ForgeApi {
  readonly forge: "GitHub" | "Azure DevOps" | "GitLab";
  /** What is to be written, as a refusal calls it. */
  readonly what: string;
  /** Headers by which we say who we are. */
  readonly headers: Readonly<Record<string, string>>;
  /** What to do where the forge does not let us. */
  readonly right: string;
}

/** One request. */
export interface ForgeRequest {
  readonly url: string;
  readonly method?: "GET" | "POST" | "PATCH" | "PUT";
  readonly body?: object;
  /** @default "application/json" */
  readonly contentType?: string;
}

/**
 * What a forge answers.
 * @throws MisconfiguredError that says what the forge did not let us, and never with what token
 */
export async function askForge(api: ForgeApi, request: ForgeRequest): Promise<Value> {
  const { url, method = "GET", body, contentType = "application/json" } = request;
  let answer: Response;
  let said: string;
  try {
    answer = await fetch(url, {
      method,
      // The token goes to this address and to no other.
      redirect: "manual",
      signal: AbortSignal.timeout(longestMs),
      headers: { ...api.headers, "user-agent": "azure-gpu-cluster", "content-type": contentType },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    said = await answer.text();
  } catch (error) {
    const cause = error instanceof Error ? (error.cause instanceof Error ? error.cause : error) : undefined;
    throw forgeRefusal(api, request, `was not answered: ${cause?.message ?? String(error)}`, "Run it again");
  }
  // Azure DevOps shows its page for signing in to a token that it does not know.
  if (!answer.ok || answer.status === 203)
    throw forgeRefusal(api, request, `was answered ${told(answer, said)}`, remedyOf(answer, api));
  try {
    return toValue(JSON.parse(said));
  } catch {
    throw forgeRefusal(api, request, "was answered with what is no JSON");
  }
}

/** One refusal, with the address and without what the address was asked with. */
export function forgeRefusal(
  { forge, what }: ForgeApi,
  { url, method = "GET" }: ForgeRequest,
  rule: string,
  remedy?: string,
): MisconfiguredError {
  return new MisconfiguredError(what, [
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

function remedyOf({ status, headers }: Response, { right }: ForgeApi): string | undefined {
  if (status === 429 || headers.get("retry-after") !== null) return "Run the job again later";
  return [203, 302, 401, 403, 404].includes(status) ? right : undefined;
}
