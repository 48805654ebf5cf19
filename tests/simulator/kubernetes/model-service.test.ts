import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { modelObjects } from "../../../components/inference/model-service/objects";
import { type ModelServicePlan, planModelService } from "../../../components/inference/model-service/plan";
import type { ModelServiceShape } from "../../../components/inference/model-service/shape";
import type { KubernetesObjects } from "../../../components/platform/add-on";
import { addOns } from "../../../components/platform/add-ons";
import { admissionPolicy } from "../../../components/platform/admission-policy";
import { routeRules } from "../../../components/platform/inference-gateway/route-rules";
import { sharedGateway } from "../../../components/platform/inference-gateway/shared-gateway";
import { planPlatform } from "../../../components/platform/plan-platform";
import { planTeamNamespace } from "../../../components/tenancy/team-namespace/plan";
import type { KubernetesObject } from "../../../core/kubernetes-object";
import { toProps } from "../../../core/property-value";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { Cluster } from "../../../simulator/kubernetes/cluster";
import { type ControlPlane, startControlPlane } from "../../../simulator/kubernetes/control-plane";
import { installCrds, installWhatAksBrings } from "../../../simulator/kubernetes/crds";
import { a10Pool, chat, chatOnH100 } from "../../components/inference/model-service/surroundings";
import { describeWithEngine } from "../engine/with-engine";
import { pod } from "./bodies";
import { countQuota } from "./counted-quota";
import { asSomebody, type Said, type Somebody, untilRefused } from "./somebody";

const controller: Somebody = { user: "system:kube-controller-manager", groups: ["system:masters"] };
const groupObjectId = "33333333-3333-4333-8333-333333333333";

const shapes = {
  small: {
    model: "qwen2.5-7b",
    maxReplicas: 2,
    limits: { requestsPerMinute: 600 },
    responseCache: {},
    schedule: { timezone: "Europe/Berlin", start: "0 7 * * 1-5", end: "0 20 * * 1-5", replicas: 2 },
    canary: { weight: 10, image: `docker.io/vllm/vllm-openai:v0.27.0@sha256:${"a".repeat(64)}` },
  },
  r1: {
    model: "deepseek-r1",
    maxReplicas: 2,
    limits: { tokensPerMinute: 2_000_000 },
    responseCache: { memoryMiB: 16_384 },
    access: { entra: { tenantId: "11111111-1111-4111-8111-111111111111", audience: "api://models" } },
  },
  sglang: { model: "qwen2.5-7b", engine: "sglang", maxReplicas: 2 },
  triton: { model: "qwen2.5-7b", engine: "triton", maxReplicas: 2, canary: { weight: 10, model: "llama-3.1-8b" } },
  split: {
    model: "llama-3.3-70b",
    maxReplicas: 2,
    minReplicas: 0,
    prefill: { replicas: 2 },
    responseCache: { minutes: 1440 },
    schedule: { timezone: "Europe/Berlin", start: "0 7 * * 1-5", end: "0 20 * * 1-5", replicas: 2 },
  },
} as const satisfies Readonly<Record<string, ModelServiceShape>>;

const scaled = { keda: true, metrics: "readable", scratchStorageClass: "scratch-nvme" } as const;
const small = planModelService("small", shapes.small, { ...chat, ...scaled, gpus: 3 });
const r1 = planModelService("r1", shapes.r1, {
  ...chatOnH100,
  ...scaled,
  team: "large",
  namespace: "infer-large",
  gpus: 32,
});
const sglang = planModelService("other", shapes.sglang, { ...chat, ...scaled, egress: "https" });
const triton = planModelService("triton", shapes.triton, {
  ...chat,
  ...scaled,
  egress: "https",
  team: "other",
  namespace: "infer-other",
  gpus: 3,
});
const split = planModelService("split", shapes.split, {
  ...chatOnH100,
  ...scaled,
  team: "split",
  namespace: "infer-split",
  gpus: 16,
});
const wires = {
  accountName: "data",
  serviceAccount: "workload",
  // Plain in place of an output: what is in a query, another test says.
  scaler: { queryEndpoint: "https://metrics.example.com", identityClientId: "client", clusterName: "aks" },
};

/** The objects of a model, with text where a query would be known later. */
function objectsOf(plan: ModelServicePlan): readonly KubernetesObject[] {
  return Object.values(modelObjects(plan, wires)).map((it) => (it.kind === "ScaledObject" ? withPlainQueries(it) : it));
}

