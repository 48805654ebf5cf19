import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { labels, platformWorkload, podSecurityLabel } from "../../../catalog/scheduling";
import { addOns } from "../../../components/platform/add-ons";
import { planPlatform } from "../../../components/platform/plan-platform";
import { toProps } from "../../../core/property-value";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { Cluster } from "../../../simulator/kubernetes/cluster";
import { type ControlPlane, startControlPlane } from "../../../simulator/kubernetes/control-plane";
import { describeWithEngine } from "../engine/with-engine";
import { container, gpu, pod } from "./bodies";
import { asSomebody, type Said, type Somebody, untilRefused } from "./somebody";

const admin: Somebody = { user: "admin@example.com", groups: ["platform-admins"] };
const azure: Somebody = { user: "aks-support", groups: ["system:masters"] };
const internal = { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" };
const enforce = (level: string, more: object = {}): object => ({ [podSecurityLabel("enforce")]: level, ...more });

function service(spec: object, annotations: object = {}): object {
  const ports = [{ port: 80 }];
  return { apiVersion: "v1", kind: "Service", metadata: { name: "probe", annotations }, spec: { ports, ...spec } };
}

function namespace(itsLabels: object): object {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name: "probe", labels: itsLabels } };
}

function binding(role: string, subject: string, name = "probe"): object {
  return {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: subject }],
  };
}

const deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "probe" },
  spec: {
    selector: { matchLabels: { app: "probe" } },
    template: { metadata: { labels: { app: "probe" } }, spec: { containers: [container()] } },
  },
};

const paths: Readonly<Record<string, string>> = {
  Pod: "/api/v1/namespaces/%/pods",
  Service: "/api/v1/namespaces/%/services",
  Deployment: "/apis/apps/v1/namespaces/%/deployments",
  Namespace: "/api/v1/namespaces",
  ClusterRoleBinding: "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
};

