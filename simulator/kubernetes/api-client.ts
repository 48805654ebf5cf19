import { Agent, request as httpsRequest } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { ApiError, UnreachableError } from "./api-errors";
import type { ClusterAddress } from "./cluster-file";
import { isRecord, type Props, toProps } from "../../core/property-value";

/** How long a server that does many things at once may be silent: it has crashed only when its process ends. */
export const patienceSeconds = 300;

/** Answer of the API server, JSON or text. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * HTTP to one API server. Not the official client: that one drops fields which its own version does not know before it
 * sends them, so the server could not refuse a misspelt one, and it takes more than a second to load.
 */
export class ApiClient {
  readonly #agent: Agent;
  readonly #address: ClusterAddress;

  private constructor(address: ClusterAddress) {
    this.#address = address;
    const ca = Buffer.from(address.certificateAuthorityData, "base64");
    this.#agent = new Agent({ ca, keepAlive: true, maxSockets: 32 });
  }

  public static of({ server, certificateAuthorityData, token }: ClusterAddress): ApiClient {
    return new ApiClient({ server, certificateAuthorityData, token });
  }

  /**
   * Sends one request.
   * @throws UnreachableError when there is no answer
   */
  public async request(method: string, path: string, body?: unknown, contentType?: string): Promise<ApiAnswer> {
    for (let tries = 1; ; tries++) {
      const answer = await this.#send(method, path, body, contentType);
      // "Too many requests": a kind whose CRD is new, or has just changed, is not ready yet.
      if (answer.status !== 429 || tries === 40) return answer;
      await sleep(250);
    }
  }

  #send(method: string, path: string, body: unknown, contentType = "application/json"): Promise<ApiAnswer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => reject(new UnreachableError(`${this.#address.server}: ${error.message}`));
      const sent = httpsRequest(
        new URL(path, this.#address.server),
        {
          method,
          agent: this.#agent,
          timeout: patienceSeconds * 1000,
          headers: {
            Authorization: `Bearer ${this.#address.token}`,
            Accept: "application/json",
            ...(text !== undefined && { "Content-Type": contentType, "Content-Length": Buffer.byteLength(text) }),
          },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on("data", (chunk: Buffer) => chunks.push(chunk));
          answer.on("error", fail);
          answer.on("end", () => {
            const content = Buffer.concat(chunks).toString("utf8");
            resolve({ status: answer.statusCode ?? 0, body: parseBody(content) });
          });
        },
      );
      sent.on("timeout", () => sent.destroy(new Error(`no answer within ${patienceSeconds} seconds`)));
      sent.on("error", fail);
      sent.end(text);
    });
  }

  /**
   * Like `request`, for an answer that is one object.
   * @throws ApiError when the server refuses
   */
  public async object(method: string, path: string, body?: unknown, contentType?: string): Promise<Props> {
    const answer = await this.request(method, path, body, contentType);
    if (answer.status >= 300 || !isRecord(answer.body)) throw new ApiError(answer.status, answer.body);
    return toProps(answer.body);
  }

  /** Closes the connections that are kept open. */
  public close(): void {
    this.#agent.destroy();
  }
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
