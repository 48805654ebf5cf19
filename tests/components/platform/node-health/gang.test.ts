import { describe, expect, it } from "vitest";
import { reconcile } from "../../../../components/platform/node-health/controller/reconcile";
import type { ControllerConfig } from "../../../../components/platform/node-health/controller-config";
import { gateOf } from "../../../../components/platform/node-health/gate";
import { text } from "../../../../core/property-tree";
import { pool } from "../facts";
import { StandInCluster } from "./stand-in-cluster";

const { expected } = gateOf({ ...pool("h100"), rdmaResource: "rdma/ib" });

const good = 380;

function clusterOf(speeds: readonly number[], domains = 1): StandInCluster {
  const machines = speeds.map((gbitsPerSecond, at) => ({
    name: `n${String(at).padStart(3, "0")}`,
    domain: `d${at % domains}`,
    gbitsPerSecond,
  }));
  return new StandInCluster(expected, machines);
}

/** A node after a reboot. */
function restart(cluster: StandInCluster, name: string): void {
  const conditions = [{ type: "Ready", status: "True" }];
  cluster.nodes.set(name, { ...cluster.nodes.get(name), status: { nodeInfo: { bootID: "second" }, conditions } });
}

/** One look of the controller after some minutes. */
async function look(cluster: StandInCluster, minutes = 2, more: Partial<ControllerConfig> = {}): Promise<string[]> {
  cluster.now += minutes * 60_000;
  const lines: string[] = [];
  const remedies = { close: 0, drain: 0 };
  const { api, now } = cluster;
  await reconcile({ api, now, config: cluster.config(more), log: (line) => lines.push(line), remedies });
  return lines;
}
const waiting = (cluster: StandInCluster): string[] =>
  [...cluster.nodes].flatMap(([name, it]) =>
    text(it, 'metadata.labels["azure-gpu-cluster/health-check"]') === undefined ? [] : [name],
  );

