import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, watch, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { json } from "node:stream/consumers";
import { stringify } from "yaml";
import { isRecord } from "../../core/property-value";

/** A node of an API that is only pretended. */
interface StandInNode {
  readonly name: string;
  readonly pool?: string;
  readonly nodePool?: string;
  readonly verdict?: "pass" | "fail" | "no-evidence" | null;
  readonly reasons?: readonly string[];
  readonly closed?: boolean;
}

type Answer = readonly [status: number, body: object];

/** An API server with nodes, pods and the record of replacements, and an `az` beside it: what both are asked is written down in one list. */
export class StandInApi {
  public readonly nodes = new Map<string, object>();
  /** Pods by node. An eviction takes one away, unless its name begins with `guarded`. */
  public readonly pods = new Map<string, string[]>();
  /** What the ConfigMap of the record holds, undefined while there is none. */
  public data: Record<string, string> | undefined;
  /** Is told of each change, before it is answered; what it returns is the answer. */
  public onChange: (line: string) => Answer | undefined = () => undefined;
  public readonly kubeconfig: string;
  readonly #server: http.Server;
  readonly #folder: string;
  readonly #path = process.env["PATH"];
  #version = 1;

  private constructor(server: http.Server, cluster: string) {
    this.#server = server;
    this.#folder = mkdtempSync(path.join(tmpdir(), "stand-in-api-"));
    this.kubeconfig = path.join(this.#folder, "kubeconfig");
    const { port } = server.address() as AddressInfo;
    const config = {
      ...{ apiVersion: "v1", kind: "Config", "current-context": "it" },
      clusters: [{ name: cluster, cluster: { server: `http://127.0.0.1:${port}`, "insecure-skip-tls-verify": true } }],
      contexts: [{ name: "it", context: { cluster, user: "it" } }],
      users: [{ name: "it", user: {} }],
    };
    writeFileSync(this.kubeconfig, stringify(config));
    this.az({});
    process.env["PATH"] = `${this.#folder}${path.delimiter}${this.#path ?? ""}`;
  }

  /** Starts it, with a kubeconfig that leads to it under the name of a cluster. */
  public static async start(cluster: string): Promise<StandInApi> {
    const server = http.createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const api = new StandInApi(server, cluster);
    server.on("request", (request: http.IncomingMessage, response: http.ServerResponse) => {
      void api.#answer(request).then(([status, body]) => {
        response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
      });
    });
    return api;
  }

  public stop(): void {
    process.env["PATH"] = this.#path;
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** All that was done, in its order. What was only read is not in it. */
  public get done(): string[] {
    return existsSync(this.#done) ? readFileSync(this.#done, "utf8").trim().split("\n") : [];
  }

  public add(node: StandInNode, pods: readonly string[] = []): this {
    const { name, pool = "h100", nodePool = "h100d1", verdict = "fail", closed = true } = node;
    const { reasons = ["NvLinks: 2 of 18 links are down"] } = node;
    const report = { verdict, bootId: "first", at: 1, reasons, physicalHost: `host-of-${name}`, checks: [] };
    this.nodes.set(name, {
      metadata: {
        name,
        labels: { "azure-gpu-cluster/pool": pool, "kubernetes.azure.com/agentpool": nodePool },
        annotations: verdict === null ? {} : { "azure-gpu-cluster/gpu-health-report": JSON.stringify(report) },
      },
      spec: {
        providerID: "azure:///subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/mc/providers/x",
        taints: closed
          ? [
              {
                key: "startup-taint.cluster-autoscaler.kubernetes.io/gpu-health",
                value: "pending",
                effect: "NoSchedule",
              },
            ]
          : [],
      },
      status: { nodeInfo: { bootID: "first" } },
    });
    this.pods.set(name, [...pods]);
    return this;
  }

  /** What `az` does from now on: it fails with the words that its action has here, counts so many nodes of a pool, deletes when it may. */
  public az({
    fails = {},
    count = 4,
    heldUp = false,
  }: {
    readonly fails?: Readonly<Record<string, string>>;
    readonly count?: number | string;
    /** Whether a deletion takes until `letGo`. */
    readonly heldUp?: boolean;
  }): void {
    const file = path.join(this.#folder, "az");
    const cases = Object.entries(fails).map(([action, words]) => `${action}) echo "${words}" >&2; exit 1 ;;`);
    const wait = heldUp ? [`delete-machines) while [ ! -e ${this.#gate} ]; do sleep 0.05; done ;;`] : [];
    const script = ["#!/bin/sh", `echo "az $*" >> ${this.#done}`, 'case "$3" in', ...cases, ...wait];
    writeFileSync(file, [...script, `show) echo ${count} ;;`, "esac", ""].join("\n"));
    chmodSync(file, 0o755);
  }

  /** Waits until `az` was asked for something. */
  public async asked(action: string): Promise<void> {
    const isThere = (): boolean => this.done.some((it) => it.startsWith("az") && it.includes(action));
    const changes = watch(this.#folder);
    try {
      while (!isThere()) await once(changes, "change");
    } finally {
      changes.close();
    }
  }

  /** Lets a deletion end that was held up. */
  public letGo(): void {
    writeFileSync(this.#gate, "");
  }

  /** Leaves no `az` on PATH. */
  public withoutAz(): void {
    process.env["PATH"] = path.join(this.#folder, "nothing");
  }

  get #gate(): string {
    return path.join(this.#folder, "gate");
  }

  get #done(): string {
    return path.join(this.#folder, "done");
  }

  async #answer(request: http.IncomingMessage): Promise<Answer> {
    const { method = "", url = "" } = request;
    const { pathname, searchParams } = new URL(url, "http://it");
    if (method === "GET") return this.#read(pathname, searchParams);
    const body = await json(request);
    const line = `${method} ${pathname.replace("/api/v1/", "")}`;
    writeFileSync(this.#done, `${line}\n`, { flag: "a" });
    return this.onChange(line) ?? this.#change(pathname, body);
  }

  #read(pathname: string, query: URLSearchParams): Answer {
    const [, node] = /^\/api\/v1\/nodes\/(.+)$/.exec(pathname) ?? [];
    if (node !== undefined) return found(this.nodes.get(node));
    if (pathname === "/api/v1/nodes") return [200, { items: [...this.nodes.values()] }];
    if (pathname === "/api/v1/pods") {
      const of = (query.get("fieldSelector") ?? "").replace("spec.nodeName=", "");
      const items = (this.pods.get(of) ?? []).map((name) => ({ metadata: { name, namespace: "team" } }));
      return [200, { items }];
    }
    return pathname.endsWith("/configmaps/node-replacements") ? found(this.#record()) : found(undefined);
  }

  #change(pathname: string, body: unknown): Answer {
    const [, node] = /^\/api\/v1\/nodes\/(.+)$/.exec(pathname) ?? [];
    if (node !== undefined) return [200, {}];
    const [, pod] = /\/pods\/(.+)\/eviction$/.exec(pathname) ?? [];
    if (pod !== undefined) {
      if (pod.startsWith("guarded"))
        return [429, { message: "Cannot evict pod as it would violate the pod's disruption budget." }];
      for (const [name, pods] of this.pods)
        this.pods.set(
          name,
          pods.filter((it) => it !== pod),
        );
      return [201, {}];
    }
    const { metadata, data } = body as { metadata: { resourceVersion?: string }; data: Record<string, string> };
    if (this.data !== undefined && metadata.resourceVersion !== String(this.#version))
      return [409, { message: "the object has been modified" }];
    this.data = data;
    this.#version++;
    return [200, this.#record() ?? {}];
  }

  /** Changes the record as somebody else would. */
  public recordOfSomebodyElse(data: Record<string, string>): void {
    this.data = data;
    this.#version++;
  }

  #record(): object | undefined {
    if (this.data === undefined) return undefined;
    const metadata = { name: "node-replacements", namespace: "node-health", resourceVersion: String(this.#version) };
    return { apiVersion: "v1", kind: "ConfigMap", metadata, data: this.data };
  }
}

function found(it: unknown): Answer {
  return isRecord(it) ? [200, it] : [404, { message: "not found" }];
}
