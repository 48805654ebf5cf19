import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { labels, memlockTaint } from "../../../catalog/scheduling";
import type { MemlockMode } from "../../../catalog/memlock";
import { memlock } from "../../../components/platform/memlock/memlock";
import { releaseNode, tokenFolder } from "../../../components/platform/memlock/node-steps";
import { planPlatform } from "../../../components/platform/plan-platform";
import { list, read } from "../../../core/property-tree";
import { type Props, toProps } from "../../../core/property-value";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { Cluster } from "../../../simulator/kubernetes/cluster";
import { type ControlPlane, startControlPlane } from "../../../simulator/kubernetes/control-plane";
import { pool } from "../../components/platform/facts";
import { describeWithEngine } from "../engine/with-engine";
import { asSomebody, type Said, untilRefused } from "./somebody";

const gpu = { key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" };
const node = (name: string, more: object = {}, spec: object = {}): object => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name, ...more },
  spec,
});
/** What says that the nodes of a pool are opened in this way. */
const ofMode = (mode: MemlockMode): object => ({ labels: { [labels.memlock]: mode } });
const path = "/spec/taints/1";
const takeTaint = [
  { op: "test", path: `${path}/key`, value: memlockTaint.key },
  { op: "remove", path },
];

describeWithEngine("opening a node, on a real API server", (engine) => {
  let folder: string;
  let plane: ControlPlane;
  let cluster: Cluster;
  /** Keys of a node's taints, but for the one that the API server gives to every new node. */
  const keysOf = (it: unknown): unknown[] =>
    list(it, "spec.taints")
      .map((taint) => read(taint, "key"))
      .filter((key) => key !== "node.kubernetes.io/not-ready");
  const taintsOf = async (name: string): Promise<unknown> => keysOf(await cluster.read(toProps(node(name))));
  /** Asks as the pods of the add-on on one node do; `null`: with a token that is bound to none. */
  const patch = (name: string, changes: readonly object[], from: string | null): Promise<Said> =>
    asSomebody(plane, {
      user: "system:serviceaccount:memlock:memlock",
      groups: ["system:serviceaccounts"],
      ...(from !== null && { extra: { "authentication.kubernetes.io/node-name": from } }),
    })("PATCH", `/api/v1/nodes/${name}`, changes, "application/json-patch+json");

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "memlock-test-"));
    plane = await startControlPlane({ folder, engine });
    cluster = new Cluster(ApiClient.of(plane));
    const facts = { kubernetesVersion: "1.36", pools: [{ ...pool("h100"), memlock: "node" as const }] };
    const [plan] = planPlatform({ memlock }, {}, facts).addOns;
    for (const it of [plan?.namespace, plan?.ingress, ...Object.values(plan?.objects ?? {})])
      await cluster.apply(toProps(it ?? {}), { manager: "test" });
    for (const name of ["a", "b"]) await cluster.apply(toProps(node(name)), { manager: "test" });
    // A new policy is at work after a moment.
    const tried = [{ op: "add", path: "/metadata/labels", value: { x: "y" } }];
    await untilRefused(() => patch("b?dryRun=All", tried, "b"));
  });
  beforeEach(async () => {
    for (const name of ["a", "b"]) await cluster.merge(toProps(node(name)), { spec: { taints: [gpu, memlockTaint] } });
  });
  afterAll(async () => {
    cluster.close();
    await plane.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("closes its namespace to everybody, as the server keeps it", async () => {
    const policy = { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" };
    const kept = await cluster.read(toProps({ ...policy, metadata: { name: "ingress", namespace: "memlock" } }));
    expect(read(kept, "spec")).toEqual({ podSelector: {}, policyTypes: ["Ingress"] });
  });

  describe("a node that registers", () => {
    /** Makes a node as kubelet does, named by what is special in it, and tells what became of it. */
    const register = (name: string, more: object, spec?: object): Promise<Props> =>
      cluster.apply(toProps(node(name.replaceAll(" ", "-").toLowerCase(), more, spec)), { manager: "kubelet" });
    beforeAll(async () => {
      for (let tries = 1; keysOf(await register(`try${tries}`, ofMode("node"))).length === 0; tries++) {
        if (tries === 100) throw new Error("The policy closes no node.");
        await setTimeout(100);
      }
    });

    test.each([
      ["without taints", {}, [memlockTaint.key]],
      ["with an empty list of taints", { taints: [] }, [memlockTaint.key]],
      ["with the taint of the GPUs", { taints: [gpu] }, [gpu.key, memlockTaint.key]],
      ["with the taint already", { taints: [memlockTaint, gpu] }, [memlockTaint.key, gpu.key]],
    ])("%s is closed, once", async (what, spec, keys) => {
      const made = await register(what, ofMode("node"), spec);
      expect(keysOf(made)).toEqual(keys);
      expect(list(made, "spec.taints").find((it) => read(it, "key") === memlockTaint.key)).toEqual(memlockTaint);
    });

    test.each([
      ["of memlock ipc-lock", ofMode("ipc-lock")],
      ["without the label", {}],
    ])("%s is left open", async (what, more) => {
      expect(keysOf(await register(what, more, { taints: [gpu] }))).toEqual([gpu.key]);
    });

    test("stays open once it was opened, whatever changes of it", async () => {
      const opened = await register("opened", ofMode("node"));
      expect(keysOf(opened)).toEqual([memlockTaint.key]);
      for (const change of [{ taints: [gpu] }, { unschedulable: true }])
        expect(keysOf(await cluster.merge(opened, { spec: change }))).toEqual([gpu.key]);
    });
  });

  describe("the pods of the add-on", () => {
    test("take the taint from their own node", async () => {
      expect(await patch("a", takeTaint, "a")).toEqual({ status: 200, message: "" });
      expect(await taintsOf("a")).toEqual([gpu.key]);
    });

    test.each([
      ["from another node", takeTaint, "b", "by a pod of its own"],
      ["with a token that is bound to no node", takeTaint, null, "by a pod of its own"],
      ["with the taint of the GPUs", [{ op: "remove", path: "/spec/taints" }], "a", "no other must change"],
      ["and leave the taint of the GPUs only", [{ op: "remove", path: "/spec/taints/0" }], "a", "no other must change"],
      [
        "and add a label",
        [...takeTaint, { op: "add", path: "/metadata/labels", value: { x: "y" } }],
        "a",
        "nothing but its taints",
      ],
      [
        "and close the node",
        [...takeTaint, { op: "add", path: "/spec/unschedulable", value: true }],
        "a",
        "nothing but its taints",
      ],
    ] as const)("cannot take it %s", async (_, changes, from, says) => {
      const { status, message } = await patch("a", changes, from);
      expect(message).toContain(says);
      expect(status).toBe(422);
      expect(await taintsOf("a")).toEqual([gpu.key, memlockTaint.key]);
    });
  });

  describe("the step that opens a node", () => {
    /** Runs it in a container whose own limit is this. */
    const release = async (limit: string): Promise<{ code: number | null; log: string }> => {
      const { hostname, port } = new URL(plane.server);
      await writeFile(join(folder, "ca.crt"), Buffer.from(plane.certificateAuthorityData, "base64"));
      await writeFile(join(folder, "token"), plane.token);
      await writeFile(join(folder, "sleep"), "#!/bin/bash\necho slept $1\n");
      await chmod(join(folder, "sleep"), 0o755);
      const step = spawn("bash", ["-c", releaseNode.replaceAll(tokenFolder, folder)], {
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          PATH: `${folder}:${process.env["PATH"] ?? ""}`,
          NODE_NAME: "a",
          KUBERNETES_SERVICE_HOST: hostname,
          KUBERNETES_SERVICE_PORT: port,
          "BASH_FUNC_ulimit%%": `() { echo ${limit}; }`,
        },
      });
      let log = "";
      for (const stream of [step.stdout, step.stderr]) stream.on("data", (it: Buffer) => (log += it.toString()));
      return new Promise((resolve) => step.on("close", (code) => resolve({ code, log })));
    };

    test("takes the taint wherever it stands, leaves the others, and stays", async () => {
      const log = "Pods of this node may lock memory: it is open.\nslept infinity\n";
      expect(await release("unlimited")).toEqual({ code: 0, log });
      expect(await taintsOf("a")).toEqual([gpu.key]);
      // As after the node was started anew.
      expect(await release("unlimited")).toEqual({ code: 0, log });
    });

    test("leaves the node closed where its own container may not lock memory", async () => {
      const { code, log } = await release("64");
      expect(log).toBe("A container of this node may lock no more than 64 KiB: the node stays closed\n");
      expect(code).toBe(1);
      expect(await taintsOf("a")).toEqual([gpu.key, memlockTaint.key]);
    });
  });
});
