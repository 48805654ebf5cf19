import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { teamPriorities } from "../../../catalog/priorities";
import { labels } from "../../../catalog/scheduling";
import { addOns } from "../../../components/platform/add-ons";
import { planPlatform } from "../../../components/platform/plan-platform";
import { record, text } from "../../../core/property-tree";
import { toProps } from "../../../core/property-value";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { Cluster } from "../../../simulator/kubernetes/cluster";
import { type ControlPlane, startControlPlane } from "../../../simulator/kubernetes/control-plane";
import { installCrds } from "../../../simulator/kubernetes/crds";
import { h100Pool, vision } from "../../components/tenancy/teams";
import { describeWithEngine } from "../engine/with-engine";
import { applyTeam } from "./applied-team";
import { container, gpu, has, other, own, pod, secret, service, takes, tolerates, wholeNode } from "./bodies";
import { forNodes } from "./requests-for-nodes";
import { forClaimedAdapters, forWholeNodes } from "./requests-for-whole-nodes";
import { ofLockingTeam } from "./requests-of-locking-teams";
import { ofServingTeam } from "./requests-of-serving-teams";
import { forSecrets, forThings, says } from "./requests-of-teams";
import { toBecomeTheNode } from "./requests-to-become-the-node";
import { asSomebody, type Said, type Somebody, untilRefused, untilStatus } from "./somebody";

const member: Somebody = { user: "somebody@example.com", groups: [vision.groupObjectId] };
const admin: Somebody = { user: "admin@example.com", groups: ["system:masters"] };
const controller: Somebody = { user: "controller", groups: ["system:masters"] };
const controlPlane: Somebody = { user: "system:kube-controller-manager", groups: ["system:masters"] };
const serving = { kind: "inference", team: "chat", gpus: 2, reach: [] } as const;

/** Label of namespaces where the API server itself lets claims have access to devices of others. */
const adminAccess = "resource.kubernetes.io/admin-access";

/** A job, and what its metadata says beside its name. */
const job = (more: object = {}): object => ({
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: { name: "probe", ...more },
  spec: { template: { spec: { restartPolicy: "Never", containers: [container()] } } },
});
/** That a set of jobs is the owner, and whether as the controller. */
const ownedBy = (controller: boolean): object => ({
  ownerReferences: [{ apiVersion: "jobset.x-k8s.io/v1alpha2", kind: "JobSet", name: "small", uid: "any", controller }],
});
/** That a job names a class of priority. */
const ofPriority = (name: string): object => ({ labels: { "kueue.x-k8s.io/priority-class": name } });
/** A job, and a set of one, whose pods name a class of priority. */
const podsOf = (priorityClassName: string): object => ({
  template: { spec: { restartPolicy: "Never", priorityClassName, containers: [container()] } },
});
const jobOfPods = (name: string): object => ({ ...job(), spec: podsOf(name) });
const setOfPods = (name: string): object => ({
  apiVersion: "jobset.x-k8s.io/v1alpha2",
  kind: "JobSet",
  metadata: { name: "probe" },
  spec: { replicatedJobs: [{ name: "workers", template: { spec: podsOf(name) } }] },
});
/** What a queue writes down of a job whose pods, or whose label, name a class of priority. */
const placeInQueue = (group: "scheduling.k8s.io" | "kueue.x-k8s.io", name: string): object => ({
  apiVersion: "kueue.x-k8s.io/v1beta2",
  kind: "Workload",
  metadata: { name: "probe" },
  spec: {
    podSets: [{ name: "main", count: 1, template: { spec: { restartPolicy: "Never", containers: [container()] } } }],
    priority: 1,
    priorityClassRef: {
      group,
      kind: group === "kueue.x-k8s.io" ? "WorkloadPriorityClass" : "PriorityClass",
      name,
    },
  },
});
/** A claim, or a template of it, with one request. */
const claim = (kind: "ResourceClaim" | "ResourceClaimTemplate", request: object): object => {
  const spec = { devices: { requests: [{ name: "any", ...request }] } };
  const metadata = { name: "probe" };
  return { apiVersion: "resource.k8s.io/v1", kind, metadata, spec: kind === "ResourceClaim" ? spec : { spec } };
};

/** Made, or refused by the rule that is expected to. */
function expectSaid({ status, message }: Said, refusedBy: string | null): void {
  expect(message).toContain(refusedBy ?? "");
  expect(status, message).toBe(refusedBy === null ? 201 : 422);
}

