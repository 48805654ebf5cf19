import type { Api } from "../../../../components/platform/node-health/controller/api";
import { pairTests } from "../../../../components/platform/node-health/controller/pair-tests";
import type { ControllerConfig } from "../../../../components/platform/node-health/controller-config";
import type { Expected } from "../../../../components/platform/node-health/expected";
import { list, read, text } from "../../../../core/property-tree";
import { justGood, logOf, pairLog } from "./logs";

/** A node of a cluster that is only pretended. */
interface Machine {
  readonly name: string;
  readonly domain: string;
  /** What its adapters write to others, in Gb/s: both ends get the slower one of theirs. */
  readonly gbitsPerSecond: number;
  /** What its GPUs reach together with those of another one, in GB/s. @default what the catalogue asks for */
  readonly allReduceGBps?: number;
}

type Node = Record<string, unknown>;

/** An API server with nodes of one pool, whose pods check and write to each other as they are told. */
export class StandInCluster {
  public readonly nodes = new Map<string, Node>();
  public readonly events: string[] = [];
  /** Pods of jobs, by node. */
  public readonly pods = new Map<string, object[]>();
  public readonly evicted: string[] = [];
  /** When its clock stands, in milliseconds of Unix time. */
  public now = Date.parse("2026-11-21T12:00:00Z");
  /** Whether logs of tests between nodes cannot be read now. */
  public unreadable = false;
  private readonly speed = new Map<string, number>();
  private readonly together = new Map<string, number>();
  private pairs = "";

  public readonly api: Api = {
    request: (method, path, body) => Promise.resolve(this.answer(method, new URL(path, "https://x"), body)),
  };

  public constructor(
    private readonly expected: Expected,
    machines: readonly Machine[],
  ) {
    for (const { name, domain, gbitsPerSecond, allReduceGBps } of machines) {
      this.speed.set(name, gbitsPerSecond);
      this.together.set(name, allReduceGBps ?? expected.floors.allReducePairGBps ?? 0);
      this.nodes.set(name, {
        metadata: { name, labels: { "azure-gpu-cluster/pool": "h100", "azure-gpu-cluster/ib-domain": domain } },
        spec: { taints: [{ key: "startup-taint.cluster-autoscaler.kubernetes.io/gpu-health", value: "pending" }] },
        status: { nodeInfo: { bootID: "first" }, conditions: [{ type: "Ready", status: "True" }] },
      });
    }
  }

  /** What the controller of such a cluster is told. */
  public config(more: Partial<ControllerConfig> = {}): ControllerConfig {
    return {
      namespace: "node-health",
      pools: { h100: { devices: { "nvidia.com/gpu": 8, "rdma/ib": 8 }, expected: this.expected } },
      ...{ remediate: "observe", maxClosedPercent: 10, coolDownMinutes: 10 },
      ...{ recheckHours: 168, retryHours: 1, deadlineMinutes: 60 },
      ...more,
    };
  }

  /** The tests between nodes, as the pods are told. */
  public get told(): string {
    return this.pairs;
  }

  /** Makes its tests those of a controller from before there were keys. */
  public forgetKeys(): void {
    this.pairs = this.pairs.replace(/ [0-9a-f]{32}$/gm, "");
  }

  public setSpeed(name: string, gbitsPerSecond: number): void {
    this.speed.set(name, gbitsPerSecond);
  }

  public verdictOf(name: string): string | undefined {
    return text(this.nodes.get(name), 'metadata.labels["azure-gpu-cluster/gpu-health"]');
  }

  public isOpen(name: string): boolean {
    return list(this.nodes.get(name), "spec.taints").length === 0;
  }

