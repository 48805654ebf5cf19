import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { gpuHealthTaint, memlockTaint } from "../../../catalog/scheduling";
import type { KubernetesObject } from "../../../components/platform/add-on";
import { addOns as rows } from "../../../components/platform/add-ons";
import type { Api } from "../../../components/platform/node-health/controller/api";
import { reconcile } from "../../../components/platform/node-health/controller/reconcile";
import type { ControllerConfig } from "../../../components/platform/node-health/controller-config";
import { controllerProgram } from "../../../components/platform/node-health/controller-program";
import type { Expected } from "../../../components/platform/node-health/expected";
import { planPlatform } from "../../../components/platform/plan-platform";
import { list, read, record, text } from "../../../core/property-tree";
import { type Props, toProps } from "../../../core/property-value";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { Cluster } from "../../../simulator/kubernetes/cluster";
import { type ControlPlane, startControlPlane } from "../../../simulator/kubernetes/control-plane";
import { waitUntilEstablished } from "../../../simulator/kubernetes/controllers";
import { pool } from "../../components/platform/facts";
import { justGood, logOf, type Measured, pairLog } from "../../components/platform/node-health/logs";
import { describeWithEngine } from "../engine/with-engine";

const gpuTaint = { key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" };
/** The taint that the API server gives to every new node. */
const notReady = { key: "node.kubernetes.io/not-ready", effect: "NoSchedule" };
const due = "azure-gpu-cluster/health-check";
const hour = 3_600_000;
const healthSignalsFolder = join(
  process.env["GPU_CHARTS"] ?? resolve(__dirname, "../../../../shared/charts"),
  "aks-health-signal-0.0.4",
);

describeWithEngine("the health of nodes, on a real API server", (engine) => {
  let folder: string;
  let plane: ControlPlane;
  let cluster: Cluster;
  let admin: ApiClient;
  /** The controller's own account, with its rights. */
  let controller: ApiClient;
  let objects: readonly KubernetesObject[];
  /** The controller's rights where nodes are emptied. */
  let drainingRole: KubernetesObject;
  let config: ControllerConfig;
  let expected: Expected;
  /** What the pods that check have written, by the name of the node. */
  const logs = new Map<string, string>();

  const find = (kind: string, name: string): KubernetesObject =>
    objects.find((it) => it.kind === kind && it.metadata.name === name) ?? expect.fail(`There is no ${kind} ${name}.`);
  const nodeOf = (name: string): Props => ({ apiVersion: "v1", kind: "Node", metadata: { name } });
  const now = (name: string): Promise<Props | undefined> => cluster.read(nodeOf(name));
  const label = async (name: string, key: string): Promise<string | undefined> =>
    text(await now(name), `metadata.labels["${key}"]`);
  const taintsOf = (node: unknown): unknown[] =>
    list(node, "spec.taints")
      .map((it) => read(it, "key"))
      .filter((key) => key !== "node.kubernetes.io/not-ready");

  /** A node as kubelet registers it, ready for work. */
  async function register(name: string, pool = "h100", bootId = "first", domain?: string): Promise<void> {
    const labels = {
      "azure-gpu-cluster/pool": pool,
      "kubernetes.azure.com/agentpool": "h1001",
      ...(domain !== undefined && { "azure-gpu-cluster/ib-domain": domain }),
    };
    const object = { ...nodeOf(name), metadata: { name, labels }, spec: { taints: [gpuTaint] } };
    await cluster.apply(toProps(object), { manager: "kubelet" });
    await boot(name, bootId);
  }
  async function boot(name: string, bootID: string): Promise<void> {
    const conditions = [{ type: "Ready", status: "True", reason: "KubeletReady", message: "" }];
    await cluster.merge(nodeOf(name), { status: { conditions, nodeInfo: { bootID } } }, "/status");
  }
  /** What the DaemonSet's controller, kubelet and the checks do on a node whose checks are due. */
  async function check(name: string, log: string, pool = "h100"): Promise<void> {
    const template = record(find("DaemonSet", `node-checks-${pool}`), "spec.template");
    const metadata = { name: `checks-${name}`, namespace: "node-health", ...record(template, "metadata") };
    const spec = { ...record(template, "spec"), nodeName: name };
    const pod = toProps({ apiVersion: "v1", kind: "Pod", metadata, spec });
    await cluster.apply(pod, { manager: "test" });
    const state = { terminated: { exitCode: 0, startedAt: null, finishedAt: null } };
    const image = "x";
    const initContainerStatuses = [{ name: "checks", state, ready: true, restartCount: 0, image, imageID: image }];
    const running = { state: { running: {} }, ready: true, restartCount: 0, image, imageID: image };
    const containerStatuses = [{ name: "pairs", ...running }];
    const podIP = `10.1.0.${logs.size + 1}`;
    await cluster.merge(pod, toProps({ status: { podIP, initContainerStatuses, containerStatuses } }), "/status");
    logs.set(name, log);
  }
  /** What the DaemonSet's controller does when the checks of a node are over. */
  const takeAway = (name: string): Promise<unknown> =>
    cluster.startDelete({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: `checks-${name}`, namespace: "node-health" },
    });
  /** One look of the controller, at a time that is so many hours from now. */
  async function round(hours = 0, more: Partial<ControllerConfig> = {}): Promise<string[]> {
    const lines: string[] = [];
    const api: Api = {
      async request(...request) {
        const answer = await controller.request(...request);
        const [, node, container] = /\/pods\/checks-([\w-]+)\/log\?container=(\w+)/.exec(request[1]) ?? [];
        // Logs come from kubelet, which is not there. That the account may ask for them, the server has said before.
        if (node === undefined || answer.status === 403) return answer;
        return { status: 200, body: logs.get(container === "pairs" ? `${node} pairs` : node) };
      },
    };
    await reconcile({
      api,
      config: { ...config, ...more },
      now: Date.now() + hours * hour,
      log: (line) => lines.push(line),
      remedies: { close: 0, drain: 0 },
    });
    return lines;
  }
  const goodLog = (changes: Partial<Measured> = {}): string => logOf({ ...justGood(expected), ...changes }, expected);
  /** Brings a node to work. */
  async function open(name: string, pool = "h100"): Promise<void> {
    await register(name, pool);
    await round();
    await check(name, goodLog(), pool);
    await round();
    await takeAway(name);
    expect(taintsOf(await now(name))).toEqual([gpuTaint.key]);
  }
  const condition = async (name: string): Promise<unknown> =>
    list(await now(name), "status.conditions").find((it) => text(it, "type") === "GpuHealthy");
  const events = async (name: string): Promise<string[]> => {
    const found = await admin.object(
      "GET",
      `/api/v1/namespaces/default/events?fieldSelector=involvedObject.name=${name}`,
    );
    return list(found, "items").map((it) => `${text(it, "type") ?? ""} ${text(it, "message") ?? ""}`);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "node-health-test-"));
    plane = await startControlPlane({ folder, engine });
    admin = ApiClient.of(plane);
    cluster = new Cluster(admin);
    const facts = {
      kubernetesVersion: "1.36",
      pools: [
        { ...pool("h100"), rdmaResource: "rdma/ib", memlock: "node" as const },
        { ...pool("other"), rdmaResource: "rdma/ib" },
        // Whose pods have another form: claims of adapters, other images.
        { ...pool("claims"), rdmaResource: "rdma/ib", rdma: "dranet" as const },
        { ...pool("amd", "Standard_ND96isr_MI300X_v5"), gpuStack: "amd-operator" as const, rdmaResource: "rdma/ib" },
        { ...pool("rack", "Standard_ND128isr_GB300_v6"), gpuStack: "gb-dra" as const, gpusPerNode: 4 },
        { ...pool("mig", "Standard_NC24ads_A100_v4"), migProfile: "MIG1g", gpusPerNode: 7 },
      ],
    };
    const { addOns } = planPlatform(rows, { nodeHealth: {} }, facts);
    const draining = planPlatform(rows, { nodeHealth: { remediate: "drain" } }, facts).addOns;
    drainingRole =
      draining.find(({ key }) => key === "nodeHealth")?.objects["node-health-rights"] ??
      expect.fail("There are no rights.");
    const serviceAccount = {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "default", namespace: "node-health" },
    };
    for (const { namespace, ingress, objects: made, key } of addOns) {
      if (key !== "nodeHealth" && key !== "memlock") continue;
      if (key === "nodeHealth") objects = Object.values(made);
      for (const it of [namespace, ingress, ...Object.values(made)])
        await cluster.apply(toProps(it ?? {}), { manager: "test" });
    }
    await cluster.apply(toProps(serviceAccount), { manager: "test" });
    config = JSON.parse(text(find("ConfigMap", "node-health"), 'data["config.json"]') ?? "") as ControllerConfig;
    expected = config.pools["h100"]?.expected ?? expect.fail("The pool is not checked.");
    const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} };
    const issued = await admin.object(
      "POST",
      "/api/v1/namespaces/node-health/serviceaccounts/node-health/token",
      request,
    );
    controller = ApiClient.of({ ...plane, token: text(issued, "status.token") ?? "" });
    // New policies are at work after a moment.
    for (let tries = 1; ; tries++) {
      await register(`try${tries}`);
      const refused = await controller.request(
        "PATCH",
        `/api/v1/nodes/try${tries}?dryRun=All`,
        { spec: { unschedulable: true } },
        "application/merge-patch+json",
      );
      if (taintsOf(await now(`try${tries}`)).includes(gpuHealthTaint.key) && refused.status === 422) break;
      if (tries === 100) throw new Error("The policies are not at work.");
      await setTimeout(100);
    }
    await removeAll();
  });
  async function removeAll(): Promise<void> {
    logs.clear();
    for (const kind of ["Pod", "Node", "Event"]) {
      const served = await cluster.kind({ apiVersion: "v1", kind });
      for (const it of served === undefined ? [] : await cluster.list(served)) await cluster.startDelete(it);
    }
  }
  afterEach(removeAll);
  afterAll(async () => {
    controller.close();
    cluster.close();
    await plane.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("holds a new node back, checks it and opens it when it is good", async () => {
    await register("good");
    expect(taintsOf(await now("good"))).toEqual([gpuTaint.key, gpuHealthTaint.key]);
    expect(await round()).toEqual(["good: its checks are due"]);
    expect(Number(await label("good", due))).toBeGreaterThan(Date.now() / 1000 - 60);
    // Until the checks have ended nothing happens.
    expect(await round()).toEqual([]);
    await check("good", goodLog());
    await round();
    expect(taintsOf(await now("good"))).toEqual([gpuTaint.key]);
    expect(await label("good", due)).toBeUndefined();
    expect(await label("good", "azure-gpu-cluster/gpu-health")).toBe("pass");
    expect(await condition("good")).toMatchObject({ status: "True", reason: "ChecksPassed" });
    expect(await events("good")).toEqual([
      "Normal All checks passed. Physical host: YTO21PrdGPU012. The node is open.",
    ]);
    // And leaves it alone from then on.
    expect(await round(100)).toEqual([]);
  });

  it("takes one closed node through both of its start-up taints", async () => {
    const labels = { "azure-gpu-cluster/pool": "h100", "azure-gpu-cluster/memlock": "node" };
    const object = { ...nodeOf("both"), metadata: { name: "both", labels } };
    const made = await cluster.apply(toProps(object), { manager: "kubelet" });
    expect(taintsOf(made).sort()).toEqual([gpuHealthTaint.key, memlockTaint.key].sort());
    await boot("both", "first");
    await round();
    await check("both", goodLog());
    await round();
    expect(taintsOf(await now("both"))).toEqual([memlockTaint.key]);
  });

  it.each([
    ["slow links between GPUs", { allReduceGBps: 391 }, "AllReduce", "AllReduce: 391, must be at least 460 GB/s"],
    ["TCP", { transport: "NET/Socket/0" }, "Transport", "NCCL fell back to TCP"],
    ["an adapter that is missing", { hcas: 7 }, "Adapters", "Adapters: 7, must be exactly 8"],
    ["a port that flaps", { linkDowned: { 5: 9 } }, "LinkFlaps", "(mlx5_5)"],
  ] satisfies [string, Partial<Measured>, string, string][])(
    "keeps a node closed with %s",
    async (_, changes, reason, says) => {
      await register("bad");
      await round();
      await check("bad", goodLog(changes));
      await round();
      expect(taintsOf(await now("bad"))).toEqual([gpuTaint.key, gpuHealthTaint.key]);
      expect(await condition("bad")).toMatchObject({ status: "False", reason });
      const [event = ""] = await events("bad");
      expect(event).toContain(says);
      expect(event).toMatch(
        /^Warning .* Physical host: YTO21PrdGPU012\. The node stays closed\. To replace it: npm run replace -- ENVIRONMENT bad$/,
      );
      // It is tried again, and no sooner than it should be.
      await takeAway("bad");
      expect(await round(0.9)).toEqual([]);
      expect(await round(1)).toEqual(["bad: its checks are due"]);
    },
  );

  it("keeps a node closed that shows nothing, and says why", async () => {
    await register("silent");
    await round();
    await check("silent", "");
    await round();
    expect(taintsOf(await now("silent"))).toContain(gpuHealthTaint.key);
    expect(await condition("silent")).toMatchObject({ status: "Unknown", reason: "NoEvidence" });
    await register("late");
    await round();
    await round(1.01);
    expect(await condition("late")).toMatchObject({
      status: "Unknown",
      message: "no result in 60 minutes: no pod came to check it.",
    });
  });

  it("closes a node that was started anew, and checks it when its GPUs are idle", async () => {
    await open("again");
    const job = toProps({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "job", namespace: "node-health" },
      spec: {
        nodeName: "again",
        containers: [{ name: "main", image: "x", resources: { limits: { "nvidia.com/gpu": "8" } } }],
      },
    });
    await cluster.apply(job, { manager: "test" });
    await boot("again", "second");
    expect(await round()).toEqual(["again: it was started anew and is in use: closed until it is idle"]);
    expect(taintsOf(await now("again"))).toEqual([gpuTaint.key, gpuHealthTaint.key]);
    expect([await label("again", due), await round()]).toEqual([undefined, []]);
    await cluster.merge(job, { status: { phase: "Succeeded" } }, "/status");
    expect(await round()).toEqual(["again: its checks are due"]);
    await check("again", goodLog());
    await round();
    expect(taintsOf(await now("again"))).toEqual([gpuTaint.key]);
  });

  it("closes nodes that go bad, and no more of a pool than it may", async () => {
    for (const name of ["c1", "c2"]) await open(name, "other");
    await round(168);
    for (const name of ["c1", "c2"]) await check(name, goodLog({ eccErrors: 1 }), "other");
    await round(168, { remediate: "close" });
    expect([taintsOf(await now("c1")), taintsOf(await now("c2"))]).toEqual([
      [gpuTaint.key, gpuHealthTaint.key],
      [gpuTaint.key],
    ]);
    expect((await events("c2")).join("\n")).toContain("The node stays open: too many of its pool are closed.");
  });

  it("says of a node that goes bad what it is, and closes none, where it only observes", async () => {
    await open("seen");
    await round(168);
    await check("seen", goodLog({ eccErrors: 1 }));
    await round(168);
    expect(taintsOf(await now("seen"))).toEqual([gpuTaint.key]);
    expect(await condition("seen")).toMatchObject({ status: "False", reason: "EccErrors" });
    expect(await label("seen", "azure-gpu-cluster/gpu-health")).toBe("fail");
  });

  it("sees at once that a node has lost a device", async () => {
    await open("lost");
    const capacity = { "nvidia.com/gpu": "8", "rdma/ib": "8" };
    await cluster.merge(
      nodeOf("lost"),
      { status: { capacity, allocatable: { ...capacity, "nvidia.com/gpu": "7" } } },
      "/status",
    );
    expect(await round(0, { remediate: "close" })).toEqual(["lost: Devices: the node hands out 7 of 8 nvidia.com/gpu"]);
    expect(taintsOf(await now("lost"))).toEqual([gpuTaint.key, gpuHealthTaint.key]);
    expect(await condition("lost")).toMatchObject({ status: "False", reason: "Devices" });
    expect((await events("lost")).join("\n")).toContain("Physical host: YTO21PrdGPU012. The node is closed.");
    expect(await round()).toEqual([]);
  });

  it("opens two new nodes of one domain when they have written to each other, and keeps them closed until then", async () => {
    for (const name of ["one", "two"]) await register(name, "h100", "first", "h1001");
    await round();
    for (const name of ["one", "two"]) await check(name, goodLog());
    await round();
    expect(taintsOf(await now("one"))).toContain(gpuHealthTaint.key);
    expect(await round()).toEqual([]);
    const pairs = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "node-health-pairs", namespace: "node-health" },
    };
    const told = text(await cluster.read(pairs), "data.pairs") ?? "";
    expect(told).toMatch(/^\d+ runs - one 10\.1\.0\.1 two 10\.1\.0\.2 [0-9a-f]{32}\n$/);
    const began = Number(told.split(" ")[0]);
    for (const name of ["one", "two"])
      logs.set(`${name} pairs`, pairLog(began, { hcas: 8, gbps: 380, allReduceGBps: 300 }));
    await round();
    for (const name of ["one", "two"]) {
      expect(taintsOf(await now(name))).toEqual([gpuTaint.key]);
      expect(await label(name, due)).toBeUndefined();
      expect(await events(name)).toEqual([
        "Normal All checks passed. Physical host: YTO21PrdGPU012. The node is open.",
      ]);
    }
    await round();
    expect(text(await cluster.read(pairs), "data.pairs")).toBe("");
  });

  it("lets no new pods onto a node that Azure will stop, and opens it when that is over", async () => {
    await open("moved");
    const said = "Redeploy Scheduled: Mon, 30 Nov 2026 10:00:00 GMT";
    const event = (status: string, message: string): Promise<unknown> =>
      cluster.merge(
        nodeOf("moved"),
        {
          status: {
            conditions: [
              { type: "Ready", status: "True", reason: "KubeletReady", message: "" },
              { type: "VMEventScheduled", status, reason: "VMEventScheduled", message },
            ],
          },
        },
        "/status",
      );
    await event("True", `${said}. DurationInSeconds: -1. For more information, see https://x EventId: 218E4ED7`);
    const closes = { remediate: "close" } as const;
    expect(await round(0, closes)).toEqual([`moved: Azure: ${said}. The node takes no new pods.`]);
    expect(list(await now("moved"), "spec.taints")).toContainEqual({ ...gpuHealthTaint, value: "maintenance" });
    expect(await round(0, closes)).toEqual([]);
    await event("False", "VM has no scheduled event");
    expect(await round(0, closes)).toEqual(["moved: Azure has nothing more ahead for the VM. The node is open."]);
    expect(taintsOf(await now("moved"))).toEqual([gpuTaint.key]);
    expect(await round(0, closes)).toEqual([]);
  });

  it("takes the pods of a node that lost a GPU, by the right that drain alone brings", async () => {
    await open("lost");
    const job = toProps({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "job", namespace: "default" },
      spec: { nodeName: "lost", containers: [{ name: "main", image: "x" }], terminationGracePeriodSeconds: 0 },
    });
    const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: "default" } };
    await cluster.apply(account, { manager: "test" });
    await cluster.apply(job, { manager: "test" });
    const status = { capacity: { "nvidia.com/gpu": "8" }, allocatable: { "nvidia.com/gpu": "7" } };
    await cluster.merge(nodeOf("lost"), { status }, "/status");
    const drains = { remediate: "drain" } as const;
    await round(0, drains);
    expect(await round(0, drains)).toEqual([expect.stringMatching(/^lost: could not evict default\/job: 403 /)]);
    await cluster.apply(toProps(drainingRole), { manager: "test" });
    expect(await round(0, drains)).toEqual(["lost: evicted default/job"]);
    expect(await cluster.read(job)).toBeUndefined();
    expect(await round(0, drains)).toEqual([]);
    await cluster.apply(toProps(find("ClusterRole", "node-health")), { manager: "test" });
  });

  describe("the account of the controller", () => {
    beforeEach(() => register("ours"));
    const patch = (path: string, body: object): Promise<{ status: number; body: unknown }> =>
      controller.request("PATCH", `/api/v1/nodes/ours${path}`, body, "application/merge-patch+json");

    test.each([
      ["takes its taint and leaves the others", "", { spec: { taints: [gpuTaint, notReady] } }],
      ["sets its labels", "", { metadata: { labels: { [due]: "1", "azure-gpu-cluster/gpu-health": "fail" } } }],
      ["sets its report", "", { metadata: { annotations: { "azure-gpu-cluster/gpu-health-report": "{}" } } }],
    ])("%s", async (_, path, body) => {
      expect((await patch(path, body)).status).toBe(200);
    });

    test.each([
      [
        "take the taint of the GPUs",
        "",
        { spec: { taints: [gpuHealthTaint] } },
        `${gpuHealthTaint.key} alone may come and go`,
      ],
      [
        "add another taint",
        "",
        { spec: { taints: [gpuTaint, { key: "x", effect: "NoExecute" }] } },
        "alone may come and go",
      ],
      ["move a node to another pool", "", { metadata: { labels: { "azure-gpu-cluster/pool": "x" } } }, "Of the labels"],
      ["take a label away", "", { metadata: { labels: { "azure-gpu-cluster/pool": null } } }, "Of the labels"],
      ["add a label", "", { metadata: { labels: { "kubernetes.azure.com/mode": "system" } } }, "Of the labels"],
      ["add an annotation", "", { metadata: { annotations: { x: "y" } } }, "Of the annotations"],
      ["cordon", "", { spec: { unschedulable: true } }, "neither be cordoned"],
      ["bind the node", "", { metadata: { finalizers: ["x.io/y"] } }, "neither be cordoned"],
      ["invent capacity", "/status", { status: { capacity: { "nvidia.com/gpu": "8" } } }, "Of the status"],
      ["change other conditions", "/status", { status: { conditions: [] } }, "Of the status"],
      ["change labels by the status", "/status", { metadata: { labels: { x: "y" } } }, "Of the labels"],
    ])("cannot %s", async (_, path, body, says) => {
      const { status, body: answer } = await patch(path, body);
      expect(text(answer, "message")).toContain(says);
      expect(status).toBe(422);
    });

    test.each([
      ["secrets of its namespace", "GET", "/api/v1/namespaces/node-health/secrets"],
      ["logs of others", "GET", "/api/v1/namespaces/default/pods/x/log"],
      ["pods", "POST", "/api/v1/namespaces/node-health/pods"],
      ["new nodes", "POST", "/api/v1/nodes"],
      ["the end of nodes", "DELETE", "/api/v1/nodes/ours"],
      ["configuration of its own", "PATCH", "/api/v1/namespaces/node-health/configmaps/node-health"],
      ["evictions", "POST", "/api/v1/namespaces/default/pods/x/eviction"],
      ["daemon sets", "PATCH", "/apis/apps/v1/namespaces/node-health/daemonsets/node-checks-h100"],
    ])("may not ask for %s", async (_, method, path) => {
      expect(
        (await controller.request(method, path, method === "GET" ? undefined : {}, "application/json")).status,
      ).toBe(403);
    });
  });

  it("runs as the one file that clusters get", async () => {
    await register("bundled");
    const issued = await admin.object("POST", "/api/v1/namespaces/node-health/serviceaccounts/node-health/token", {
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenRequest",
      spec: {},
    });
    const file = (name: string): string => join(folder, name);
    await writeFile(file("controller.js"), controllerProgram);
    await writeFile(file("config.json"), JSON.stringify(config));
    await writeFile(file("token"), text(issued, "status.token") ?? "");
    await writeFile(file("ca.crt"), Buffer.from(plane.certificateAuthorityData, "base64"));
    const files = [file("controller.js"), plane.server, file("token"), file("config.json")];
    const program = spawn(process.execPath, [...files, "0"], {
      env: { NODE_EXTRA_CA_CERTS: file("ca.crt") },
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const lines = createInterface(program.stdout)[Symbol.asyncIterator]();
      const first = await lines.next();
      const port = /"port":(\d+)/.exec(first.done === true ? "" : first.value)?.[1] ?? expect.fail("There is no port.");
      expect(await lines.next()).toEqual({
        done: false,
        value: expect.stringMatching(/Z bundled: its checks are due$/) as unknown,
      });
      expect(await label("bundled", due)).toMatch(/^\d+$/);
      const metrics = await fetch(`http://localhost:${port}/metrics`);
      expect(metrics.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
      expect(await metrics.text()).toMatch(/^gpu_nodes_closed\{pool="h100"\} [01]$/m);
      expect((await fetch(`http://localhost:${port}/`)).status).toBe(404);
    } finally {
      program.kill();
    }
  });

  const withSignals = existsSync(healthSignalsFolder) ? describe : describe.skip;
  if (!existsSync(healthSignalsFolder))
    process.stderr.write(`Skipped: requests of AKS. Their CRDs are not in ${healthSignalsFolder}\n`);
  withSignals("a request of AKS for the health of a node", () => {
    const ask = async (node: string): Promise<void> => {
      const metadata = { name: `${node}-6e8ef28e` };
      const request = {
        apiVersion: "health.aks.io/v1alpha1",
        kind: "HealthCheckRequest",
        metadata,
        spec: { scope: "Node", targetRef: { name: node } },
      };
      await cluster.apply(toProps(request), { manager: "aks" });
    };
    const signal = (node: string): Promise<Props | undefined> =>
      cluster.read({
        apiVersion: "health.aks.io/v1alpha1",
        kind: "HealthSignal",
        metadata: { name: `gpu-health-${node}-6e8ef28e` },
      });
    beforeAll(async () => {
      for (const name of ["healthcheckrequests", "healthsignals"]) {
        const yaml = await readFile(join(healthSignalsFolder, `health.aks.io_${name}.yaml`), "utf8");
        for (const document of parseAllDocuments(yaml)) {
          const crd = toProps(document.toJS() as object);
          await cluster.apply(crd, { manager: "aks" });
          await waitUntilEstablished(cluster, crd);
        }
      }
    });

    test.each([
      ["good", {}, "True", "ChecksPassed"],
      ["bad", { allReduceGBps: 391 }, "False", "ChecksFailed"],
    ] satisfies [string, Partial<Measured>, string, string][])(
      "is answered when the checks have: %s",
      async (name, changes, status, reason) => {
        const node = `upgraded-${name}`;
        await register(node);
        await ask(node);
        await round();
        expect(read(await signal(node), "status.conditions[0]")).toMatchObject({ type: "Ready", status: "Unknown" });
        await check(node, goodLog(changes));
        await round();
        const answered = await signal(node);
        expect(read(answered, "status.conditions[0]")).toMatchObject({ type: "Ready", status, reason });
        expect(read(answered, "spec")).toMatchObject({
          type: "NodeHealth",
          targetRef: { kind: "Node", name: node },
          timeout: "60m",
        });
        expect(read(answered, "metadata.ownerReferences[0]")).toMatchObject({
          kind: "HealthCheckRequest",
          name: `${node}-6e8ef28e`,
        });
      },
    );
  });
});