describeWithEngine("the fence around teams, on a real API server", (engine) => {
  let folder: string;
  let plane: ControlPlane;
  let cluster: Cluster;
  const ask = (namespace: string, body: object, who: Somebody = member): Promise<Said> => {
    const props = toProps(body);
    const version = text(props, "apiVersion") ?? "";
    const api = version.includes("/") ? `/apis/${version}` : `/api/${version}`;
    const plural = `${text(props, "kind")?.toLowerCase()}s`;
    return asSomebody(plane, who)("POST", `${api}/namespaces/${namespace}/${plural}?dryRun=All`, body);
  };
  /** Changes a thing in the name of somebody who may. */
  const change = (path: string, body: object): Promise<Said> =>
    asSomebody(plane, controller)("PATCH", path, body, "application/strategic-merge-patch+json");
  const fenceWith = async (teamFence: object): Promise<void> => {
    const pools = [{ ...h100Pool, gpuStack: "aks-driver" as const, rdma: "dranet" as const }];
    const facts = { kubernetesVersion: "1.36", pools };
    // Without what makes sets of pods that queue.
    const choices = { teamFence: { priorityClasses: ["batch"], ...teamFence }, leaderWorkerSet: false, kubeRay: {} };
    const fence = planPlatform(addOns, choices, facts).addOns[0];
    for (const it of Object.values(fence?.objects ?? {})) await cluster.apply(toProps(it), { manager: "test" });
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "team-fence-test-"));
    plane = await startControlPlane({ folder, engine });
    cluster = new Cluster(ApiClient.of(plane));
    await installCrds(cluster, ["secretsStoreCsiDriver"]);
    for (const it of ["node", "ipc-lock"] as const) await applyTeam(cluster, it);
    for (const it of [serving, { ...serving, team: "reach", reach: ["apiServer"] as const }])
      await applyTeam(cluster, "node", { ...it, reach: [...it.reach] });
    await applyTeam(cluster, "node", { kind: "notebook", team: "people", gpus: 2 });
    await applyTeam(cluster, "node", { team: "claims" }, undefined, "dranet");
    await applyTeam(cluster, "node", { team: "secrets", secrets: ["hf-token"] });
    const queued = await applyTeam(cluster, "node", { team: "queued" });
    const namespace = toProps({ apiVersion: "v1", kind: "Namespace", metadata: { name: queued } });
    await cluster.merge(
      namespace,
      toProps({ metadata: { labels: { [labels.queue]: queued, [adminAccess]: "true" } } }),
    );
    await installCrds(cluster, ["kueue", "jobSet"]);
    await applyTeam(
      cluster,
      "node",
      { team: "patient", priorities: ["idle"] },
      { clusterQueueName: "train-patient", borrow: 0 },
    );
    for (const name of ["batch", "gpu-operator", ...teamPriorities]) {
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
      metadata: { name: "was-there", namespace: "train-ipc-lock", annotations: { "cdi.k8s.io/a": "any" } },
    };
    await cluster.apply(toProps(was), { manager: "test" });
    const now = { ...pod(own, gpu), metadata: { name: "is-there", namespace: "train-node" } };
    await cluster.apply(toProps(now), { manager: "test" });
    const jobThere = { ...job(), metadata: { name: "is-there", namespace: "train-queued" } };
    await cluster.apply(toProps(jobThere), { manager: "test" });
    await fenceWith({ images: { registries: ["docker.io", "mcr.microsoft.com"] } });
    // A new policy is at work after a moment.
    const refused = [
      pod({ nodeName: "any" }),
      pod({}, { securityContext: { privileged: true } }),
      service({ externalIPs: ["10.0.0.1"] }),
      secret("kubernetes.io/service-account-token"),
    ];
    for (const it of refused) await untilRefused(() => ask("train-ipc-lock", it));
    const annotated = { ...pod(), metadata: { name: "probe", annotations: { "nri.io/any": "x" } } };
    await untilRefused(() => ask("train-ipc-lock", annotated));
    await untilRefused(() =>
      ask("train-queued", claim("ResourceClaim", { exactly: { deviceClassName: "any" } }), admin),
    );
    await untilRefused(() => ask("train-queued", job(ownedBy(true))));
    await untilRefused(() => ask("train-patient", job(ofPriority("production"))));
    await untilRefused(() => ask("infer-chat", pod()));
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
    const path = "/api/v1/namespaces/train-ipc-lock/pods/was-there";
    expect(await change(path, { metadata: { labels: { seen: "yes" }, annotations: { seen: "yes" } } })).toEqual({
      status: 200,
      message: "",
    });
    expectSaid(await change(path, { spec: { activeDeadlineSeconds: 60 } }), says.taints);
    const debugging = { spec: { ephemeralContainers: [{ name: "debug", image: "any:1" }] } };
    expectSaid(await change(`${path}/ephemeralcontainers`, debugging), says.taints);
  });

  test("looks at what is put into a pod that runs: a container, and annotations, which the runtime reads again", async () => {
    const path = "/api/v1/namespaces/train-node/pods/is-there";
    const debug = (image: string): object => ({
      spec: { ephemeralContainers: [{ ...container({ image }), name: "debug" }] },
    });
    expectSaid(await change(`${path}/ephemeralcontainers`, debug("quay.io/any:1")), says.registries);
    const dry = `${path}/ephemeralcontainers?dryRun=All`;
    expect(await change(dry, debug("docker.io/library/any:1"))).toEqual({ status: 200, message: "" });
    for (const [key, said] of [
      ["cdi.k8s.io/any", says.annotations],
      ["devices.noderesource.dev/pod", says.runtimeAnnotations],
    ] as const)
      expectSaid(await change(path, { metadata: { annotations: { [key]: "x" } } }), said);
    expect(await change(path, { metadata: { annotations: { "example.com/any": "x" } } })).toMatchObject({
      status: 200,
    });
  });

  test.each(forWholeNodes)("where jobs take whole nodes, answers %s: %s", async (_, expected, body) => {
    expectSaid(await ask("train-node", body), expected);
  });

  test.each(forClaimedAdapters)("where pods claim adapters, answers %s: %s", async (_, expected, body) => {
    expectSaid(await ask("train-claims", body), expected);
  });

  test("lets the control plane make the claim of the team's template, and the team no template", async () => {
    const spec = { exactly: { deviceClassName: "dranet.net", count: 8 } };
    expectSaid(await ask("train-claims", claim("ResourceClaim", spec), controlPlane), null);
    expect(await ask("train-claims", claim("ResourceClaimTemplate", spec))).toMatchObject({ status: 403 });
  });

  test.each(forSecrets)("where a team has secrets, answers %s: %s", async (_, expected, body) => {
    expectSaid(await ask("train-secrets", body), expected);
  });

  test("lets a team with secrets see where they are from, and make no other class", async () => {
    const path = "/apis/secrets-store.csi.x-k8s.io/v1/namespaces/train-secrets/secretproviderclasses";
    const asMember = asSomebody(plane, member);
    expect(await asMember("GET", path)).toMatchObject({ status: 200 });
    expect(await asSomebody(plane, member)("GET", path.replace("train-secrets", "train-node"))).toMatchObject({
      status: 403,
    });
    const parameters = { keyvaultName: "kv-others", useVMManagedIdentity: "true" };
    const own = {
      apiVersion: "secrets-store.csi.x-k8s.io/v1",
      kind: "SecretProviderClass",
      metadata: { name: "own" },
      spec: { provider: "azure", parameters },
    };
    expect(await asMember("POST", `${path}?dryRun=All`, own)).toMatchObject({ status: 403 });
  });

  // One team of each kind, and one that no level of Pod Security holds.
  describe.each(["train-node", "train-ipc-lock", "infer-chat", "note-people"])("in %s nobody has", (namespace) => {
    test.each(toBecomeTheNode)("%s", async (_, body) => {
      const { status, message } = await ask(namespace, body);
      expect(message).toMatch(/violates PodSecurity|\(rule [a-z-]+\)/);
      expect([403, 422]).toContain(status);
    });
  });

  test.each([
    ["one GPU of its pool", null, pod(own, takes("nvidia.com/gpu"))],
    ["GPUs of another pool", says.pool, pod(other, takes("nvidia.com/gpu"))],
  ])("where people work in pods, answers %s: %s", async (_, expected, body) => {
    expectSaid(await ask("note-people", body), expected);
  });

  test.each(ofServingTeam)("where models are served, answers %s: %s", async (_, expected, body) => {
    expectSaid(await ask("infer-chat", body), expected);
  });

  test("lets a serving team have tokens of the API server where it reaches it", async () => {
    const body = pod({ enableServiceLinks: false, automountServiceAccountToken: true });
    expectSaid(await ask("infer-reach", body), null);
  });

  describe("where jobs queue", () => {
    const account = (name: string, ...groups: readonly string[]): Somebody => ({
      user: `system:serviceaccount:${name}`,
      groups: ["system:serviceaccounts", ...groups],
    });

    test.each([
      ["a pod without GPUs", null, pod(), member],
      ["a pod with GPUs that somebody makes by hand", says.queued, pod(own, gpu), member],
      [
        "one of an operator whose jobs do not queue",
        says.queued,
        pod(own, gpu),
        account("mpi:operator", "system:masters"),
      ],
      ["one of the team's own account", says.queued, pod(own, gpu), account("train-queued:workload", "system:masters")],
      [
        "one of a set, which do not queue here",
        says.queued,
        pod(own, gpu),
        account("kube-system:statefulset-controller"),
      ],
      ["one of a job", null, pod(own, gpu), account("kube-system:job-controller")],
      ["one of a job, in a control plane with one name", null, pod(own, gpu), controlPlane],
      [
        "one of a cluster of Ray, which queue here",
        null,
        pod(own, gpu),
        account("kuberay-system:kuberay-operator", "system:masters"),
      ],
      ["a job", null, job(), member],
      ["a job with an owner that is no controller", null, job(ownedBy(false)), member],
      ["a job that somebody hands to another one", says.owners, job(ownedBy(true)), member],
      [
        "one of the team's own account",
        says.owners,
        job(ownedBy(true)),
        account("train-queued:workload", "system:masters"),
      ],
      ["a job of a set of jobs", null, job(ownedBy(true)), account("jobset-system:jobset", "system:masters")],
    ] as const)("answers %s: %s", async (_, expected, body, who) => {
      expectSaid(await ask("train-queued", body, who), expected);
    });

    test("lets nobody hand a job to another one later", async () => {
      const path = "/apis/batch/v1/namespaces/train-queued/jobs/is-there";
      const change = asSomebody(plane, member);
      const patch = (body: object): Promise<Said> => change("PATCH", path, body, "application/merge-patch+json");
      expectSaid(await patch({ metadata: ownedBy(true) }), says.owners);
      expect(await patch({ metadata: { labels: { seen: "yes" } } })).toMatchObject({ status: 200 });
    });

    test("and nowhere else", async () => {
      expectSaid(await ask("train-node", job(ownedBy(true))), null);
    });
  });

  describe("where a team may use some of the priorities", () => {
    const kueue: Somebody = {
      user: "system:serviceaccount:kueue-system:kueue-controller-manager",
      groups: ["system:masters"],
    };
    const patient = "train-patient";

    test.each([
      ["a pod of any of them where nobody says which", "train-node", null, pod({ priorityClassName: "production" })],
      ["a pod of one that it may", patient, null, pod({ priorityClassName: "idle" })],
      ["a pod of one that every team may", patient, null, pod({ priorityClassName: "batch" })],
      ["a pod of another", patient, says.priorities, pod({ priorityClassName: "production" })],
      ["a job of any where nobody says which", "train-queued", null, job(ofPriority("production"))],
      ["a job of none", patient, null, job()],
      ["a job of one that it may", patient, null, job(ofPriority("idle"))],
      ["a job of another", patient, says.jobPriorities, job(ofPriority("production"))],
      ["a job of another, by its pods", patient, says.jobPriorities, jobOfPods("production")],
      [
        "a job of one of the system, by its pods",
        "train-queued",
        says.jobPriorities,
        jobOfPods("system-node-critical"),
      ],
      ["a job of one that it may, by its pods", patient, null, jobOfPods("idle")],
      ["a set of jobs of another, by their pods", patient, says.jobPriorities, setOfPods("production")],
      ["a set of jobs of one that it may, by their pods", patient, null, setOfPods("idle")],
      ["a job of one that is for no team", "train-queued", says.jobPriorities, job(ofPriority("acceptance"))],
    ] as const)("answers %s, in %s: %s", async (_, namespace, expected, body) => {
      expectSaid(await ask(namespace, body), expected);
    });

    test.each([
      ["one that it may", null, placeInQueue("kueue.x-k8s.io", "idle")],
      ["one that every team may", null, placeInQueue("scheduling.k8s.io", "batch")],
      ["another", says.jobPriorities, placeInQueue("kueue.x-k8s.io", "production")],
      ["another, by its pods", says.jobPriorities, placeInQueue("scheduling.k8s.io", "production")],
      ["one of the system, by its pods", says.jobPriorities, placeInQueue("scheduling.k8s.io", "system-node-critical")],
    ] as const)("lets the queue write down a job of %s: %s", async (_, expected, body) => {
      expectSaid(await ask(patient, body, kueue), expected);
    });

    test("lets a job change to one that it may, and to no other", async () => {
      const there = { ...job(), metadata: { name: "is-there", namespace: patient } };
      await cluster.apply(toProps(there), { manager: "test" });
      const path = `/apis/batch/v1/namespaces/${patient}/jobs/is-there`;
      const patch = (name: string): Promise<Said> =>
        asSomebody(plane, member)("PATCH", path, { metadata: ofPriority(name) }, "application/merge-patch+json");
      expect(await patch("idle")).toMatchObject({ status: 200 });
      expectSaid(await patch("production"), says.jobPriorities);
    });
  });

  test.each([
    ["a claim of a class that nobody allowed", says.classes, { exactly: { deviceClassName: "gpu.nvidia.com" } }],
    [
      "one of several classes",
      says.classes,
      {
        firstAvailable: [
          { name: "a", deviceClassName: "allowed" },
          { name: "b", deviceClassName: "gpu.nvidia.com" },
        ],
      },
    ],
    ["devices of others", says.adminAccess, { exactly: { deviceClassName: "gpu.nvidia.com", adminAccess: true } }],
  ] as const)("answers %s, in a claim and in its template: %s", async (_, expected, request) => {
    for (const kind of ["ResourceClaim", "ResourceClaimTemplate"] as const) {
      expectSaid(await ask("train-queued", claim(kind, request), admin), expected);
    }
  });

  describe.each(["train-node", "train-ipc-lock", "train-claims"])(
    "the whole-node pod that %s finds in its ConfigMap",
    (namespace) => {
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

      test("is refused with more adapters than a node has, and off its pool", async () => {
        const limits = { limits: { "nvidia.com/gpu": "8", "rdma/ib": "17" } };
        const ask = async (body: object): Promise<Said> => somebody("POST", "/pods?dryRun=All", body);
        expectSaid(await ask(await found({}, { resources: limits })), says.wholeNodes);
        expectSaid(await ask(await found({ nodeSelector: {} })), says.pool);
      });
    },
  );

  test.each(ofLockingTeam)("where memory is locked by capability, answers %s: %s", async (_, expected, body) => {
    expectSaid(await ask("train-ipc-lock", body), expected);
  });

  // Last: the fence is another one from here on.
  describe("with exceptions, digests and a class of devices", () => {
    const digest = `docker.io/library/any@sha256:${"0".repeat(64)}`;
    const some = has({ ...wholeNode, "nvidia.com/gpu": "4" });
    const exception = { reason: "a test of part of a node", expires: "2027-01-31" };

    beforeAll(async () => {
      await fenceWith({
        images: { digests: true },
        deviceClasses: ["allowed"],
        exceptions: [
          { namespace: "train-node", rule: "whole-nodes", ...exception },
          { namespace: "train-queued", rule: "queued-pods", ...exception },
        ],
      });
      await untilRefused(() => ask("train-node", pod()));
      const allowed = claim("ResourceClaim", { exactly: { deviceClassName: "allowed" } });
      await untilStatus(201, () => ask("train-node", allowed, admin));
    });

    test.each([
      ["a tag", "train-node", says.digests, pod()],
      ["a digest", "train-node", null, pod({}, { image: digest })],
      ["a digest of any registry", "train-node", null, pod({}, { image: `quay.io/any:1@sha256:${"f".repeat(64)}` })],
      ["half a digest", "train-node", says.digests, pod({}, { image: "docker.io/library/any@sha256:00" })],
      ["what the exception is for", "train-node", null, pod(own, { ...some, image: digest })],
      ["any other rule", "train-node", says.alike, pod(own, { ...takes("nvidia.com/gpu"), image: digest })],
      ["the same in another namespace", "train-ipc-lock", says.wholeNodes, pod(own, { ...some, image: digest })],
      ["a pod past the queue", "train-queued", null, pod(own, { ...gpu, image: digest })],
      ["a job past the queue", "train-queued", says.owners, job(ownedBy(true))],
    ] as const)("answers %s in %s: %s", async (_, namespace, expected, body) => {
      expectSaid(await ask(namespace, body), expected);
    });

    test("lets a claim be of the class", async () => {
      const templates = claim("ResourceClaimTemplate", { exactly: { deviceClassName: "allowed" } });
      expectSaid(await ask("train-node", templates, admin), null);
      const other = claim("ResourceClaim", { exactly: { deviceClassName: "other" } });
      expectSaid(await ask("train-node", other, admin), says.classes);
    });
  });
});