describeWithEngine("the guard of a cluster, on a real API server", (engine) => {
  let folder: string;
  let plane: ControlPlane;
  let cluster: Cluster;
  const ask = (body: object, place = "apps", who: Somebody = admin): Promise<Said> => {
    const kind = (body as { kind: string }).kind;
    return asSomebody(plane, who)("POST", `${(paths[kind] ?? "").replace("%", place)}?dryRun=All`, body);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "cluster-guard-test-"));
    plane = await startControlPlane({ folder, engine });
    cluster = new Cluster(ApiClient.of(plane));
    const apply = (it: object): Promise<unknown> => cluster.apply(toProps(it), { manager: "test" });
    // Who may do everything by a role, as administrators of Azure's roles do, and is not in the group of Azure's own components.
    await apply(binding("everything", "platform-admins", "admins"));
    await apply({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: "everything" },
      rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }],
    });
    const spaces = {
      apps: {},
      legacy: {},
      "train-vision": { [labels.tenant]: "vision" },
      operators: { [labels.workload]: platformWorkload },
    };
    for (const [name, more] of Object.entries(spaces))
      await apply({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels: enforce("baseline", more) } });
    // A controller makes these in a cluster that runs.
    for (const namespace of [...Object.keys(spaces), "default", "kube-public"])
      await apply({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace } });
    const clusterGuard = {
      clusterAdmins: ["flux-system-reconciler"],
      exceptions: [{ namespace: "legacy", rule: "no-node-port", reason: "a test", expires: "2099-12-31" }],
    };
    const guard = planPlatform(
      { clusterGuard: addOns.clusterGuard },
      { clusterGuard },
      { kubernetesVersion: "1.36", pools: [] },
    );
    for (const it of Object.values(guard.addOns[0]?.objects ?? {})) await apply(it);
    // A new policy is at work after a moment.
    for (const [body, place] of [
      [pod(), "default"],
      [pod({}, gpu), "apps"],
      [service({ type: "NodePort" }), "apps"],
      [namespace({}), ""],
      [binding("cluster-admin", "people"), ""],
    ] as const)
      await untilRefused(() => ask(body, place));
  });
  afterAll(async () => {
    cluster.close();
    await plane.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test.each<[string, string | null, object, string?, Somebody?]>([
    ["a pod in default", "own-namespace", pod(), "default"],
    ["a deployment in default", "own-namespace", deployment, "default"],
    ["a pod in kube-public", "own-namespace", pod(), "kube-public"],
    ["a pod elsewhere", null, pod(), "apps"],
    ["a deployment elsewhere", null, deployment, "apps"],
    ["GPUs that no quota counts", "counted-gpus", pod({}, gpu), "apps"],
    ["GPUs of a team", null, pod({}, gpu), "train-vision"],
    ["GPUs of an operator's check", null, pod({}, gpu), "operators"],
    [
      "a claim of devices",
      "counted-gpus",
      pod({ resourceClaims: [{ name: "any", resourceClaimName: "any" }] }),
      "apps",
    ],
    ["a public load balancer", "internal-load-balancer", service({ type: "LoadBalancer" })],
    ["an internal load balancer", null, service({ type: "LoadBalancer" }, internal)],
    ["one of Azure's own", null, service({ type: "LoadBalancer" }), "apps", azure],
    ["a port on every node", "no-node-port", service({ type: "NodePort" })],
    ["a port on every node, for a time", null, service({ type: "NodePort" }), "legacy"],
    ["addresses of others", "no-external-ips", service({ externalIPs: ["10.0.0.1"] })],
    ["a service inside", null, service({})],
    ["a namespace without a level", "pod-security", namespace({})],
    ["a namespace with the level privileged", "pod-security", namespace(enforce("privileged"))],
    [
      "a privileged namespace of the platform",
      null,
      namespace(enforce("privileged", { [labels.workload]: platformWorkload })),
    ],
    ["a namespace with a level", null, namespace(enforce("restricted"))],
    ["cluster-admin for people", "no-cluster-admin", binding("cluster-admin", "people")],
    ["cluster-admin where it is named", null, binding("cluster-admin", "flux", "flux-system-reconciler")],
    ["a role for everybody", "not-everybody", binding("view", "system:authenticated")],
    ["a role for a group", null, binding("view", "people")],
  ])("answers %s: %s", async (_, rule, body, place, who) => {
    const { status, message } = await ask(body, place, who);
    expect(message).toContain(rule === null ? "" : `(rule ${rule})`);
    expect(status, message).toBe(rule === null ? 201 : 422);
  });

  test("leaves alone what was there before, until what it forbids is changed", async () => {
    const patch = (path: string, body: object): Promise<Said> =>
      asSomebody(plane, admin)("PATCH", path, body, "application/strategic-merge-patch+json");
    const path = "/api/v1/namespaces/kube-node-lease";
    expect((await patch(path, { metadata: { annotations: { seen: "yes" } } })).status).toBe(200);
    const { status, message } = await patch(path, { metadata: { labels: { seen: "yes" } } });
    expect(status, message).toBe(422);
  });

  // The API server takes labels and annotations with a new status, too, and with what finalizes a namespace.
  test.each(["", "/status", "/finalize"])("looks at a namespace whose level is taken away at '%s'", async (part) => {
    const put = (itsLabels: object): Promise<Said> =>
      asSomebody(plane, admin)("PUT", `/api/v1/namespaces/apps${part}?dryRun=All`, {
        ...namespace(itsLabels),
        metadata: { name: "apps", labels: itsLabels },
        spec: { finalizers: ["kubernetes"] },
      });
    const { status, message } = await put({ "kubernetes.io/metadata.name": "apps" });
    expect(message).toContain("(rule pod-security)");
    expect(status, message).toBe(422);
    const other = await put(enforce("restricted", { "kubernetes.io/metadata.name": "apps" }));
    expect(other.status, other.message).toBe(200);
  });

  test.each(["", "/status"])("looks at a load balancer that becomes public at '%s'", async (part) => {
    const path = "/api/v1/namespaces/apps/services";
    const inside = {
      ...service({ type: "LoadBalancer" }, internal),
      metadata: { name: `inside${part.length}`, annotations: internal },
    };
    const made = await asSomebody(plane, admin)("POST", path, inside);
    expect(made.status, made.message).toBe(201);
    const patch = (annotations: object): Promise<Said> =>
      asSomebody(plane, admin)(
        "PATCH",
        `${path}/${inside.metadata.name}${part}?dryRun=All`,
        { metadata: { annotations } },
        "application/merge-patch+json",
      );
    const { status, message } = await patch(Object.fromEntries(Object.keys(internal).map((it) => [it, null])));
    expect(message).toContain("(rule internal-load-balancer)");
    expect(status, message).toBe(422);
    const noted = await patch({ seen: "yes" });
    expect(noted.status, noted.message).toBe(200);
  });
});