  private answer(method: string, { pathname, searchParams }: URL, body: unknown): { status: number; body: unknown } {
    const found = (answer: unknown): { status: number; body: unknown } => ({ status: 200, body: answer });
    const [, node] = /^\/api\/v1\/nodes\/([^/]+)/.exec(pathname) ?? [];
    if (node !== undefined) {
      const changed = merged(this.nodes.get(node), body) as Node;
      this.nodes.set(node, changed);
      return found(changed);
    }
    if (pathname === "/api/v1/nodes") return found({ metadata: {}, items: [...this.nodes.values()] });
    if (pathname.endsWith("/events")) {
      this.events.push(`${text(body, "involvedObject.name") ?? ""}: ${text(body, "message") ?? ""}`);
      return found({});
    }
    if (pathname.endsWith("/configmaps/node-health-pairs")) {
      if (method === "PATCH") this.pairs = text(body, "data.pairs") ?? "";
      return found({ data: { pairs: this.pairs } });
    }
    const [, pod, container] = [...(/\/pods\/checks-(.+)\/log/.exec(pathname) ?? []), searchParams.get("container")];
    if (typeof pod === "string") {
      if (this.unreadable && container === "pairs") return { status: 400, body: { message: "waits to start" } };
      return found(container === "pairs" ? this.pairLogOf(pod) : logOf(justGood(this.expected), this.expected));
    }
    const [, evicted] = /\/pods\/([^/]+)\/eviction$/.exec(pathname) ?? [];
    if (evicted !== undefined) {
      if (evicted.startsWith("guarded")) return { status: 429, body: { message: "a disruption budget says no" } };
      this.evicted.push(evicted);
      return { status: 201, body: {} };
    }
    if (pathname === "/api/v1/namespaces/node-health/pods") return found({ items: this.checkPods() });
    if (pathname === "/api/v1/pods") {
      const of = (searchParams.get("fieldSelector") ?? "").replace("spec.nodeName=", "");
      return found({ items: this.pods.get(of) ?? [] });
    }
    return { status: 404, body: {} };
  }

  /** What the DaemonSet's controller and kubelets make of labels: pods whose own checks took a minute. */
  private checkPods(): object[] {
    return [...this.nodes].flatMap(([nodeName, node], at) => {
      const due = text(node, 'metadata.labels["azure-gpu-cluster/health-check"]');
      const finished = Number(due) * 1000 + 60_000;
      if (due === undefined || finished > this.now) return [];
      const terminated = { exitCode: 0 };
      return [
        {
          metadata: { name: `checks-${nodeName}` },
          spec: { nodeName },
          status: {
            podIP: `10.1.${Math.floor(at / 250)}.${at % 250}`,
            initContainerStatuses: ["products", "checks"].map((name) => ({ name, state: { terminated } })),
            containerStatuses: [{ name: "pairs", state: { running: {} } }],
          },
        },
      ];
    });
  }

  private pairLogOf(name: string): string {
    return pairTests(this.pairs)
      .filter(({ sides }) => sides.some(({ node }) => node === name))
      .map(({ at, sides, key }) => {
        const least = (of: ReadonlyMap<string, number>): number =>
          Math.min(...sides.map(({ node }) => of.get(node) ?? 0));
        const asked = key !== null && sides[0].node === name;
        const allReduceGBps = least(this.together);
        return pairLog(at, { hcas: this.expected.hcas, gbps: least(this.speed), ...(asked && { allReduceGBps }) });
      })
      .join("");
  }
}

/** Source: RFC 7396; conditions of a status are merged by their type, as a strategic merge patch does. */
function merged(before: unknown, patch: unknown): unknown {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const now = new Map<string, unknown>(Object.entries((before as object | undefined) ?? {}));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) now.delete(key);
    else if (key === "conditions") {
      const types = new Set((value as readonly unknown[]).map((it) => read(it, "type")));
      const others = ((now.get(key) ?? []) as readonly unknown[]).filter((it) => !types.has(read(it, "type")));
      now.set(key, [...others, ...(value as readonly unknown[])]);
    } else now.set(key, merged(now.get(key), value));
  }
  return Object.fromEntries(now);
}
