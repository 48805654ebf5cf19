import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { text } from "node:stream/consumers";

/** A request that an engine got. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How an engine answers, by how many requests it had before. */
export type Answering = (response: ServerResponse, asked: Asked, before: number) => void | Promise<void>;

/** A server of 127.0.0.1 in place of an engine: it tells what it was asked, and answers as a test says. */
export class StandInEngine {
  public asked: Asked[] = [];
  #answering: Answering = () => undefined;
  #server: Server | undefined;

  public constructor(private readonly port: number) {}

  public async start(): Promise<void> {
    this.#server = createServer((request, response) => void this.#take(request, response)).listen(
      this.port,
      "127.0.0.1",
    );
    await once(this.#server, "listening");
  }

  /** Forgets what it was asked, and answers so from now on. */
  public answers(answering: Answering): void {
    this.asked = [];
    this.#answering = answering;
  }

  public async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const { method = "", url: path = "", headers } = request;
    const asked = { method, path, headers, body };
    const before = this.asked.push(asked) - 1;
    await this.#answering(response, asked, before);
  }
}