function withPlainQueries(object: KubernetesObject): KubernetesObject {
  const plain = (key: string, value: unknown): unknown => (key === "query" ? "up" : value);
  return JSON.parse(JSON.stringify(object, plain)) as KubernetesObject;
}

/** The policy of routes behind a gateway of this name. */
function gate(hostName: string): KubernetesObjects {
  return admissionPolicy("inference-gateway-routes", routeRules(hostName));
}

/** A route of the team chat to a service of its own. */
function route(hostnames: readonly string[] | undefined, matches: readonly object[]): object {
  const backendRefs = [{ name: "any", port: 80 }];
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: "probe" },
    spec: {
      parentRefs: [{ namespace: sharedGateway.namespace, name: sharedGateway.name }],
      ...(hostnames !== undefined && { hostnames }),
      rules: [{ ...(matches.length > 0 && { matches }), backendRefs }],
    },
  };
}

function prefix(value: string): object {
  return { path: { type: "PathPrefix", value } };
}

function header(value: string): object {
  return { name: "x-gateway-model-name", type: "Exact", value };
}

/** A pod as a controller makes it from a template. */
function podOf(template: unknown, name: string, labels: object = {}): object {
  const { metadata, spec } = template as { readonly metadata: { readonly labels: object }; readonly spec: object };
  const itself = { ...metadata, name, labels: { ...metadata.labels, ...labels } };
  return { apiVersion: "v1", kind: "Pod", metadata: itself, spec };
}

