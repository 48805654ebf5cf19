import http from "node:http";
import https from "node:https";
import { text as textOfStream } from "node:stream/consumers";

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A request that the server did not take. */
export class RefusedError extends Error {
  public readonly body: string;

  public constructor({ status, body }: Answer) {
    super(`HTTP status ${status}`);
    this.body = body;
  }
}

/** Sends a request and waits for all of the answer. */
export async function answerOf(url: URL, options: https.RequestOptions, content?: string): Promise<Answer> {
  const { request } = url.protocol === "http:" ? http : https;
  const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request(url, options, resolve).on("error", reject).end(content);
  });
  return { status: answer.statusCode ?? 0, body: await textOfStream(answer) };
}

/** One line that says what went wrong with a request: the words of the server where it has some. */
export function textOf(error: unknown): string {
  const { message, body } = error as { readonly message?: string; readonly body?: unknown };
  const said = (statusOf(body) as { readonly message?: unknown } | undefined)?.message;
  if (typeof said === "string" && said !== "") return said;
  // The client puts code, message, body and headers into lines.
  const [first = "", ...rest] = (message ?? String(error)).split("\n");
  const words = rest.find((it) => it.startsWith("Message: "))?.slice("Message: ".length) ?? "";
  return words === "" ? first : `${words} (${first})`;
}

/** A status of Kubernetes, which the client has read already for the codes that it knows. Not every answer is one. */
function statusOf(body: unknown): object | undefined {
  if (typeof body === "object" && body !== null) return body;
  if (typeof body !== "string") return undefined;
  try {
    return statusOf(JSON.parse(body));
  } catch {
    return undefined;
  }
}
