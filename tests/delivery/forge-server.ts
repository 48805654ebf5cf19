import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What a forge was asked. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly type: string | undefined;
  readonly token: string;
  readonly body: unknown;
}
/** What it answers; `cut` ends the connection without an answer. */
export type Answer =
  | "cut"
  | {
      readonly status: number;
      readonly json?: unknown;
      readonly text?: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** The API of a forge on this machine. */
export interface ForgeServer {
  readonly origin: string;
  /** All that was asked, in order. */
  readonly asked: readonly Asked[];
  readonly close: () => Promise<void>;
}

/** Starts one that answers as a function says. */
export async function startForge(answer: (asked: Asked) => Answer): Promise<ForgeServer> {
  const asked: Asked[] = [];
  const server: Server = createServer((request, response) => {
    let text = "";
    request.on("data", (it: Buffer) => (text += it.toString()));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const { pathname, searchParams } = new URL(url, "http://forge");
      const one: Asked = {
        ...{ method, path: pathname, query: searchParams, type: headers["content-type"] },
        token: String(headers["private-token"] ?? headers.authorization?.replace("Bearer ", "") ?? ""),
        body: text === "" ? undefined : (JSON.parse(text) as unknown),
      };
      asked.push(one);
      const said = answer(one);
      if (said === "cut") {
        request.socket.destroy();
        return;
      }
      response.writeHead(said.status, { "content-type": "application/json", ...said.headers });
      response.end(said.text ?? JSON.stringify(said.json ?? {}));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

/** The token of the job, which stands in no message. */
export const jobToken = "s3cret-token-of-the-job";

/** Answers with which a forge refuses or fails, and what is told of each. */
export const forgeTroubles: readonly (readonly [string, Answer, RegExp])[] = [
  ["401", { status: 401, json: { message: "Bad credentials" } }, /answered 401 "Bad credentials".*(Give|Let) /],
  ["403", { status: 403, json: { message: "Not accessible" } }, /answered 403 "Not accessible".*(Give|Let) /],
  ["404", { status: 404, text: "<html>" }, /answered 404.*(Give|Let) /],
  ["422", { status: 422, json: { message: "Validation\nFailed" } }, /answered 422 "Validation Failed"/],
  [
    "429",
    { status: 429, headers: { "retry-after": "60" }, text: "" },
    /429, to be asked again after 60 s.*Run the job again later/,
  ],
  ["500", { status: 500, text: "" }, /answered 500/],
  ["a page for signing in", { status: 203, text: "<html>Sign in</html>" }, /answered 203.*(Give|Let) /],
  ["a redirection", { status: 302, headers: { location: "http://127.0.0.1:1/" }, text: "" }, /answered 302/],
  ["no JSON", { status: 200, text: "<html>" }, /answered with what is no JSON/],
  ["a cut connection", "cut", /was not answered: .*Run it again/],
];