describeWithEngine("models of a team, on a real API server", (engine) => {
  let folder: string;
  let plane: ControlPlane;
  let cluster: Cluster;
  const ask = (namespace: string, body: object): Promise<Said> =>
    asSomebody(plane, controller)("POST", `/api/v1/namespaces/${namespace}/pods?fieldValidation=Strict`, body);

  const routes =
    "/apis/gateway.networking.k8s.io/v1/namespaces/infer-chat/httproutes?fieldValidation=Strict&dryRun=All";
  const askRoute = (body: object): Promise<Said> => asSomebody(plane, controller)("POST", routes, body);

  /** A namespace with its quota, as the team's plan has them. */
  async function makeTeam(team: string, gpus: number, pool = a10Pool): Promise<void> {
    const shape = { kind: "inference", team, gpus, groupObjectId, reach: ["apiServer"] } as const;
    const plan = planTeamNamespace(team, { ...shape, reach: [...shape.reach] }, { pool });
    const namespace = plan.namespace.metadata.name;
    const labels = { ...plan.namespace.metadata.labels, "pod-security.kubernetes.io/enforce-version": "v1.36" };
    const inside = [
      { apiVersion: "v1", kind: "ServiceAccount", ...plan.serviceAccount },
      { apiVersion: "v1", kind: "ServiceAccount", ...plan.defaultServiceAccount },
      { apiVersion: "v1", kind: "LimitRange", ...plan.limitRange },
      { apiVersion: "v1", kind: "ResourceQuota", ...plan.resourceQuota },
    ].map((it) => toProps({ ...it, metadata: { ...it.metadata, namespace } }));
    const all = [toProps({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels } }), ...inside];
    for (const it of all) await cluster.apply(it, { manager: "test", force: true });
    for (const it of inside.filter(({ kind }) => kind === "ResourceQuota")) await countQuota(cluster, it);
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "model-service-test-"));
    plane = await startControlPlane({ folder, engine });
    cluster = new Cluster(ApiClient.of(plane));
    const { addOns: planned } = planPlatform(
      { teamFence: addOns.teamFence, inferencePools: addOns.inferencePools },
      { inferencePools: {} },
      { kubernetesVersion: "1.36", pools: [] },
    );
    for (const it of planned.flatMap(({ crds, objects }) => Object.values({ ...crds, ...objects })))
      await cluster.apply(toProps(it), { manager: "test", force: true });
    await installCrds(cluster, ["gatewayApi", "agentgatewayKinds", "keda", "leaderWorkerSet"]);
    await installWhatAksBrings(cluster, { apiVersion: "azmonitoring.coreos.com/v1", kind: "PodMonitor" });
    await makeTeam("chat", 3);
    await makeTeam("other", 3);
    await makeTeam("large", 32, chatOnH100.pool);
    await makeTeam("split", 16, chatOnH100.pool);
    await untilRefused(() => ask("infer-chat", pod()));
  });
  afterAll(async () => {
    cluster.close();
    await plane.stop();
    await rm(folder, { recursive: true, force: true });
  });

  describe.each([
    ["one node", small],
    ["several nodes", r1],
    ["one node, with SGLang", sglang],
    ["one node, with Triton", triton],
    ["servers that read and servers that write", split],
  ] as const)("on %s", (_, plan) => {
    test.each(objectsOf(plan).map((it) => [`${it.kind} ${it.metadata.name}`, it] as const))(
      "the server takes %s, and knows every field of it",
      async (_, object) => {
        await cluster.apply(toProps(object), { manager: "test" });
      },
    );
  });

  test("fence and quota let all of its pods in, and no server more than the team has GPUs for", async () => {
    const objects = objectsOf(small);
    const template = (name: string): unknown =>
      objects.find((it) => it.kind === "Deployment" && it.metadata.name === name)?.["spec"];
    const podsOf = (name: string, count: number): object[] => {
      const spec = template(name) as { readonly template: unknown };
      return Array.from({ length: count }, (_, at) => podOf(spec.template, `${name}-${at}`));
    };
    const all = [
      ...podsOf("small", 2),
      ...podsOf("small-canary", 1),
      ...podsOf("small-picker", 1),
      ...podsOf("small-canary-picker", 1),
    ];
    for (const it of all) expect(await ask("infer-chat", it)).toEqual({ status: 201, message: "" });
    const [, , third] = podsOf("small", 3);
    const { status, message } = await ask("infer-chat", third ?? {});
    expect(status).toBe(403);
    expect(message).toMatch(/exceeded quota: team, .*used: .*requests\.nvidia\.com\/gpu=3, limited: /);
  });

  test("a model that is there has its prompts read elsewhere, and no longer, without being made anew", async () => {
    const surroundings = { ...chatOnH100, ...scaled, team: "split", namespace: "infer-split", gpus: 16 };
    const plans = [{}, { prefill: { replicas: 2 } }, {}].map((more) =>
      planModelService("later", { model: "llama-3.3-70b", ...more }, surroundings),
    );
    for (const it of plans.flatMap(objectsOf)) await cluster.apply(toProps(it), { manager: "test" });
  });

  test("a model that is there gets a cache before its servers, and loses it, without being made anew", async () => {
    const plans = [{}, { responseCache: {} }, {}].map((more) =>
      planModelService("cached", { model: "qwen2.5-7b", ...more }, { ...chat, ...scaled }),
    );
    for (const it of plans.flatMap(objectsOf)) await cluster.apply(toProps(it), { manager: "test" });
  });

  test("fence and quota let servers that read and servers that write in, with proxy and adapters, and none beyond", async () => {
    const objects = objectsOf(split);
    const podsOf = (name: string, count: number): object[] => {
      const deployment = objects.find((it) => it.kind === "Deployment" && it.metadata.name === name);
      const { template } = deployment?.["spec"] as { readonly template: unknown };
      return Array.from({ length: count }, (_, at) => podOf(template, `${name}-${at}`));
    };
    const [one, two, beyond = {}] = podsOf("split", 3);
    for (const it of [one, two, ...podsOf("split-prefill", 2), ...podsOf("split-picker", 1)])
      expect(await ask("infer-split", it ?? {})).toEqual({ status: 201, message: "" });
    const { status, message } = await ask("infer-split", beyond);
    expect(status).toBe(403);
    expect(message).toMatch(/exceeded quota: team, .*used: .*requests\.nvidia\.com\/gpu=16, limited: /);
  });

  test("fence and quota let pods in that bring the files of their model repository", async () => {
    const deployments = objectsOf(triton).filter(({ kind }) => kind === "Deployment");
    const pods = deployments.flatMap(({ metadata, spec }) => {
      // Of the servers KEDA says how many: up to 2.
      const { replicas = 2, template } = spec as { readonly replicas?: number; readonly template: unknown };
      return Array.from({ length: replicas }, (_, at) => podOf(template, `${metadata.name}-${at}`));
    });
    expect(pods).toHaveLength(5);
    for (const it of pods) expect(await ask("infer-other", it)).toEqual({ status: 201, message: "" });
  });

  test("fence and quota let all pods of its groups in", async () => {
    const set = objectsOf(r1).find((it) => it.kind === "LeaderWorkerSet");
    const { leaderWorkerTemplate: group } = set?.["spec"] as {
      readonly leaderWorkerTemplate: { readonly leaderTemplate: unknown; readonly workerTemplate: unknown };
    };
    // Labels and variables that the controller adds, as far as admission looks at them.
    const at = (index: number, worker: number): object => ({
      "leaderworkerset.sigs.k8s.io/group-index": String(index),
      "leaderworkerset.sigs.k8s.io/worker-index": String(worker),
    });
    for (const index of [0, 1]) {
      for (const [worker, template] of [group.leaderTemplate, group.workerTemplate].entries()) {
        const name = `r1-${index}-${worker}`;
        expect(await ask("infer-large", podOf(template, name, at(index, worker)))).toEqual({
          status: 201,
          message: "",
        });
      }
    }
  });

  describe.each([
    ["a wildcard", "*.models.example.com", gate("*.models.example.com")],
    ["one name", "models.example.com", gate("models.example.com")],
  ] as const)("behind %s", (_, hostName, policy) => {
    const wildcard = hostName.startsWith("*");
    beforeAll(async () => {
      for (const it of Object.values(policy)) await cluster.apply(toProps(it), { manager: "test", force: true });
      // What the one before it lets in says that this one is at work.
      await untilRefused(() => askRoute(route([wildcard ? "other.example.com" : "a-chat.models.example.com"], [])));
    });

    test.each<[what: string, body: object, allowed: boolean | "below a wildcard" | "behind one name"]>([
      ["a host name of the team's own", route(["b-chat.models.example.com"], []), "below a wildcard"],
      ["two of them", route(["b-chat.models.example.com", "c-chat.models.example.com"], []), "below a wildcard"],
      ["that of another team", route(["r1-large.models.example.com"], []), false],
      ["both", route(["b-chat.models.example.com", "r1-large.models.example.com"], []), false],
      ["all of the domain", route(["*.models.example.com"], []), false],
      ["the name of the gateway", route(["models.example.com"], []), false],
      ["a name of another domain", route(["b-chat.example.com"], []), false],
      ["a name that is only alike", route(["bchat.models.example.com"], []), false],
      ["no name, which is all of them", route(undefined, []), false],
      ["a path of the team's own", route(undefined, [prefix("/chat/b")]), "behind one name"],
      ["all paths of the team", route(undefined, [prefix("/chat")]), "behind one name"],
      ["a path of its namespace, as KServe makes it", route(undefined, [prefix("/infer-chat/b")]), true],
      ["the same by its publisher", route(undefined, [prefix("/publishers/infer-chat/models/b/v1/completions")]), true],
      ["the publisher of another team", route(undefined, [prefix("/publishers/infer-large/models/r1")]), false],
      ["one path exactly", route(undefined, [{ path: { type: "Exact", value: "/infer-chat/b/v1/models" } }]), true],
      ["a path of another team", route(undefined, [prefix("/large/r1")]), false],
      ["a path that begins alike", route(undefined, [prefix("/chatter")]), false],
      [
        "one of its own and one of another team",
        route(undefined, [prefix("/infer-chat/b"), prefix("/large/r1")]),
        false,
      ],
      [
        "every path behind a header of its own, as KServe makes it",
        route(undefined, [
          { headers: [header("publishers/infer-chat/models/b")] },
          { path: { type: "Exact", value: "/v1/completions" }, headers: [header("publishers/infer-chat/models/b")] },
        ]),
        true,
      ],
      [
        "such a header of another team",
        route(undefined, [{ headers: [header("publishers/infer-large/models/r1")] }]),
        false,
      ],
      [
        "such a header as a pattern",
        route(undefined, [{ headers: [{ ...header("publishers/infer-chat/|.*"), type: "RegularExpression" }] }]),
        false,
      ],
      ["a pattern", route(undefined, [{ path: { type: "RegularExpression", value: "/chat/.*|/.*" } }]), false],
      ["another header on every path", route(undefined, [{ headers: [header("b")] }]), false],
    ])("%s", async (_, body, allowed) => {
      const { status, message } = await askRoute(body);
      const may = typeof allowed === "boolean" ? allowed : (allowed === "below a wildcard") === wildcard;
      expect({ status, message }).toEqual(
        may
          ? { status: 201, message: "" }
          : { status: 422, message: expect.stringContaining("A route must answer what is the team's own") as unknown },
      );
    });

    test("routes of the models themselves", async () => {
      const gateway = { ...sharedGateway, hostName };
      const plan = planModelService("any", { model: "qwen2.5-7b" }, { ...chat, ...scaled, gateway });
      const object = objectsOf(plan).find((it) => it.kind === "HTTPRoute");
      expect(await askRoute({ ...object, metadata: { name: "any" } })).toEqual({ status: 201, message: "" });
    });
  });
});
