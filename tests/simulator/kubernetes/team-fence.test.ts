import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { addOns } from "../../../components/platform/add-ons";
import { planPlatform } from "../../../components/platform/plan-platform";
import { record, text } from "../../../core/property-tree";
import { toProps } from "../../../core/property-value";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { Cluster } from "../../../simulator/kubernetes/cluster";
import { type ControlPlane, startControlPlane } from "../../../simulator/kubernetes/control-plane";
import { vision } from "../../components/tenancy/teams";
import { describeWithEngine } from "../engine/with-engine";
import { applyTeam } from "./applied-team";
import { pod, secret, service, tolerates } from "./bodies";
import { forNodes } from "./requests-for-nodes";
import { ofLockingTeam } from "./requests-of-locking-teams";
import { forThings, says } from "./requests-of-teams";
import { asSomebody, type Said, untilRefused } from "./somebody";

/** Made, or refused by the rule that is expected to. */
function expectSaid({ status, message }: Said, refusedBy: string | null): void {
  expect(message).toContain(refusedBy ?? "");
  expect(status, message).toBe(refusedBy === null ? 201 : 422);
}

describeWithEngine("the fence around teams, on a real API server", (engine) => {
  let folder: string;
  let plane: ControlPlane;
  let cluster: Cluster;
  const ask = (namespace: string, body: object): Promise<Said> => {
    const plural = `${text(toProps(body), "kind")?.toLowerCase()}s`;
    const somebody = { user: "somebody@example.com", groups: [vision.groupObjectId] };
    return asSomebody(plane, somebody)("POST", `/api/v1/namespaces/${namespace}/${plural}?dryRun=All`, body);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "team-fence-test-"));
    plane = await startControlPlane({ folder, engine });
    cluster = new Cluster(ApiClient.of(plane));
    for (const it of ["node", "ipc-lock"] as const) await applyTeam(cluster, it);
    for (const name of ["batch", "gpu-operator"]) {
      const priority = { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name }, value: 1000 };
      await cluster.apply(toProps(priority), { manager: "test" });
    }
    const runtime = {
      apiVersion: "node.k8s.io/v1",
      kind: "RuntimeClass",
      metadata: { name: "nvidia" },
      handler: "nvidia",
    };
    await cluster.apply(toProps(runtime), { manager: "test" });
    const was = {
      ...pod(tolerates({ operator: "Exists" })),
      metadata: { name: "was-there", namespace: "train-ipc-lock" },
    };
    await cluster.apply(toProps(was), { manager: "test" });
    const fence = planPlatform(
      addOns,
      { teamFence: { priorityClasses: ["batch"] } },
      { kubernetesVersion: "1.36", pools: [] },
    ).addOns[0];
    for (const it of Object.values(fence?.objects ?? {})) await cluster.apply(toProps(it), { manager: "test" });
    // A new policy is at work after a moment.
    const refused = [
      pod({ nodeName: "any" }),
      pod({}, { securityContext: { privileged: true } }),
      service({ externalIPs: ["10.0.0.1"] }),
      secret("kubernetes.io/service-account-token"),
    ];
    for (const it of refused) await untilRefused(() => ask("train-ipc-lock", it));
  });
  afterAll(async () => {
    cluster.close();
    await plane.stop();
    await rm(folder, { recursive: true, force: true });
  });

  describe.each(["train-node", "train-ipc-lock"])("in %s", (namespace) => {
    test.each([...forNodes, ...forThings])("answers %s: %s", async (_, expected, body) => {
      expectSaid(await ask(namespace, body), expected);
    });
  });

  test("lets a pod name its own namespace as that of its neighbours", async () => {
    const labelSelector = { matchLabels: { app: "probe" } };
    const term = { labelSelector, namespaces: ["train-node"], topologyKey: "kubernetes.io/hostname" };
    const podAffinity = { requiredDuringSchedulingIgnoredDuringExecution: [term] };
    expectSaid(await ask("train-node", pod({ affinity: { podAffinity } })), null);
    expectSaid(await ask("train-ipc-lock", pod({ affinity: { podAffinity } })), says.neighbours);
  });

  test("leaves a pod alone that was there before, until its spec changes", async () => {
    const change = (body: object, subresource = ""): Promise<Said> => {
      const path = `/api/v1/namespaces/train-ipc-lock/pods/was-there${subresource}`;
      const somebody = asSomebody(plane, { user: "controller", groups: ["system:masters"] });
      return somebody("PATCH", path, body, "application/strategic-merge-patch+json");
    };
    expect(await change({ metadata: { labels: { seen: "yes" } } })).toEqual({ status: 200, message: "" });
    expectSaid(await change({ spec: { activeDeadlineSeconds: 60 } }), says.taints);
    const debugging = { spec: { ephemeralContainers: [{ name: "debug", image: "any:1" }] } };
    expectSaid(await change(debugging, "/ephemeralcontainers"), says.taints);
  });

  describe.each(["train-node", "train-ipc-lock"])("the whole-node pod that %s finds in its ConfigMap", (namespace) => {
    const path = `/api/v1/namespaces/${namespace}`;
    const somebody = (method: string, at: string, body?: object): Promise<Said> =>
      asSomebody(plane, { user: "somebody@example.com", groups: [vision.groupObjectId] })(method, path + at, body);
    /** The pod with an image, and with changes to its spec and to its container. */
    const found = async (change: object = {}, main: object = {}): Promise<object> => {
      const files = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "fabric-h100-files", namespace } };
      const given: unknown = parse(text(await cluster.read(toProps(files)), 'data["pod.yaml"]') ?? "");
      const container = { ...record(given, "spec.containers[0]"), image: "docker.io/library/anything:1", ...main };
      const spec = { ...record(given, "spec"), containers: [container], ...change };
      return { ...record(given, ""), apiVersion: "v1", kind: "Pod", metadata: { name: "worker" }, spec };
    };

    test("is accepted under quota, limits and fence, and its variables can be read", async () => {
      // Strictly: a field that Kubernetes does not know is an error.
      expectSaid(await somebody("POST", "/pods?dryRun=All&fieldValidation=Strict", await found()), null);
      expect(await somebody("GET", "/configmaps/fabric-h100")).toEqual({ status: 200, message: "" });
    });

    test("is refused with more adapters than the team has, and off its pool", async () => {
      const limits = { limits: { "nvidia.com/gpu": "8", "rdma/ib": "17" } };
      const { status, message } = await somebody("POST", "/pods?dryRun=All", await found({}, { resources: limits }));
      expect(message).toContain("exceeded quota: team, requested: requests.rdma/ib=17");
      expect(status).toBe(403);
      expectSaid(await somebody("POST", "/pods?dryRun=All", await found({ nodeSelector: {} })), says.pool);
    });
  });

  test.each(ofLockingTeam)("where memory is locked by capability, answers %s: %s", async (_, expected, body) => {
    expectSaid(await ask("train-ipc-lock", body), expected);
  });
});
