/** Answer of the API server, JSON or text. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** The API server, as the service account of the controller reaches it. */
export interface Api {
  request(method: string, path: string, body?: unknown, contentType?: string): Promise<Answer>;
}

/** How a part of an object is changed. */
export const patchTypes = {
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
} as const;

/**
 * Asks for something that must be done.
 * @throws Error with what the server says, when it refuses
 */
export async function ask(api: Api, ...request: Parameters<Api["request"]>): Promise<unknown> {
  const { status, body } = await api.request(...request);
  if (status < 300) return body;
  const [method, path] = request;
  throw new Error(`${method} ${path}: ${status} ${typeof body === "string" ? body : JSON.stringify(body)}`);
}
