import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout } from "node:timers/promises";
import type { ControllerConfig } from "../controller-config";
import type { Api } from "./api";
import { metricsText } from "./metrics";
import type { NodeState } from "./node-state";
import { reconcile } from "./reconcile";
import type { Remedies } from "./round";

/** Seconds between two looks at the nodes. */
const pauseSeconds = 30;

const [, , server = "", tokenFile = "", configFile = "", port = ""] = process.argv;
// JSON of our own, written by the plan beside this program.
const config = JSON.parse(readFileSync(configFile, "utf8")) as ControllerConfig;

const api: Api = {
  async request(method, path, body, contentType = "application/json") {
    const answer = await fetch(new URL(path, server), {
      method,
      // The token is renewed while the program runs.
      headers: { Authorization: `Bearer ${readFileSync(tokenFile, "utf8")}`, "Content-Type": contentType },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true;
    return { status: answer.status, body: isJson ? (JSON.parse(text) as unknown) : text };
  },
};

function log(line: string): void {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}

/** What the last round saw, for those who ask in between. */
let nodes: readonly NodeState[] = [];
const remedies: Remedies = { close: 0, drain: 0 };

async function run(): Promise<never> {
  for (;;) {
    try {
      nodes = await reconcile({ api, config, now: Date.now(), log, remedies });
    } catch (error) {
      // fetch says why in the cause alone.
      const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
      log(error instanceof Error ? `${error.message}${cause}` : String(error));
    }
    await setTimeout(pauseSeconds * 1000);
  }
}

const metrics = createServer((request, response) => {
  const known = request.url === "/metrics";
  response.writeHead(known ? 200 : 404, { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" });
  response.end(known ? metricsText(Object.keys(config.pools), nodes, remedies) : "");
});
metrics.listen(Number(port), () => log(`metrics are at ${JSON.stringify(metrics.address())}`));

void run();
