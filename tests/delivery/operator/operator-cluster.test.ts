import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { versions } from "../../../catalog/versions";
import type { KubernetesObject } from "../../../core/kubernetes-object";
import { toProps } from "../../../core/property-value";
import {
  deployer,
  fluxNamespace,
  operatorNamespace,
  operatorUser,
  statefulSetUser,
} from "../../../delivery/operator/names";
import { planOperator } from "../../../delivery/operator/plan-operator";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { Cluster } from "../../../simulator/kubernetes/cluster";
import { type ControlPlane, startControlPlane } from "../../../simulator/kubernetes/control-plane";
import { waitUntilEstablished } from "../../../simulator/kubernetes/controllers";
import { installCrds, installOpenCrds } from "../../../simulator/kubernetes/crds";
import { describeWithEngine } from "../../simulator/engine/with-engine";
import { asSomebody, type Said, type Somebody, untilRefused } from "../../simulator/kubernetes/somebody";
import { environmentOf, found, given, output, variablesOf } from "./settings";
import { stackCrd } from "./stack-crd";

const flux: Somebody = {
  user: `system:serviceaccount:${fluxNamespace}:${deployer}`,
  groups: ["system:serviceaccounts"],
};
/** Somebody whom no right is missing: what refuses them is the fence. */
const admin: Somebody = { user: "admin@example.com", groups: ["system:masters"] };
const member: Somebody = { user: "member@example.com", groups: [] };
const viewer: Somebody = { user: "viewer@example.com", groups: ["00000000-0000-4000-8000-0000000000ff"] };

const plan = planOperator({ settings: given, output }, found);
const blue = plan.environments["blue"] ?? [];
const objectNamed = (kind: string, name: string): KubernetesObject => {
  const is = blue.find((one) => one.kind === kind && one.metadata.name === name);
  if (is === undefined) throw new Error(`There is no ${kind} ${name}.`);
  return is;
};
const stack = objectNamed("Stack", "blue");
const source = objectNamed("OCIRepository", "gpu-platform");

/** An object with other values at paths such as `spec.backend`; undefined takes one away. */
function but(object: KubernetesObject, changes: Readonly<Record<string, unknown>>): KubernetesObject {
  const copy = structuredClone(object);
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    let at: object = copy;
    for (const key of keys) {
      if (Reflect.get(at, key) === undefined) Reflect.set(at, key, {});
      at = Reflect.get(at, key) as object;
    }
    if (value === undefined) Reflect.deleteProperty(at, last);
    else Reflect.set(at, last, value);
  }
  return copy;
}

const plurals: Readonly<Record<string, string>> = {
  Stack: "stacks",
  Program: "programs",
  Workspace: "workspaces",
  Update: "updates",
  OCIRepository: "ocirepositories",
  GitRepository: "gitrepositories",
  StatefulSet: "statefulsets",
  Job: "jobs",
  Pod: "pods",
};