describe("new nodes of a gang", () => {
  it.each([2, 16, 528])("are %i, and open after the same few looks", async (count) => {
    const cluster = clusterOf(
      Array.from({ length: count }, () => good),
      count > 300 ? 2 : 1,
    );
    let looks = 0;
    do {
      await look(cluster);
      looks++;
    } while (waiting(cluster).length > 0);
    expect([...cluster.nodes.keys()].filter((it) => !cluster.isOpen(it) || cluster.verdictOf(it) !== "pass")).toEqual(
      [],
    );
    const said = "All checks passed. Physical host: YTO21PrdGPU012. The node is open.";
    expect(cluster.events).toEqual([...cluster.nodes.keys()].map((it) => `${it}: ${said}`));
    // Due, own checks read, told of its partner, read.
    expect(looks).toBe(4);
  });

  it("are open but for those whose adapters are slow with everybody, a hundredth below the floor", async () => {
    const slow = ["n003", "n004", "n005", "n101"];
    const speeds = Array.from(
      { length: 132 },
      (_, at) => (slow.includes(`n${String(at).padStart(3, "0")}`) ? 0.99 : 1) * good,
    );
    const cluster = clusterOf(speeds);
    let looks = 0;
    do {
      await look(cluster);
      looks++;
    } while (waiting(cluster).length > 0 && looks < 20);
    expect([...cluster.nodes.keys()].filter((it) => !cluster.isOpen(it))).toEqual(slow);
    expect(slow.map((it) => cluster.verdictOf(it))).toEqual(slow.map(() => "fail"));
    expect(cluster.events.find((it) => it.startsWith("n101"))).toMatch(
      /^n101: InfinibandPair: 376\.2, must be at least 380 Gb\/s \(with n\d+ and n\d+, which passed with others\)\. Physical host: YTO21PrdGPU012\. The node stays closed\./,
    );
    expect(looks).toBeLessThanOrEqual(7);
  });

  it("are open but for those whose GPUs are slow together with any other, though their adapters write well", async () => {
    const slow = ["n002", "n009"];
    const machines = Array.from({ length: 16 }, (_, at) => `n${String(at).padStart(3, "0")}`).map((name) => ({
      ...{ name, domain: "d", gbitsPerSecond: good },
      ...(slow.includes(name) && { allReduceGBps: 299 }),
    }));
    const cluster = new StandInCluster(expected, machines);
    let looks = 0;
    const keys = new Set<string>();
    do {
      await look(cluster);
      for (const [, key = ""] of cluster.told.matchAll(/ runs .* ([0-9a-f]{32})$/gm)) keys.add(key);
      expect(cluster.told).not.toMatch(/ (pass|fail|unknown) .* [0-9a-f]{32}$/m);
      looks++;
    } while (waiting(cluster).length > 0 && looks < 20);
    expect([...cluster.nodes.keys()].filter((it) => !cluster.isOpen(it))).toEqual(slow);
    expect(keys.size).toBeGreaterThanOrEqual(8);
    expect(cluster.events.find((it) => it.startsWith("n009"))).toMatch(
      /^n009: InfinibandPair: PairAllReduce: 299, must be at least 300 GB\/s, with n\d+ and n\d+, which passed with others\. Physical host/,
    );
  });

  it("are open by their writes where an older controller had begun their test", async () => {
    const cluster = clusterOf([good, good]);
    for (let looks = 0; looks < 3; looks++) await look(cluster);
    expect(cluster.told).toMatch(/^\d+ runs - n000 \S+ n001 \S+ [0-9a-f]{32}\n$/);
    cluster.forgetKeys();
    await look(cluster);
    expect([waiting(cluster), cluster.isOpen("n000"), cluster.isOpen("n001")]).toEqual([[], true, true]);
  });

  it("open a node that is alone in its domain, and say so", async () => {
    const cluster = clusterOf([good, good, good], 2);
    for (let looks = 0; looks < 4; looks++) await look(cluster);
    expect(waiting(cluster)).toEqual([]);
    expect(cluster.events.filter((it) => it.startsWith("n001"))).toEqual([
      "n001: All checks passed; InfinibandPair: no partner in its domain. Physical host: YTO21PrdGPU012. The node is open.",
    ]);
  });

  it("get an idle node of their domain as a partner when they come alone, and none that works", async () => {
    const cluster = clusterOf([good, good, good]);
    for (let looks = 0; looks < 6; looks++) await look(cluster);
    expect(waiting(cluster)).toEqual([]);
    const job = { spec: { containers: [{ resources: { limits: { "nvidia.com/gpu": "8" } } }] } };
    cluster.pods.set("n000", [job]);
    restart(cluster, "n002");
    await look(cluster);
    await look(cluster);
    expect(waiting(cluster)).toEqual(["n002"]);
    const lines = [...(await look(cluster)), ...(await look(cluster))];
    expect(lines.filter((it) => it.endsWith("its checks are due"))).toEqual(["n001: its checks are due"]);
    for (let looks = 0; looks < 4; looks++) await look(cluster);
    expect([waiting(cluster), cluster.isOpen("n002"), cluster.verdictOf("n001")]).toEqual([[], true, "pass"]);
  });

  it("wait no longer than a quarter of an hour for a partner", async () => {
    const cluster = clusterOf([good, good]);
    const second = cluster.nodes.get("n001") ?? {};
    // The other one never gets ready.
    cluster.nodes.set("n001", { ...second, status: { nodeInfo: { bootID: "first" }, conditions: [] } });
    for (let looks = 0; looks < 3; looks++) await look(cluster);
    expect([cluster.isOpen("n000"), cluster.verdictOf("n000")]).toEqual([false, "no-evidence"]);
    await look(cluster, 14);
    expect(cluster.isOpen("n000")).toBe(true);
    expect(cluster.events).toEqual([
      "n000: All checks passed; InfinibandPair: no partner was idle. Physical host: YTO21PrdGPU012. The node is open.",
    ]);
  });
});

describe("a node whose adapters have become slow", () => {
  it("is found by idle nodes of its domain, which stay open and pass", async () => {
    const cluster = clusterOf(Array.from({ length: 6 }, () => good));
    for (let looks = 0; looks < 6; looks++) await look(cluster);
    cluster.events.length = 0;
    restart(cluster, "n003");
    cluster.setSpeed("n003", 200);
    let looks = 0;
    do {
      await look(cluster);
      looks++;
    } while (waiting(cluster).length > 0 && looks < 30);
    const names = [...cluster.nodes.keys()];
    expect(names.filter((it) => !cluster.isOpen(it))).toEqual(["n003"]);
    expect(names.map((it) => cluster.verdictOf(it))).toEqual(names.map((it) => (it === "n003" ? "fail" : "pass")));
    expect(cluster.events).toEqual([
      expect.stringMatching(
        /^n003: InfinibandPair: 200, must be at least 380 Gb\/s \(with n\d+ and n\d+, which passed with others\)/,
      ),
    ]);
  });

  it("goes on in its test while the log of a pod cannot be read for a moment", async () => {
    const cluster = clusterOf([good, good]);
    await look(cluster);
    await look(cluster);
    cluster.unreadable = true;
    await look(cluster);
    expect([waiting(cluster).length, cluster.isOpen("n000")]).toEqual([2, false]);
    cluster.unreadable = false;
    await look(cluster);
    expect([waiting(cluster).length, cluster.isOpen("n000")]).toEqual([0, true]);
  });

  it("comes to no verdict when a test does not end", async () => {
    const cluster = clusterOf([good, good]);
    for (let looks = 0; looks < 2; looks++) await look(cluster);
    cluster.unreadable = true;
    await look(cluster, 14);
    expect(waiting(cluster)).toHaveLength(2);
    await look(cluster, 2);
    await look(cluster, 15);
    expect(waiting(cluster)).toEqual([]);
    expect(cluster.verdictOf("n000")).toBe("no-evidence");
    expect(cluster.events[0]).toContain(
      "n000: InfinibandPair: no evidence, nothing was measured with n001; no other node of its domain was idle to say which one is bad.",
    );
  });
});

