import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace";
import { ResourceQuota } from "@pulumi/kubernetes/core/v1/resourceQuota";
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment";
import { Release } from "@pulumi/kubernetes/helm/v3/release";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy";
import { Provider } from "@pulumi/kubernetes/provider";
import { type CustomResourceOptions, secret } from "@pulumi/pulumi";
import type { Stack } from "@pulumi/pulumi/automation";
import { afterAll, beforeAll, expect, test } from "vitest";
import { versions } from "../../../catalog/versions";
import type { Props } from "../../../core/property-value";
import { text } from "../../../core/property-tree";
import { wipeCluster } from "../../../simulator/kubernetes/wipe";
import { describeWithEngine } from "../engine/with-engine";
import { type KubernetesWorld, kubernetesWorld } from "./harness";

describeWithEngine("the Kubernetes stand-in under the real engine", (engine) => {
  let world: KubernetesWorld;
  beforeAll(async () => {
    world = await kubernetesWorld(engine);
  });
  afterAll(() => world.stop());

  const provider = (settings: { kubeconfig?: string } = {}): CustomResourceOptions => ({
    provider: new Provider("cluster", {
      kubeconfig: world.kubeconfig,
      clusterIdentifier: "/subscriptions/0/aks",
      deleteUnreachable: true,
      ...settings,
    }),
  });
  const live = (kind: string, name: string, namespace?: string, apiVersion = "v1"): Promise<Props | undefined> =>
    world.cluster.read({ apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } });
  const preview = async (stack: Stack): Promise<unknown> => (await stack.preview()).changeSummary;
  const up = async (stack: Stack): Promise<unknown> => (await stack.up()).summary.resourceChanges;

  test("previews, makes, keeps, repairs, changes, replaces and deletes a team's namespace", async () => {
    const wanted = { pods: "10", data: "1" };
    const stack = await world.stack("team", () => {
      const own = provider();
      const namespace = new Namespace("team", { metadata: { name: "team" } }, own);
      const metadata = (name: string): { name: string; namespace: typeof namespace.metadata.name } => ({
        name,
        namespace: namespace.metadata.name,
      });
      const hard = { pods: wanted.pods, "requests.memory": "1024Gi" };
      new ResourceQuota("quota", { metadata: metadata("quota"), spec: { hard } }, own);
      new NetworkPolicy(
        "deny",
        { metadata: metadata("deny"), spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
        own,
      );
      new ConfigMap("settings", { metadata: metadata("settings"), data: { value: wanted.data } }, own);
      return Promise.resolve({});
    });
    // Stack and provider count too.
    expect(await preview(stack)).toEqual({ create: 6 });
    expect(await live("Namespace", "team")).toBeUndefined();
    expect(await up(stack)).toEqual({ create: 6 });
    expect(await live("ResourceQuota", "quota", "team")).toMatchObject({
      spec: { hard: { pods: "10", "requests.memory": "1Ti" } },
      status: { used: { pods: "0" } },
    });
    expect(await preview(stack)).toEqual({ same: 6 });
    expect(await up(stack)).toEqual({ same: 6 });
    expect((await stack.refresh()).summary.resourceChanges).toEqual({ same: 6 });

    // Somebody raises the quota by hand, and adds a label, which is theirs.
    const quota = (await live("ResourceQuota", "quota", "team")) ?? {};
    await world.cluster.merge(quota, { spec: { hard: { pods: "99" } }, metadata: { labels: { theirs: "yes" } } });
    expect((await stack.refresh()).summary.resourceChanges).toEqual({ same: 5, update: 1 });
    const conflict = await stack.up().catch(String);
    expect(conflict).toContain('pulumi.com/patchForce: "true" takes them over');

    // As a person would: their change is taken into the program, then changed there.
    wanted.pods = "99";
    expect(await up(stack)).toEqual({ same: 6 });
    wanted.data = "2";
    expect(await preview(stack)).toEqual({ same: 5, replace: 1 });
    expect(await up(stack)).toEqual({ same: 5, replace: 1 });
    expect(await live("ConfigMap", "settings", "team")).toMatchObject({ data: { value: "2" } });

    expect((await stack.destroy()).summary.resourceChanges).toEqual({ delete: 6 });
    expect(await live("Namespace", "team")).toBeUndefined();
  });

  test("learns from the API server what needs a new object, and refuses what it refuses", async () => {
    const wanted = { app: "one", replicas: 1, extra: {} };
    const stack = await world.stack("deployment", () => {
      const labels = { app: wanted.app };
      new Deployment(
        "web",
        {
          metadata: { name: "web" },
          spec: {
            replicas: wanted.replicas,
            selector: { matchLabels: labels },
            template: { metadata: { labels }, spec: { containers: [{ name: "c", image: "i", ...wanted.extra }] } },
          },
        },
        provider(),
      );
      return Promise.resolve({});
    });
    await stack.up();
    wanted.replicas = 2;
    expect(await up(stack)).toEqual({ same: 2, update: 1 });
    wanted.app = "two";
    expect(await preview(stack)).toEqual({ same: 2, replace: 1 });
    expect(await up(stack)).toEqual({ same: 2, replace: 1 });
    wanted.extra = { imagePullPolice: "Always" };
    await expect(stack.preview()).rejects.toThrow("imagePullPolice");
    wanted.extra = {};
    await stack.destroy();
  });

  test("a CRD and its object come in one update; a release is recorded with its values", async () => {
    const stack = await world.stack("operators", () => {
      const own = provider();
      const namespace = new Namespace("kueue", { metadata: { name: "kueue-system" } }, own);
      const release = new Release(
        "kueue",
        {
          name: "kueue",
          namespace: namespace.metadata.name,
          chart: versions.kueue.chart,
          version: versions.kueue.version,
          values: { password: secret("hunter2-hunter2") },
        },
        own,
      );
      new CustomResource(
        "flavor",
        {
          apiVersion: "kueue.x-k8s.io/v1beta2",
          kind: "ResourceFlavor",
          metadata: { name: "h100" },
          spec: { nodeLabels: { pool: "h100" } },
        },
        { ...own, dependsOn: release },
      );
      return Promise.resolve({});
    });
    expect(await preview(stack)).toEqual({ create: 5 });
    expect(await up(stack)).toEqual({ create: 5 });
    expect(await live("ResourceFlavor", "h100", undefined, "kueue.x-k8s.io/v1beta2")).toMatchObject({
      spec: { nodeLabels: { pool: "h100" } },
    });
    expect(await up(stack)).toEqual({ same: 5 });
    expect((await stack.refresh()).summary.resourceChanges).toEqual({ same: 5 });
    expect(await world.state(stack)).not.toContain("hunter2-hunter2");
    await stack.destroy();
  });

  test("secrets stay secret, and change by a new object", async () => {
    const wanted = { token: "s3cret-one" };
    const stack = await world.stack("secrets", () => {
      const stringData = { token: secret(wanted.token) };
      const { metadata } = new Secret("login", { stringData }, provider());
      return Promise.resolve({ name: metadata.name });
    });
    const { outputs } = await stack.up();
    const name = String(outputs["name"]?.value);
    expect(name).toMatch(/^login-[0-9a-f]{8}$/);
    expect(await live("Secret", name)).toMatchObject({
      data: { token: Buffer.from("s3cret-one").toString("base64") },
    });
    const state = await world.state(stack);
    expect(state).not.toContain("s3cret-one");
    expect(state).not.toContain(Buffer.from("s3cret-one").toString("base64"));
    wanted.token = "s3cret-two";
    expect(await up(stack)).toEqual({ same: 2, replace: 1 });
    expect(await live("Secret", name)).toBeUndefined();
    await stack.destroy();
  });

  test("a first preview does without a cluster, and without one everything can be deleted", async () => {
    const settings = { kubeconfig: undefined as string | undefined };
    const stack = await world.stack("unknown", () => {
      const first = new ConfigMap("first", { metadata: { name: "first" } }, provider());
      // Like the kubeconfig of a cluster that the same update makes.
      const kubeconfig = settings.kubeconfig ?? first.id.apply(() => world.kubeconfig);
      const second = new Provider("second", { kubeconfig, clusterIdentifier: first.id, deleteUnreachable: true });
      new ConfigMap("inside", { metadata: { name: "inside" }, data: { a: "b" } }, { provider: second });
      return Promise.resolve({});
    });
    expect(await preview(stack)).toEqual({ create: 5 });
    expect(await up(stack)).toEqual({ create: 5 });
    settings.kubeconfig = world.kubeconfig.replace(/127\.0\.0\.1:\d+/, "127.0.0.1:1");
    // Only the login changes: nothing in the cluster is replaced, and nobody need answer for that.
    expect(await up(stack)).toEqual({ same: 4, update: 1 });
    expect((await stack.destroy()).summary.resourceChanges).toEqual({ delete: 5 });
    expect(await live("ConfigMap", "inside", "default")).toBeDefined();
  });

  test("a wiped cluster is empty", async () => {
    await world.cluster.apply(
      { apiVersion: "v1", kind: "Namespace", metadata: { name: "left" } },
      { manager: "pulumi-kubernetes-0" },
    );
    // Nobody who could let go of it lives longer than its cluster.
    const held = { name: "held", namespace: "left", finalizers: ["example.com/consent"] };
    await world.cluster.apply({ apiVersion: "v1", kind: "ConfigMap", metadata: held }, { manager: "somebody" });
    // Whoever made it: what answers it goes, and then it would hold up everything else.
    await world.cluster.apply(
      {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "ValidatingWebhookConfiguration",
        metadata: { name: "unanswered" },
        webhooks: [],
      },
      { manager: "somebody" },
    );
    await wipeCluster(world.folder);
    const kinds = await world.cluster.kinds();
    const names = async (kind: string): Promise<unknown[]> => {
      const found = kinds.find((it) => it.kind === kind);
      const objects = found === undefined ? [] : await world.cluster.list(found);
      return objects.map((it) => text(it, "metadata.name"));
    };
    expect(await names("Namespace")).not.toContain("left");
    expect(await names("CustomResourceDefinition")).toEqual([]);
    expect(await names("ValidatingWebhookConfiguration")).toEqual([]);
    expect(await names("ConfigMap")).not.toContain("inside");
  });
});