describeWithEngine("the operator's objects, on a real API server", (engine) => {
  let folder: string;
  let plane: ControlPlane;
  let cluster: Cluster;

  /** Asks to make an object, without making it. */
  const ask = (object: KubernetesObject, who: Somebody): Promise<Said> => {
    const { apiVersion, kind, metadata } = object;
    const group = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const path = `${group}/namespaces/${metadata.namespace ?? ""}/${plurals[kind] ?? ""}?dryRun=All&fieldValidation=Strict`;
    return asSomebody(plane, who)("POST", path, object);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "operator-test-"));
    plane = await startControlPlane({ folder, engine });
    cluster = new Cluster(ApiClient.of(plane));
    await cluster.apply(stackCrd, { manager: "test" });
    await waitUntilEstablished(cluster, stackCrd);
    await installOpenCrds(cluster, [
      ...versions.pulumiOperator.crds.kinds.filter(({ kind }) => kind !== "Stack"),
      ...versions.flux.crds.kinds,
    ]);
    await installCrds(cluster, ["fluxSources", "fluxKustomizations"]);
    for (const name of [fluxNamespace, operatorNamespace, "elsewhere"])
      await cluster.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } }, { manager: "test" });
    for (const object of plan.platform) await cluster.apply(toProps(object), { manager: "administrator" });
    await untilRefused(() => ask(but(stack, { "metadata.name": "other" }), admin));
    await untilRefused(() => ask(but(source, { "metadata.name": "other" }), admin));
    await untilRefused(() => ask(workspace, admin));
    await untilRefused(() => ask(pod, admin));
  });
  afterAll(async () => {
    cluster.close();
    await plane.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("are all accepted, strictly, from Flux's account", async () => {
    for (const object of Object.values(plan.environments).flat())
      expect(await ask(object, flux), object.metadata.name).toEqual({ status: 201, message: "" });
  });

  it("are accepted where the source is a Git repository", async () => {
    const git = {
      kind: "git",
      url: "https://dev.azure.com/example/_git/gpu",
      branch: "main",
      signersSecret: "signers",
    };
    const objects = planOperator({ settings: { ...given, source: git }, output }, found).platform;
    const repository = objects.find(({ kind }) => kind === "GitRepository");
    expect(await ask(but(repository ?? source, { "metadata.namespace": "elsewhere" }), admin)).toEqual({
      status: 201,
      message: "",
    });
  });

  const says = {
    stack: "is no stack of this repository",
    account: "must act as its own account",
    state: "must be the Pulumi stack, the state and the key",
    source: "must run the verified source",
    mode: "must never make a stack, never destroy one",
    image: "must run in the image of this repository",
    pod: "must run in one plain pod",
  };
  const spec = "spec.workspaceTemplate.spec";
  test.each<readonly [what: string, says: string, changes: Readonly<Record<string, unknown>>]>([
    ["of a name that nobody declared", says.stack, { "metadata.name": "blue-too" }],
    ["in another namespace", says.stack, { "metadata.namespace": "elsewhere" }],
    ["of another environment", says.stack, { "metadata.namespace": "gitops-green" }],
    ["under the account of another stack", says.account, { "spec.serviceAccountName": "pulumi-blue-workloads" }],
    ["under no account", says.account, { "spec.serviceAccountName": undefined }],
    ["that is another Pulumi stack", says.state, { "spec.stack": "organization/azure-gpu-cluster/prod" }],
    ["with its state elsewhere", says.state, { "spec.backend": "azblob://state?storage_account=attacker" }],
    ["with secrets under another key", says.state, { "spec.secretsProvider": undefined }],
    ["from a repository of its own", says.source, { "spec.projectRepo": "https://github.com/somebody/else" }],
    ["from a program in the cluster", says.source, { "spec.programRef": { name: "program" } }],
    ["from another source", says.source, { "spec.fluxSource.sourceRef.name": "other" }],
    ["from another kind of source", says.source, { "spec.fluxSource.sourceRef.kind": "Bucket" }],
    ["from another folder", says.source, { "spec.fluxSource.dir": "examples" }],
    ["from no source", says.source, { "spec.fluxSource": undefined }],
    ["that may make a stack", says.mode, { "spec.useLocalStackOnly": false }],
    ["that destroys when it goes", says.mode, { "spec.destroyOnFinalize": true }],
    ["that touches some resources only", says.mode, { "spec.targets": ["urn"] }],
    ["in another image", says.image, { [`${spec}.image`]: "docker.io/pulumi/pulumi:latest" }],
    ["without the policy pack", says.image, { [`${spec}.env`]: [] }],
    ["with variables of its own", says.image, { "spec.envs": ["config-map"] }],
    ["with secrets of its own", says.image, { "spec.envSecrets": ["secret"] }],
    ["with configuration beside the stack file", says.image, { "spec.config": { "azure-gpu-cluster:layers": "[]" } }],
    ["unrestricted", says.image, { [`${spec}.securityProfile`]: "baseline" }],
    ["under an account of the workspace", says.image, { [`${spec}.serviceAccountName`]: "pulumi-blue-plan" }],
    [
      "from a repository of the workspace",
      says.image,
      { [`${spec}.git`]: { url: "https://github.com/somebody/else" } },
    ],
    ["with another updater", says.image, { "spec.updateTemplate": { spec: {} } }],
    ["that is killed at once", says.pod, { [`${spec}.podTemplate.spec.terminationGracePeriodSeconds`]: 30 }],
    [
      "with another container",
      says.pod,
      { [`${spec}.podTemplate.spec.containers`]: [{ name: "pulumi" }, { name: "other" }] },
    ],
    [
      "with another command",
      says.pod,
      { [`${spec}.podTemplate.spec.containers`]: [{ name: "pulumi", command: ["sh"] }] },
    ],
    ["with a step before", says.pod, { [`${spec}.podTemplate.spec.initContainers`]: [{ name: "first" }] }],
    ["on the node's network", says.pod, { [`${spec}.podTemplate.spec.hostNetwork`]: true }],
  ])("refuses a stack %s, from Flux and from an administrator", async (_, message, changes) => {
    // In a namespace that it has no rights in, Flux is stopped before.
    const who = changes["metadata.namespace"] === "elsewhere" ? [admin] : [flux, admin];
    for (const one of who) {
      const said = await ask(but(stack, changes), one);
      expect(said.message).toContain(message);
      expect(said.status).toBe(422);
    }
  });

  it("refuses a twin that would apply, and a stack that would only plan", async () => {
    const twin = objectNamed("Stack", "blue-plan");
    expect((await ask(but(twin, { "spec.preview": undefined }), flux)).message).toContain(says.mode);
    expect((await ask(but(stack, { "spec.preview": true }), flux)).message).toContain(says.mode);
    const planner = but(twin, { "spec.serviceAccountName": "pulumi-blue" });
    expect((await ask(planner, flux)).message).toContain(says.account);
  });

  test.each<readonly [what: string, says: string, changes: Readonly<Record<string, unknown>>]>([
    ["of another name", "is not the source of this repository", { "metadata.name": "mine" }],
    ["from elsewhere", "must come from where", { "spec.url": "oci://attacker.azurecr.io/gpu-platform" }],
    ["that nobody signed", "must be verified by the signature", { "spec.verify": undefined }],
    [
      "that somebody else signed",
      "must be verified by the signature",
      { "spec.verify.matchOIDCIdentity": [{ issuer: "^https://issuer$", subject: ".*" }] },
    ],
    ["that anybody signed", "must be verified by the signature", { "spec.verify.matchOIDCIdentity": undefined }],
  ])("refuses a source %s", async (_, message, changes) => {
    const said = await ask(but(source, changes), flux);
    expect(said.message).toContain(message);
    expect(said.status).toBe(422);
  });

  const namespace = "gitops-blue";
  const workspace: KubernetesObject = {
    apiVersion: "auto.pulumi.com/v1alpha1",
    kind: "Workspace",
    metadata: { name: "mine", namespace },
    spec: { serviceAccountName: "pulumi-blue" },
  };
  const container = {
    ...{ name: "main", image: "any:1" },
    securityContext: {
      ...{ allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: ["ALL"] } },
      seccompProfile: { type: "RuntimeDefault" },
    },
  };
  const pod: KubernetesObject = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "mine", namespace },
    spec: { serviceAccountName: "pulumi-blue", containers: [container] },
  };
  const template = { metadata: { labels: { a: "b" } }, spec: { restartPolicy: "Never", containers: [container] } };

  test.each<readonly [what: string, object: KubernetesObject]>([
    ["a workspace", workspace],
    ["an update", { ...workspace, kind: "Update", spec: {} }],
    ["a program", { apiVersion: "pulumi.com/v1", kind: "Program", metadata: { name: "mine", namespace } }],
    ["a job", { apiVersion: "batch/v1", kind: "Job", metadata: { name: "mine", namespace }, spec: { template } }],
    ["a pod", pod],
  ])("refuses %s of anybody's, which would have the token of a deploying account", async (_, object) => {
    const said = await ask(object, admin);
    expect(said.message).toMatch(/is made by the operator alone|comes from a workspace alone/);
    expect(said.status).toBe(422);
  });

  it("lets the operator make workspaces, and those their pods", async () => {
    const groups = ["system:masters"];
    expect(await ask(workspace, { user: operatorUser, groups })).toEqual({ status: 201, message: "" });
    expect(await ask(pod, { user: statefulSetUser, groups })).toMatchObject({ status: 201 });
    // Programs are not even the operator's.
    const program = { apiVersion: "pulumi.com/v1", kind: "Program", metadata: { name: "mine", namespace } };
    expect(await ask(program, { user: operatorUser, groups })).toMatchObject({ status: 422 });
  });

  describe("by their rights", () => {
    const list = (of: string, who: Somebody): Promise<Said> => asSomebody(plane, who)("GET", of);
    const stacks = `/apis/pulumi.com/v1/namespaces/${namespace}/stacks`;

    it("let nobody but Flux's account make a stack, and nobody but viewers see one", async () => {
      for (const who of [member, viewer]) expect(await ask(stack, who)).toMatchObject({ status: 403 });
      expect(await list(stacks, member)).toMatchObject({ status: 403 });
      expect(await list(stacks, viewer)).toMatchObject({ status: 200 });
      expect(await list(`/api/v1/namespaces/${namespace}/secrets`, viewer)).toMatchObject({ status: 403 });
    });

    it("let Flux's account touch nothing of what fences it in, and delete no stack", async () => {
      const as = asSomebody(plane, flux);
      expect(await as("DELETE", `${stacks}/blue?dryRun=All`)).toMatchObject({ status: 403 });
      const policies = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/gitops-stacks";
      expect(await as("DELETE", policies)).toMatchObject({ status: 403 });
      const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`;
      expect(await as("POST", `${accounts}/pulumi-blue/token`, { spec: {} })).toMatchObject({ status: 403 });
      expect(await as("GET", `/api/v1/namespaces/${namespace}/secrets`)).toMatchObject({ status: 403 });
    });

    it("give the account of a stack nothing in this cluster but the question who talks to it", async () => {
      const own: Somebody = { user: `system:serviceaccount:${namespace}:pulumi-blue`, groups: [] };
      expect(await list(stacks, own)).toMatchObject({ status: 403 });
      const review = { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token: "none" } };
      const reviews = "/apis/authentication.k8s.io/v1/tokenreviews";
      expect(await asSomebody(plane, own)("POST", reviews, review)).toMatchObject({ status: 201 });
    });
  });

  it("change for a new digest of the image once the fence was made anew", async () => {
    const image = `example.azurecr.io/workspace@sha256:${"b".repeat(64)}`;
    const environments = { ...given.environments, red: environmentOf("apply") };
    const next = planOperator(
      { settings: { ...given, image, environments }, output: { ...output, red: variablesOf("d", "red") } },
      [...found, { environment: "red", stacks: ["red"], kinds: [] }],
    );
    const renewed = but(stack, { [`${spec}.image`]: image });
    expect((await ask(renewed, flux)).message).toContain(says.image);
    for (const object of next.platform) await cluster.apply(toProps(object), { manager: "administrator" });
    await untilRefused(() => ask(stack, flux));
    expect(await ask(renewed, flux)).toEqual({ status: 201, message: "" });
  });
});
