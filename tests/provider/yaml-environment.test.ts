import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { packagedComponents } from "../../provider/components";
import { ApiClient } from "../../simulator/kubernetes/api-client";
import { Cluster } from "../../simulator/kubernetes/cluster";
import { type ControlPlane, startControlPlane } from "../../simulator/kubernetes/control-plane";
import { installCrds, installOpenCrds } from "../../simulator/kubernetes/crds";
import { describeWithYamlHost } from "../simulator/engine/with-yaml-host";
import { root } from "../stack-files";
import { everyComponent } from "./every-component";
import type { Deployment } from "./same-as-typescript";
import { type Ended, SimulatedPackage } from "./simulated-package";

/** Resources of a program by their key. */
type Resources = Readonly<Record<string, Resource>>;

interface Resource {
  readonly type: string;
  readonly name?: string;
  readonly properties?: object | undefined;
  readonly options?: object;
}

function exampleOf(name: string): { readonly resources: Resources } {
  return parse(readFileSync(path.join(root, `examples/${name}/Pulumi.yaml`), "utf8")) as { resources: Resources };
}

const example = exampleOf("environment-yaml");
const bare = exampleOf("infiniband-cluster-yaml");
const existingNetwork = "azure-gpu-cluster:network:ExistingNetwork";
const inCluster = { providers: ["${kubernetes}"], dependsOn: ["${namespace}"] };
/** What needs more than the example has: kinds that add-ons bring, a network of somebody else, an end to all changes. */
const besides: Resources = {
  queue: {
    type: "azure-gpu-cluster:queues:TeamQueue",
    name: "train-vision",
    options: inCluster,
    properties: { gpus: 2, pool: "${a100.pool}", queues: { cohortName: "cluster", placeless: "without-devices" } },
  },
  model: {
    type: "azure-gpu-cluster:inference:ModelService",
    name: "train-vision-small",
    options: inCluster,
    properties: {
      ...{
        model: "small",
        shape: { model: "qwen2.5-7b" },
        accountName: "${blob.ref.accountName}",
        serviceAccount: "team",
      },
      surroundings: {
        ...{ team: "vision", namespace: "${namespace.namespaceName}", pool: "${a100.pool}", gpus: 2, blob: true },
        ...{ egress: "closed", keda: false, metrics: "none" },
        gateway: { namespace: "inference-gateway", name: "models", hostName: "*.models.example.com", replicas: 2 },
      },
    },
  },
  spoke: { type: existingNetwork, properties: everyComponent[existingNetwork]?.given },
  lock: {
    type: "azure-gpu-cluster:foundation:GroupLock",
    name: "env",
    properties: { groupResourceId: "${env.groupResourceId}", notes: "Production" },
    // Azure deletes nothing in the group before it.
    options: { dependsOn: Object.keys(example.resources).map((it) => `\${${it}}`) },
  },
};

function isComponent(type: string): boolean {
  return type.startsWith("azure-gpu-cluster:");
}

/** Types of components, in order. */
function componentsOf(all: readonly { readonly type: string }[]): string[] {
  return all
    .map(({ type }) => type)
    .filter(isComponent)
    .sort();
}

describeWithYamlHost("an environment in YAML on the real engine", (engine, yamlHost) => {
  let simulated: SimulatedPackage;
  let controlPlane: ControlPlane | undefined;

  beforeAll(async () => {
    simulated = new SimulatedPackage(engine.pulumi, [path.dirname(yamlHost)]);
    // The API server is private: a program that puts something into the cluster runs in its network.
    simulated.world.runFrom("runner");
    controlPlane = await startControlPlane({ folder: simulated.world.folder, engine });
    take(example.resources);
    expect(await cli("stack", "init", "organization/infiniband-cluster/lab")).toMatchObject({ status: 0 });
  });

  afterAll(async () => {
    await controlPlane?.stop();
    simulated.remove();
  });

  function cli(...args: string[]): Promise<Ended> {
    return simulated.run(engine.pulumi, [...args, "--non-interactive", "--color=never"]);
  }

  /** Makes resources the program of the stack. */
  function take(resources: Resources): void {
    const program = stringify({ ...example, resources }, { aliasDuplicateObjects: false });
    writeFileSync(simulated.at("work/Pulumi.yaml"), program);
  }

  /** Has the engine make resources, and expects them all, each component with something in it. */
  async function expectMade(resources: Resources): Promise<void> {
    take(resources);
    const { status, text } = await cli("up", "--yes", "--skip-preview", "--parallel=64");
    expect(status, text).toBe(0);
    const state = JSON.parse((await cli("stack", "export")).text) as { readonly deployment: Deployment };
    const made = state.deployment.resources ?? [];
    const ofProgram = made.filter(({ parent = "" }) => parent.includes("::pulumi:pulumi:Stack::"));
    expect(componentsOf(ofProgram)).toEqual(componentsOf(Object.values(resources)));
    // A component without children would be a name and no more, but for one that makes nothing.
    const parents = new Set(made.map((it) => it.parent));
    const empty = ofProgram.filter(({ type, urn }) => isComponent(type) && !parents.has(urn));
    expect(componentsOf(empty).filter((it) => it !== existingNetwork)).toEqual([]);
  }

  it("makes every component that it names, in Azure and in the cluster", async () => {
    await expectMade(example.resources);
  });

  it("makes every other one that other languages have, once the cluster has the kinds that it is made of", async () => {
    const asked = [bare.resources, example.resources, besides].flatMap((it) => componentsOf(Object.values(it)));
    expect([...new Set(asked)].sort()).toEqual(Object.keys(packagedComponents).sort());
    if (controlPlane === undefined) throw new Error("The API server has not been started.");
    const cluster = new Cluster(ApiClient.of(controlPlane));
    await installCrds(cluster, ["kueue", "gatewayApi", "gatewayApiInferenceExtension", "agentgatewayKinds"]);
    await installOpenCrds(cluster, [
      { apiVersion: "llm-d.ai/v1alpha2", kind: "InferenceObjective", plural: "inferenceobjectives", namespaced: true },
    ]);
    await expectMade({ ...example.resources, ...besides });
  });

  it("has nothing to do again, and destroys all that it made", async () => {
    const again = await cli("preview", "--expect-no-changes");
    expect(again.status, again.text).toBe(0);
    const gone = await cli("destroy", "--yes", "--skip-preview", "--parallel=64");
    expect(gone.status, gone.text).toBe(0);
    expect(simulated.world.resources()).toEqual([]);
  });
});
