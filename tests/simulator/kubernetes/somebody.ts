import { Agent, request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { isRecord } from "../../../core/property-value";
import type { ClusterAddress } from "../../../simulator/kubernetes/cluster-file";

/** Who asks, as the API server is told. */
export interface Somebody {
  readonly user: string;
  readonly groups: readonly string[];
  /** What a token says beside the name, by key. */
  readonly extra?: Readonly<Record<string, string>>;
}

/** What the server answered: the status, and what a refusal says. */
export interface Said {
  readonly status: number;
  readonly message: string;
}

/** Asks the API server for something in the name of somebody. Their rights count, and admission sees their name. */
export function asSomebody(
  { server, certificateAuthorityData, token }: ClusterAddress,
  { user, groups, extra = {} }: Somebody,
): (method: string, path: string, body?: unknown, contentType?: string) => Promise<Said> {
  const agent = new Agent({ ca: Buffer.from(certificateAuthorityData, "base64") });
  const headers = {
    Authorization: `Bearer ${token}`,
    Accept: "application/json",
    "Impersonate-User": user,
    "Impersonate-Group": [...groups, "system:authenticated"],
    ...Object.fromEntries(
      Object.entries(extra).map(([key, it]) => [`Impersonate-Extra-${encodeURIComponent(key)}`, it]),
    ),
  };
  return (method, path, body, contentType = "application/json") =>
    new Promise((resolve, reject) => {
      const sent = request(
        new URL(path, server),
        { method, agent, headers: { ...headers, "Content-Type": contentType } },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on("data", (chunk: Buffer) => chunks.push(chunk));
          answer.on("error", reject);
          answer.on("end", () => {
            const text = Buffer.concat(chunks).toString("utf8");
            // Of a group of APIs that nobody serves it says so in plain text.
            const said: unknown = answer.headers["content-type"]?.includes("json") === true ? JSON.parse(text) : {};
            const message = isRecord(said) && typeof said["message"] === "string" ? said["message"] : "";
            resolve({ status: answer.statusCode ?? 0, message });
          });
        },
      );
      sent.on("error", reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
}

/** Waits until a policy is at work, which takes a moment when it is new. What it refuses is asked for without being done. */
export async function untilRefused(ask: () => Promise<Said>): Promise<void> {
  await untilStatus(422, ask);
}

/** Waits until something is answered with a status, because what the answer depends on takes a moment to be seen. */
export async function untilStatus(status: number, ask: () => Promise<Said>): Promise<void> {
  for (let tries = 1; tries <= 100; tries++) {
    if ((await ask()).status === status) return;
    await sleep(100);
  }
  throw new Error(`Nothing answered this with ${status}.`);
}