describe("a node that has failed for good", () => {
  const pod = (name: string, more: object = {}): object => ({ metadata: { name, namespace: "team", ...more } });

  async function failing(remediate: ControllerConfig["remediate"]): Promise<StandInCluster> {
    const cluster = clusterOf([good, good]);
    for (let looks = 0; looks < 6; looks++) await look(cluster);
    const node = cluster.nodes.get("n000") ?? {};
    const allocatable = { "nvidia.com/gpu": "7", "rdma/ib": "8" };
    cluster.nodes.set("n000", { ...node, status: { ...(node["status"] as object), allocatable } });
    cluster.pods.set("n000", [
      pod("job"),
      pod("guarded-job"),
      pod("agent", { ownerReferences: [{ kind: "DaemonSet" }] }),
      pod("static", { annotations: { "kubernetes.io/config.mirror": "x" } }),
      pod("going", { deletionTimestamp: "2026-11-21T12:00:00Z" }),
      { ...pod("done"), status: { phase: "Succeeded" } },
    ]);
    cluster.events.length = 0;
    await look(cluster, 2, { remediate });
    return cluster;
  }

  it.each(["observe", "close"] as const)("keeps its pods with remediate: %s", async (remediate) => {
    const cluster = await failing(remediate);
    await look(cluster, 2, { remediate });
    expect([cluster.isOpen("n000"), cluster.evicted]).toEqual([remediate === "observe", []]);
  });

  it("is emptied with drain, by evictions, and asked again where a disruption budget says no", async () => {
    const cluster = await failing("drain");
    const replace = "To replace it: npm run replace -- ENVIRONMENT ";
    expect([cluster.isOpen("n000"), cluster.evicted]).toEqual([false, []]);
    const lines = await look(cluster, 2, { remediate: "drain" });
    expect(cluster.evicted).toEqual(["job"]);
    expect(lines).toEqual([
      "n000: evicted team/job",
      "n000: could not evict team/guarded-job: 429 a disruption budget says no",
    ]);
    cluster.pods.set("n000", [pod("guarded-job")]);
    expect(await look(cluster, 2, { remediate: "drain" })).toEqual([
      "n000: could not evict team/guarded-job: 429 a disruption budget says no",
    ]);
    expect(cluster.events.map((it) => it.slice(0, it.indexOf(replace)))).toEqual([
      "n000: Devices: the node hands out 7 of 8 nvidia.com/gpu. Physical host: YTO21PrdGPU012. The node is closed. ",
      "n000: The node failed for good (Devices: the node hands out 7 of 8 nvidia.com/gpu), and is emptied of 2 pods. ",
    ]);
  });

  it("is closed when its pool bears it, where it did not at once", async () => {
    const cluster = await failing("close");
    const node = cluster.nodes.get("n001") ?? {};
    const allocatable = { "nvidia.com/gpu": "7", "rdma/ib": "8" };
    cluster.nodes.set("n001", { ...node, status: { ...(node["status"] as object), allocatable } });
    await look(cluster, 2, { remediate: "close", maxClosedPercent: 100 });
    expect(cluster.events.at(-1)).toMatch(
      /The node stays open: n000 was closed or emptied less than 10 minutes ago\.$/,
    );
    await look(cluster, 5, { remediate: "close", maxClosedPercent: 100 });
    expect(cluster.isOpen("n001")).toBe(true);
    await look(cluster, 5, { remediate: "close", maxClosedPercent: 100 });
    expect(cluster.isOpen("n001")).toBe(false);
    expect(cluster.events.at(-1)).toMatch(
      /^n001: Devices: .* The node is closed, which its pool bears now\. To replace it/,
    );
  });
});
