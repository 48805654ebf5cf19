import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { ControllerConfig } from "../controller-config";
import type { Api } from "./api";
import { reconcile } from "./reconcile";

/** Seconds between two looks at the nodes. */
const pauseSeconds = 30;

const [, , server = "", tokenFile = "", configFile = ""] = process.argv;
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

async function run(): Promise<never> {
  for (;;) {
    try {
      await reconcile(api, config, Date.now(), log);
    } catch (error) {
      // fetch says why in the cause alone.
      const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
      log(error instanceof Error ? `${error.message}${cause}` : String(error));
    }
    await setTimeout(pauseSeconds * 1000);
  }
}

void run();
