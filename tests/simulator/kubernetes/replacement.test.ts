import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { stringify } from "yaml";
import { gpuHealthTaint } from "../../../catalog/scheduling";
import { replaceStack } from "../../../cli/replace-stack";
import { list, read, text } from "../../../core/property-tree";
import { type Props, toProps } from "../../../core/property-value";
import { ReplacementLog } from "../../../replacement/replacement-log";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { Cluster } from "../../../simulator/kubernetes/cluster";
import { type ControlPlane, startControlPlane } from "../../../simulator/kubernetes/control-plane";
import { ClusterError } from "../../../verification/cluster-choice";
import { ClusterClient } from "../../../verification/cluster-client";
import { runHere } from "../../cli/run-here";
import { plainStacks } from "../../stack-files";
import { describeWithEngine } from "../engine/with-engine";

const clusterName = "aks-gpu-dev-eastus";

describeWithEngine("npm run replace, on a real API server", (engine) => {
  let folder: string;
  let plane: ControlPlane;
  let cluster: Cluster;
  let kubeconfig: string;
  const pathBefore = process.env["PATH"];
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "replacement-test-"));
    plane = await startControlPlane({ folder, engine });
    cluster = new Cluster(ApiClient.of(plane));
    kubeconfig = path.join(folder, "kubeconfig");
    const { server, certificateAuthorityData, token } = plane;
    const config = {
      ...{ apiVersion: "v1", kind: "Config", "current-context": "admin" },
      clusters: [{ name: clusterName, cluster: { server, "certificate-authority-data": certificateAuthorityData } }],
      contexts: [{ name: "admin", context: { cluster: clusterName, user: "admin" } }],
      users: [{ name: "admin", user: { token } }],
    };
    await writeFile(kubeconfig, stringify(config));
    // Azure, which is not here: a pool of one node, whose machines are gone at once.
    await writeFile(path.join(folder, "az"), `#!/bin/sh\necho "$*" >> ${folder}/asked\n[ "$3" != show ] || echo 1\n`);
    await chmod(path.join(folder, "az"), 0o755);
    process.env["PATH"] = `${folder}${path.delimiter}${pathBefore ?? ""}`;
    for (const name of ["node-health", "team"])
      await apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
    for (const namespace of ["node-health", "team"])
      await apply({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace } });
    await failedNode("bad");
  });
  afterAll(async () => {
    process.env["PATH"] = pathBefore;
    cluster.close();
    await plane.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const apply = (object: object): Promise<unknown> => cluster.apply(toProps(object), { manager: "test" });
  const nodeOf = (name: string): Props => ({ apiVersion: "v1", kind: "Node", metadata: { name } });
  const podOf = (name: string): Props => ({ apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "team" } });

  /** A node that lost a link, as kubelet and the checks leave it. */
  async function failedNode(name: string): Promise<void> {
    const reasons = ["NvLinks: 2, must be at most 0 inactive links"];
    const report = { verdict: "fail", bootId: "first", at: 1, reasons, physicalHost: "YTO21PrdGPU012", checks: [] };
    const metadata = {
      name,
      labels: { "azure-gpu-cluster/pool": "h100", "kubernetes.azure.com/agentpool": "h100d1" },
      annotations: { "azure-gpu-cluster/gpu-health-report": JSON.stringify(report) },
    };
    await apply({ ...nodeOf(name), metadata, spec: { taints: [gpuHealthTaint] } });
    const conditions = [{ type: "Ready", status: "True", reason: "KubeletReady", message: "" }];
    await cluster.merge(nodeOf(name), { status: { conditions, nodeInfo: { bootID: "first" } } }, "/status");
  }

  /** A pod that runs on the node: a budget does not hold one that waits. There is no kubelet that would let it end, so it ends at once. */
  async function run(name: string, more: object = {}): Promise<void> {
    await apply({
      ...podOf(name),
      metadata: { name, namespace: "team", labels: { app: name }, ...more },
      spec: {
        nodeName: "bad",
        terminationGracePeriodSeconds: 0,
        tolerations: [{ operator: "Exists" }],
        containers: [{ name: "main", image: "registry.test/it:1" }],
      },
    });
    const conditions = [{ type: "Ready", status: "True" }];
    await cluster.merge(podOf(name), toProps({ status: { phase: "Running", conditions } }), "/status");
  }

  /** What a controller of budgets says of one: how many pods may go now. */
  async function allow(app: string, disruptionsAllowed: number): Promise<void> {
    const budget = { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: { name: app, namespace: "team" } };
    await apply({ ...budget, spec: { minAvailable: 1, selector: { matchLabels: { app } } } });
    const status = { disruptionsAllowed, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1, observedGeneration: 1 };
    await cluster.merge(budget, toProps({ status }), "/status");
  }

  const replace = (waitMinutes: number): ReturnType<typeof runHere> =>
    runHere(() =>
      replaceStack(plainStacks.dev, {
        ...{ environment: "dev", nodes: [], yes: true, history: false, json: false, context: undefined },
        kubeconfig,
        waitMinutes,
      }),
    );
  const azWas = async (verb: string): Promise<boolean> =>
    (await readFile(path.join(folder, "asked"), "utf8"))
      .split("\n")
      .some((it) => it.startsWith(`aks nodepool ${verb}`));

  it("keeps a machine whose node a disruption budget keeps, and takes it once the budget lets go", async () => {
    await run("job");
    await run("served");
    const owner = { apiVersion: "apps/v1", kind: "DaemonSet", name: "agent", uid: "1", controller: true };
    await run("agent", { ownerReferences: [owner] });
    await allow("served", 0);

    const kept = await replace(0.001);
    expect([kept.error, kept.code]).toEqual([undefined, 1]);
    expect(kept.out).toMatch(
      /bad, pool h100: held back: not empty after 0\.001 minutes: .*team\/served: Cannot evict pod .* budget\. It stays cordoned/,
    );
    expect(read(await cluster.read(nodeOf("bad")), "spec.unschedulable")).toBe(true);
    expect(await cluster.read(podOf("job"))).toBeUndefined();
    expect(await azWas("delete-machines")).toBe(false);

    await allow("served", 1);
    const replaced = await replace(1);
    expect([replaced.error, replaced.code]).toEqual([undefined, 0]);
    expect(replaced.out).toContain("bad, pool h100: replaced: its machine is deleted");
    expect(await cluster.read(podOf("served"))).toBeUndefined();
    expect(await cluster.read(podOf("agent"))).toBeDefined();
    expect(await azWas("delete-machines")).toBe(true);

    const metadata = { name: "node-replacements", namespace: "node-health" };
    const record = await cluster.read({ apiVersion: "v1", kind: "ConfigMap", metadata });
    expect(list(JSON.parse(text(record, "data.h100") ?? ""), "")).toMatchObject([
      { node: "bad", nodePool: "h100d1", physicalHost: "YTO21PrdGPU012" },
    ]);
  });

  it("refuses the second of two people who replace at once", async () => {
    const client = ClusterClient.open({ kubeconfig, context: undefined, expected: clusterName });
    const [first, second] = await Promise.all([
      ReplacementLog.read(client, "node-health"),
      ReplacementLog.read(client, "node-health"),
    ]);
    await first.change("h100", (machines) => machines);
    await first.change("other", () => []);
    await expect(second.change("h100", () => [])).rejects.toThrow(ClusterError);
    await expect(second.change("h100", () => [])).rejects.toThrow("Somebody else replaces nodes now");
  });
});
