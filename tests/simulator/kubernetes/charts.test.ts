import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test, type TestContext } from "vitest";
import { parse, stringify } from "yaml";
import { defaultLock, findLock, type VersionLock, versionLocks, versionsOf } from "../../../catalog/version-locks";
import { versions } from "../../../catalog/versions";
import { list, locate, read, text } from "../../../core/property-tree";
import { isRecord, mapValue, type Props, toProps, type Value } from "../../../core/property-value";
import { type AddOnKey, addOns } from "../../../components/platform/add-ons";
import { type AddOnPlan, planPlatform } from "../../../components/platform/plan-platform";
import { kubernetesModule } from "../../../simulator/engine/modules";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { Cluster } from "../../../simulator/kubernetes/cluster";
import { type ControlPlane, startControlPlane } from "../../../simulator/kubernetes/control-plane";
import { waitUntilEstablished } from "../../../simulator/kubernetes/controllers";
import type { CrdProduct } from "../../../simulator/kubernetes/crd-sources";
import { renderChart } from "../../../simulator/kubernetes/render-chart";
import { type ModuleAt, moduleOf } from "../../components/platform/chart-values";
import { pool } from "../../components/platform/facts";
import { describeWithHelm } from "../engine/with-helm";

/** A chart as its repository has it, and what its release differs in. */
interface Row {
  /** Name of the chart, its release and its namespace. */
  readonly name: string;
  /** Folder of a Go module that we pin for its CRDs. Else the chart lies in the folder of charts. */
  readonly module?: { readonly product: CrdProduct | ModuleAt; readonly folder: string };
  /** The version that the project pins. */
  readonly version: string;
  /** What the release writes into Chart.yaml. The tag of an image may follow it. Absent: it stands there already. */
  readonly chart?: { readonly version: string; readonly appVersion?: string };
  readonly values: Props;
  /** The add-on whose values these are. The pods are then tried in its namespace, too. */
  readonly addOn?: AddOnKey;
  /** Lock that has the chart in this version. Absent: the first one. */
  readonly lock?: VersionLock;
  /** Charts whose kinds it uses. */
  readonly needs?: readonly string[];
  /** How many objects there are, CRDs included: none may get lost on the way. */
  readonly objects: number;
  /** Images of its own containers, once each. They say whether what the release differs in was applied. */
  readonly images: readonly string[];
}

/** Pools of every kind: what an add-on serves is among them. */
const pools = [
  pool("h100"),
  {
    ...pool("gb300", "Standard_ND128isr_GB300_v6"),
    gpuStack: "gb-dra" as const,
    rdmaResource: "rdma/ib",
    rdma: "dranet" as const,
  },
  { ...pool("mi300x", "Standard_ND96isr_MI300X_v5"), gpuStack: "amd-operator" as const },
];

/** A gateway of models in the form that makes most objects. */
const inferenceGateway = { hostName: "*.models.example.com", tls: { issuer: "dns" } };

/** Choices that ask for an add-on. */
function choicesOf(addOn: AddOnKey): Readonly<Record<string, unknown>> {
  const asked = addOn === "inferenceGateway" ? { certManager: {}, inferenceGateway } : { [addOn]: {} };
  return { networkOperator: false, ...asked };
}

/** An add-on that is asked for, with the namespace that it lives in, also where that is another's. */
function planOf(addOn: AddOnKey, choices = choicesOf(addOn), lock = findLock(defaultLock)): AddOnPlan {
  const { addOns: planned } = planPlatform(addOns, choices, { kubernetesVersion: "1.36", lock, pools });
  const plan = planned.find(({ key }) => key === addOn);
  if (plan === undefined) throw new Error(`There is no plan of ${addOn}.`);
  const home = planned.find(({ namespace }) => namespace?.metadata.name === text(plan.release, "namespace"));
  return { ...plan, namespace: plan.namespace ?? home?.namespace ?? null };
}

/** Add-ons whose charts can be had, by the name of the chart's row. */
const addOnOf: Readonly<Partial<Record<string, AddOnKey>>> = {
  "node-feature-discovery": "nodeFeatureDiscovery",
  jobset: "jobSet",
  "cert-manager": "certManager",
  kueue: "kueue",
  lws: "leaderWorkerSet",
  "dra-driver-nvidia-gpu": "draDriver",
  dranet: "dranet",
  "amd-gpu-operator": "amdGpuOperator",
  "kuberay-operator": "kubeRay",
  "gpu-operator": "gpuOperator",
  "network-operator": "networkOperator",
  "local-csi-driver": "scratchDisks",
  "agentgateway-crds": "inferenceGatewayKinds",
  agentgateway: "inferenceGateway",
};

/** The same add-on where each host that the cluster fetches from has a mirror. */
function mirroredPlanOf(addOn: AddOnKey, lock = findLock(defaultLock)): AddOnPlan | undefined {
  // Pools that one network policy can serve.
  const served = addOn === "networkOperator" ? [{ ...pool("h100"), rdmaResource: "rdma/ib" }] : pools;
  const choices = choicesOf(addOn);
  const facts = { kubernetesVersion: "1.36", lock, pools: served };
  const hosts = planPlatform(addOns, choices, facts).fetches.map(
    ({ from }) => new URL(from.includes("://") ? from : `oci://${from}`).host,
  );
  const imageMirrors = Object.fromEntries(hosts.map((host) => [host, `mirror.azurecr.io/${host}`]));
  return planPlatform(addOns, choices, { ...facts, imageMirrors }).addOns.find(({ key }) => key === addOn);
}

/** Registries that charts name, those of versions under development included, and the mirror. */
const registries = [
  "cr.agentgateway.dev",
  "docker.io",
  "gcr.io",
  "ghcr.io",
  "localcsidriver.azurecr.io",
  "mcr.microsoft.com",
  "mirror.azurecr.io",
  "nvcr.io",
  "quay.io",
  "registry.k8s.io",
  "us-central1-docker.pkg.dev",
];

/** A part of an object without what is turned off in it. */
function turnedOn(value: Value): Value {
  if (isRecord(value) && value["enabled"] === false) return {};
  return mapValue(value, turnedOn);
}

/** What our add-on gives its chart. */
function valuesOf(addOn: AddOnKey, lock?: VersionLock): Props {
  return toProps(planOf(addOn, choicesOf(addOn), lock).release?.values);
}

const image = (repository: string, tag: string): Props => ({ repository, tag, pullPolicy: "IfNotPresent" });

const nfd: Row = {
  name: "node-feature-discovery",
  module: { product: "nodeFeatureDiscovery", folder: "deployment/helm/node-feature-discovery" },
  version: versions.nodeFeatureDiscovery.version,
  chart: { version: versions.nodeFeatureDiscovery.version },
  values: {},
  objects: 21,
  images: ["registry.k8s.io/nfd/node-feature-discovery:v0.19.0"],
};

const jobSet: Row = {
  name: "jobset",
  module: { product: "jobSet", folder: "charts/jobset" },
  version: versions.jobSet.version,
  values: { image: image("registry.k8s.io/jobset/jobset", `v${versions.jobSet.version}`) },
  objects: 21,
  images: ["registry.k8s.io/jobset/jobset:v0.12.0"],
};

const certManager: Row = {
  name: "cert-manager",
  module: { product: "certManager", folder: "deploy/charts/cert-manager" },
  version: versions.certManager.version,
  chart: { version: versions.certManager.version, appVersion: versions.certManager.version },
  values: valuesOf("certManager"),
  addOn: "certManager",
  objects: 51,
  images: ["cainjector", "controller", "startupapicheck", "webhook"].map(
    (it) => `quay.io/jetstack/cert-manager-${it}:v1.21.1`,
  ),
};

/** Both charts of agentgateway get their version as they are released. */
const agentgateway = (chart: string): Pick<Row, "name" | "module" | "version" | "chart"> => ({
  name: chart,
  module: { product: "agentgatewayKinds", folder: `controller/install/helm/${chart}` },
  version: versions.agentgateway.version,
  chart: { version: versions.agentgateway.version, appVersion: versions.agentgateway.version },
});

const agentgatewayKinds: Row = { ...agentgateway("agentgateway-crds"), values: {}, objects: 4, images: [] };

const ofModules: readonly Row[] = [
  nfd,
  jobSet,
  certManager,
  agentgatewayKinds,
  {
    name: "kueue",
    module: { product: "kueue", folder: "charts/kueue" },
    version: versions.kueue.version,
    values: {
      controllerManager: { manager: { image: image("registry.k8s.io/kueue/kueue", `v${versions.kueue.version}`) } },
    },
    objects: 78,
    images: ["registry.k8s.io/kueue/kueue:v0.19.2"],
  },
  {
    name: "lws",
    module: { product: "leaderWorkerSet", folder: "charts/lws" },
    version: versions.leaderWorkerSet.version,
    chart: { version: versions.leaderWorkerSet.version },
    values: { image: { manager: image("registry.k8s.io/lws/lws", `v${versions.leaderWorkerSet.version}`) } },
    objects: 18,
    images: ["registry.k8s.io/lws/lws:v0.9.0"],
  },
];

const ofAddOns: readonly Row[] = [
  {
    name: "dra-driver-nvidia-gpu",
    module: { product: "nvidiaDraDriver", folder: "deployments/helm/dra-driver-nvidia-gpu" },
    version: versions.nvidiaDraDriver.version,
    values: valuesOf("draDriver"),
    addOn: "draDriver",
    objects: 21,
    images: ["registry.k8s.io/dra-driver-nvidia/dra-driver-nvidia-gpu:v0.4.1"],
  },
  {
    name: "dranet",
    module: { product: `sigs.k8s.io/dranet@v${versions.dranet.version}`, folder: "deployments/helm/dranet" },
    version: versions.dranet.version,
    chart: { version: versions.dranet.version, appVersion: `v${versions.dranet.version}` },
    values: valuesOf("dranet"),
    addOn: "dranet",
    objects: 4,
    images: ["registry.k8s.io/networking/dranet:v1.4.0"],
  },
  {
    ...agentgateway("agentgateway"),
    values: valuesOf("inferenceGateway"),
    addOn: "inferenceGateway",
    needs: [certManager.name, agentgatewayKinds.name],
    objects: 6,
    images: ["cr.agentgateway.dev/controller:v1.4.1"],
  },
];

/** Charts that a later lock has in another version, and that can be had in it. */
const ofLocks: readonly Row[] = versionLocks.slice(1).flatMap((lock): Row[] => {
  const { certManager: manager, nvidiaDraDriver: driver } = versionsOf(lock);
  const [draDriver] = ofAddOns;
  if (draDriver === undefined) throw new Error("There is no row of the DRA driver.");
  const tagged = ({ images: all }: Row, tag: string): string[] => all.map((it) => it.replace(/:[^:]+$/, `:${tag}`));
  return [
    {
      ...certManager,
      lock,
      module: {
        product: `github.com/cert-manager/cert-manager@${manager.version}` as const,
        folder: "deploy/charts/cert-manager",
      },
      version: manager.version,
      chart: { version: manager.version, appVersion: manager.version },
      values: valuesOf("certManager", lock),
      images: tagged(certManager, manager.version),
    },
    {
      ...draDriver,
      lock,
      module: {
        product: `sigs.k8s.io/dra-driver-nvidia-gpu@v${driver.version}` as const,
        folder: "deployments/helm/dra-driver-nvidia-gpu",
      },
      version: driver.version,
      values: valuesOf("draDriver", lock),
      images: tagged(draDriver, `v${driver.version}`),
    },
  ];
});

const ofFolder: readonly Row[] = [
  {
    name: "amd-gpu-operator",
    version: versions.amdGpuOperator.version,
    values: valuesOf("amdGpuOperator"),
    addOn: "amdGpuOperator",
    objects: 51,
    images: ["docker.io/rocm/amd-gpu-operator:v1.5.1"],
  },
  {
    name: "kuberay-operator",
    version: versions.kubeRay.version,
    values: valuesOf("kubeRay"),
    addOn: "kubeRay",
    objects: 17,
    images: ["quay.io/kuberay/operator:v1.6.2"],
  },
  {
    name: "gpu-operator",
    version: versions.gpuOperator.version,
    chart: { version: versions.gpuOperator.version, appVersion: versions.gpuOperator.version },
    values: { nfd: { enabled: false }, driver: { rdma: { enabled: true } } },
    objects: 17,
    images: ["nvcr.io/nvidia/gpu-operator:v26.7.0"],
  },
  {
    name: "network-operator",
    version: versions.networkOperator.version,
    values: { nfd: { enabled: false } },
    needs: [nfd.name],
    objects: 19,
    images: ["nvcr.io/nvidia/cloud-native/network-operator:v26.4.1"],
  },
  {
    name: "local-csi-driver",
    version: versions.localCsiDriver.version,
    chart: { version: versions.localCsiDriver.version, appVersion: versions.localCsiDriver.version },
    values: {},
    objects: 19,
    // How the tags of the first two are spelt in a released chart is not known: the repository's chart has none.
    images: [
      "localcsidriver.azurecr.io/acstor/local-csi-driver:0.3.0",
      "localcsidriver.azurecr.io/acstor/local-csi-manager:0.3.0",
      "mcr.microsoft.com/oss/v2/kubernetes-csi/csi-node-driver-registrar:v2.16.0",
      "mcr.microsoft.com/oss/v2/kubernetes-csi/csi-provisioner:v5.2.0",
      "mcr.microsoft.com/oss/v2/kubernetes-csi/csi-resizer:v1.13.2",
    ],
  },
];

/** Charts that no registry of packages carries. Nobody needs them: they are no part of this project. */
const chartsFolder = process.env["GPU_CHARTS"] ?? resolve(__dirname, "../../../../shared/charts");

/** A chart that this machine does not have and cannot get now. */
class NotHere extends Error {}

/** Skips a test whose chart is not here, and says so: a skipped check must not be silent. */
async function orSkip<T>(context: TestContext, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof NotHere)) throw error;
    process.stderr.write(`Skipped: ${context.task.name}. ${error.message}\n`);
    return context.skip(error.message);
  }
}

/** Where the module of a product lies, from Go's own cache or, the first time, from the network. */
async function moduleFolder(product: CrdProduct | ModuleAt, cwd: string): Promise<string> {
  const wanted = moduleOf(product);
  const env = { ...process.env, GOWORK: "off" };
  try {
    const { stdout } = await promisify(execFile)("go", ["mod", "download", "-json", wanted], { cwd, env });
    return text(JSON.parse(stdout), "Dir") ?? "";
  } catch (error) {
    // With -json Go says on stdout why it failed.
    const why = `${String(error)} ${text(error, "stdout") ?? ""}`.trim().replaceAll(/\s+/g, " ");
    // A module that does not exist is a mistake of ours, and no reason to skip.
    const noNetwork = /ENOENT|dial tcp|lookup .* (no such host|on )|proxyconnect|timeout|disabled by GOPROXY/i;
    throw noNetwork.test(why) ? new NotHere(`${wanted} needs Go and a network once: ${why}`) : error;
  }
}

/** Copies a chart and writes into it what a release writes. Go keeps its modules read-only, and nobody may change them. */
async function released({ name, module, version, chart: own }: Row, folder: string): Promise<string> {
  const chart = join(folder, name);
  const pinned = join(chartsFolder, `${name}-${version}`);
  if (module === undefined && !existsSync(pinned)) throw new NotHere(`There is no ${pinned}.`);
  const source = module === undefined ? pinned : join(await moduleFolder(module.product, folder), module.folder);
  await rm(chart, { recursive: true, force: true });
  await mkdir(chart);
  for (const entry of await readdir(source)) {
    await cp(join(source, entry), join(chart, entry), { recursive: true });
  }
  for (const entry of await readdir(chart, { recursive: true, withFileTypes: true })) {
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
  const file = join(chart, "Chart.yaml");
  await writeFile(file, stringify({ ...toProps(parse(await readFile(file, "utf8"))), ...own }));
  return chart;
}

const images = (objects: readonly Props[]): string[] => {
  const containers = ["containers", "initContainers"].flatMap((kind) =>
    objects.flatMap((it) => locate(it, `spec.template.spec.${kind}[].image`)),
  );
  return [...new Set(containers.flatMap(({ value }) => (typeof value === "string" ? [value] : [])))].sort();
};

/** A pod of each template among objects, after the accounts that they run as. */
function podsOf(objects: readonly Props[], namespace: string): Props[] {
  const pods = objects.flatMap((it): Props[] => {
    const spec = toProps(read(it, "spec.template.spec"));
    const name = text(it, "metadata.name") ?? "";
    return list(spec, "containers").length === 0
      ? []
      : [{ apiVersion: "v1", kind: "Pod", metadata: { name, namespace }, spec }];
  });
  // With the account that every namespace gets from a controller, which does not run here.
  const named = objects.filter(({ kind }) => kind === "ServiceAccount").map((it) => text(it, "metadata.name") ?? "");
  const accounts = ["default", ...named].map((name) => ({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name, namespace },
  }));
  return [...accounts, ...pods];
}

/** An object with another one laid over it. Lists are not looked into. */
function laidOver(below: Props, above: Props): Props {
  const both = Object.entries(above).map(([key, value]) => {
    const under = below[key];
    return [key, isRecord(value) && isRecord(under) ? laidOver(toProps(under), toProps(value)) : value] as const;
  });
  return { ...below, ...Object.fromEntries(both) };
}

/**
 * Webhooks because of which AKS may refuse to stop a cluster: those that judge what it changes then, or everything.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/start-stop-cluster.md (2026-07-21)
 */
function webhooksAgainstStop(objects: readonly Props[]): string[] {
  const groups = ["*", "", "coordination.k8s.io", "rbac.authorization.k8s.io"];
  const resources = /^(\*|nodes|leases|clusterroles|clusterrolebindings)(\/|$)/;
  return objects
    .filter(({ kind }) => kind === "ValidatingWebhookConfiguration" || kind === "MutatingWebhookConfiguration")
    .flatMap((it) => list(it, "webhooks"))
    .filter((hook) => text(hook, "failurePolicy") !== "Ignore")
    .filter((hook) =>
      list(hook, "rules").some(
        (rule) =>
          text(rule, "scope") !== "Namespaced" &&
          list(rule, "apiGroups").some((it) => typeof it === "string" && groups.includes(it)) &&
          list(rule, "resources").some((it) => typeof it === "string" && resources.test(it)),
      ),
    )
    .map((hook) => text(hook, "name") ?? "");
}

const isCrd = ({ kind }: Props): boolean => kind === "CustomResourceDefinition";

describeWithHelm("charts, on a real API server", ({ engine, helm }) => {
  const kubernetesVersion = kubernetesModule().version;
  let folder: string;
  let plane: ControlPlane;
  let client: ApiClient;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "charts-test-"));
    plane = await startControlPlane({ folder, engine });
    client = ApiClient.of(plane);
  });
  afterAll(async () => {
    client.close();
    await plane.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const render = ({ name, values }: Row, chart: string): Promise<Props[]> =>
    renderChart({ helm, chart, name, namespace: name, values, kubernetesVersion });

  /** Installs CRDs for real, as the rest of their chart cannot be asked for without them. */
  const installCrdsOf = async (objects: readonly Props[], cluster: Cluster): Promise<void> => {
    const crds = objects.filter(isCrd);
    for (const crd of crds) await cluster.apply(crd, { manager: "test", force: true });
    for (const crd of crds) await waitUntilEstablished(cluster, crd);
  };

  const installGatewayApi = (): Promise<void> =>
    installCrdsOf(Object.values(planOf("gatewayApi").crds).map(toProps), new Cluster(client));

  /** What the server refuses of the objects of a release, in its words. */
  const refused = async (name: string, objects: readonly Props[]): Promise<string[]> => {
    const cluster = new Cluster(client, name);
    await cluster.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } }, { manager: "test" });
    await installCrdsOf(objects, cluster);
    const said: string[] = [];
    for (const object of objects.filter((it) => !isCrd(it))) {
      await cluster.apply(object, { manager: "helm", dryRun: true }).catch((error: unknown) => {
        const named = `${text(object, "kind") ?? ""} ${text(object, "metadata.name") ?? ""}`;
        said.push(`${named}: ${error instanceof Error ? error.message : String(error)}`);
      });
    }
    return said;
  };

  /** What the server refuses in the namespace of an add-on, whose level of Pod Security judges pods. */
  const refusedInNamespace = async ({ namespace }: AddOnPlan, objects: readonly Props[]): Promise<string[]> => {
    const own = toProps(namespace);
    const cluster = new Cluster(client, text(own, "metadata.name"));
    await cluster.apply(own, { manager: "test", force: true });
    const said: string[] = [];
    for (const object of podsOf(objects, text(own, "metadata.name") ?? "")) {
      const dryRun = object["kind"] === "Pod";
      await cluster.apply(object, { manager: "test", dryRun, force: true }).catch((error: unknown) => {
        said.push(error instanceof Error ? error.message : String(error));
      });
    }
    return said;
  };

  test.for([...ofModules, ...ofAddOns, ...ofLocks, ...ofFolder])(
    "every object of $name $version is accepted",
    async (row, context) => {
      for (const needed of ofModules.filter(({ name }) => row.needs?.includes(name))) {
        const its = await render(needed, await orSkip(context, released(needed, folder)));
        await installCrdsOf(its, new Cluster(client));
      }
      const objects = await render(row, await orSkip(context, released(row, folder)));
      expect(images(objects)).toEqual(row.images);
      expect(objects).toHaveLength(row.objects);
      expect(webhooksAgainstStop(objects)).toEqual([]);
      const plan = row.addOn === undefined ? undefined : planOf(row.addOn, choicesOf(row.addOn), row.lock);
      if (row.addOn === "inferenceGateway") await installGatewayApi();
      const beside = Object.values(plan?.objects ?? {}).map(toProps);
      if (plan !== undefined)
        await new Cluster(client).apply(toProps(plan.namespace), { manager: "test", force: true });
      expect(await refused(row.name, [...objects, ...beside])).toEqual([]);
      if (plan !== undefined) expect(await refusedInNamespace(plan, objects)).toEqual([]);
    },
  );

  test.for([...ofModules, ...ofAddOns, ...ofLocks, ...ofFolder])(
    "with mirrors nothing of $name $version is fetched from outside",
    async (row, context) => {
      const plan = mirroredPlanOf(addOnOf[row.name] ?? "kueue", row.lock);
      const chart = await orSkip(context, released(row, folder));
      const objects = await render({ ...row, values: toProps(plan?.release?.values) }, chart);
      const made = [...objects.filter((it) => !isCrd(it)), ...Object.values(plan?.objects ?? {}).map(toProps)];
      // Also in arguments and variables, by which operators are told what to run.
      const places = new RegExp(`[^\\w./-]((?:${registries.join("|")})/[\\w./-]+)`, "g");
      const named = [...JSON.stringify(made.map(turnedOn)).matchAll(places)].map(([, place]) => place ?? "");
      expect(named.filter((it) => !it.startsWith("mirror.azurecr.io/"))).toEqual([]);
      expect(named.length).toBeGreaterThanOrEqual(row.images.length);
    },
  );

  test("policies of adapters are accepted, of the cluster and of pools that differ", async (context) => {
    const rows = [nfd, ...ofFolder.filter(({ name }) => name === "network-operator")];
    for (const row of rows)
      await installCrdsOf(await render(row, await orSkip(context, released(row, folder))), new Cluster(client));
    const h100s = { ...pool("h100"), rdmaResource: "rdma/ib" };
    const differ = { ...h100s, key: "serve", gpuStack: "aks-driver" as const };
    for (const served of [[h100s], [h100s, differ]]) {
      const { addOns: planned } = planPlatform(addOns, {}, { kubernetesVersion: "1.36", pools: served });
      const { objects } = planned.find(({ key }) => key === "networkOperator") ?? { objects: {} };
      expect(Object.keys(objects)).toHaveLength(served.length === 1 ? 1 : 3);
      expect(await refused("network-operator", Object.values(objects).map(toProps))).toEqual([]);
    }
  });

  test.for(["lustreCsi", "mpiOperator"] as const)("every object of the add-on %s is accepted", async (addOn) => {
    const plan = planOf(addOn);
    const objects = Object.values({ ...plan.crds, ...plan.objects }).map(toProps);
    expect(await refused(text(toProps(plan.namespace), "metadata.name") ?? "", objects)).toEqual([]);
    expect(await refusedInNamespace(plan, objects)).toEqual([]);
  });

  test("kinds for serving models are served, with the checks of their fields", async () => {
    const cluster = new Cluster(client, "serving");
    const metadata = { name: "serving" };
    await cluster.apply({ apiVersion: "v1", kind: "Namespace", metadata }, { manager: "test" });
    await installCrdsOf(Object.values(planOf("inferencePools").crds).map(toProps), cluster);
    const poolOn = (...ports: readonly number[]): Props => ({
      apiVersion: "inference.networking.k8s.io/v1",
      kind: "InferencePool",
      metadata: { name: "llama" },
      spec: {
        selector: { matchLabels: { app: "llama" } },
        targetPorts: ports.map((number) => ({ number })),
        endpointPickerRef: { name: "llama-router", port: { number: 9002 } },
      },
    });
    const ofRouter = (kind: string, spec: Props): Props => ({
      apiVersion: "llm-d.ai/v1alpha2",
      kind,
      metadata: { name: "llama" },
      spec: { poolRef: { name: "llama" }, ...spec },
    });
    const manager = "test";
    const made = await cluster.apply(poolOn(8000), { manager });
    expect(text(made, "spec.endpointPickerRef.failureMode")).toBe("FailClose");
    await expect(cluster.apply(poolOn(8000, 8000), { manager })).rejects.toThrow("port number must be unique");
    await cluster.apply(ofRouter("InferenceObjective", { priority: 1 }), { manager });
    const rewrite = ofRouter("InferenceModelRewrite", {
      rules: [{ targets: [{ modelRewrite: "llama-4", weight: 9 }] }],
    });
    expect(text(await cluster.apply(rewrite, { manager }), "spec.poolRef.kind")).toBe("InferencePool");
    const wrong = ofRouter("InferenceObjective", { urgency: 1 });
    await expect(cluster.apply(wrong, { manager })).rejects.toThrow("field not declared in schema");
  });

  test("the gateway of models is accepted in each of its forms, and a misspelt part of it is not", async (context) => {
    for (const row of [certManager, agentgatewayKinds]) {
      await installCrdsOf(await render(row, await orSkip(context, released(row, folder))), new Cluster(client));
    }
    await installGatewayApi();
    const { hostName } = inferenceGateway;
    const open = { exposure: "public", allowedSources: ["203.0.113.0/24"] };
    const forms = [
      inferenceGateway,
      { hostName, tls: { secret: "wildcard" }, ...open },
      { hostName: "chat.example.com", tls: { off: true } },
    ];
    const objectsOf = (form: object): Props[] =>
      Object.values(planOf("inferenceGateway", { certManager: {}, inferenceGateway: form }).objects).map(toProps);
    for (const form of forms) expect(await refused("inference-gateway", objectsOf(form))).toEqual([]);
    const wrong = objectsOf(inferenceGateway).map((it) => ({ ...it, spec: { ...toProps(it["spec"]), hostname: "a" } }));
    expect(await refused("inference-gateway", wrong)).toEqual(
      wrong.map(() => expect.stringContaining(".spec.hostname: field not declared in schema") as string),
    );
  });

  test("pods and service that the controller makes of a Gateway keep to its namespace and our choices", async (context) => {
    const { objects, namespace, ...plan } = planOf("inferenceGateway");
    const ours = toProps(read(objects["inference-gateway-parameters"], "spec"));
    const row: Row = {
      ...agentgateway("agentgateway"),
      // The chart that is a part of the controller. It calls it as here, and then lays over it what we chose.
      module: { product: "agentgatewayKinds", folder: "controller/pkg/helm/agentgateway" },
      values: {
        agentgateway: {
          name: "models",
          gatewayClassName: "agentgateway",
          image: { registry: "cr.agentgateway.dev", repository: "agentgateway", tag: versions.agentgateway.version },
          ports: [{ name: "listener-443", protocol: "TCP", port: 443 }],
          xds: { host: "agentgateway.inference-gateway.svc", port: 9978, tls: { enabled: true, caCert: "-" } },
          service: {},
          resources: read(ours, "resources") ?? null,
        },
      },
      objects: 5,
      images: ["cr.agentgateway.dev/agentgateway:v1.4.1"],
    };
    const made = await render(row, await orSkip(context, released(row, folder)));
    expect(made).toHaveLength(row.objects);
    expect(images(made)).toEqual(row.images);
    const laid = made.map((it) => laidOver(it, toProps(read(ours, (text(it, "kind") ?? "").toLowerCase()))));
    expect(await refusedInNamespace({ ...plan, objects, namespace }, laid)).toEqual([]);
    // What the chart makes of itself is not enough.
    expect(await refusedInNamespace({ ...plan, objects, namespace }, made)).toEqual([
      expect.stringContaining("seccompProfile"),
    ]);
    expect(await refused("inference-gateway", laid)).toEqual([]);
    const service = laid.find(({ kind }) => kind === "Service");
    expect([read(service, "spec.type"), read(service, "metadata.annotations")]).toEqual([
      "LoadBalancer",
      { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" },
    ]);
    const labels = toProps(
      read(
        made.find(({ kind }) => kind === "Deployment"),
        "spec.template.metadata.labels",
      ),
    );
    expect(labels).toMatchObject(toProps(read(objects["inference-gateway-requests"], "spec.podSelector.matchLabels")));
  });

  test("a misspelt field in values that end in an object is refused by the server", async (context) => {
    const chart = await orSkip(context, released(jobSet, folder));
    const controller = { podSecurityContext: { runAsNonRooot: true } };
    const objects = await render({ ...jobSet, values: { ...jobSet.values, controller } }, chart);
    expect(await refused(jobSet.name, objects)).toEqual([
      expect.stringMatching(/^Deployment jobset-controller: .*\.runAsNonRooot: field not declared in schema$/),
    ]);
  });

  test("a misspelt value is refused by Helm where the chart has a strict schema", async (context) => {
    const chart = await orSkip(context, released(certManager, folder));
    await expect(render({ ...certManager, values: { crds: { enabledd: true } } }, chart)).rejects.toThrow(
      /^The chart \S+\/cert-manager cannot be rendered as release 'cert-manager' in namespace 'cert-manager': Helm says: [^]*additional properties 'enabledd' not allowed/,
    );
  });

  test("a chart that is not there is not looked for in the network", async () => {
    const chart = join(folder, "none");
    const asked = renderChart({ helm, chart, name: "a", namespace: "a", values: {}, kubernetesVersion });
    await expect(asked).rejects.toThrow(`Helm says: path "${chart}" not found`);
  });

  test("a chart is told the version of Kubernetes, and a hook is among its objects", async () => {
    const chart = join(folder, "own");
    await mkdir(join(chart, "templates"), { recursive: true });
    await writeFile(join(chart, "Chart.yaml"), "apiVersion: v2\nname: own\nversion: 1.2.3\n");
    const map = (name: string, more: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}${more} }\ndata: { v: "{{ .Capabilities.KubeVersion }} {{ .Release.Namespace }} {{ .Values.a }}" }\n`;
    const hook = (event: string): string => `, annotations: { helm.sh/hook: ${event} }`;
    await writeFile(
      join(chart, "templates", "all.yaml"),
      [map("object", ""), map("hook", hook("pre-install")), map("tested", hook("test"))].join("---\n"),
    );
    const objects = await renderChart({
      helm,
      chart,
      name: "a",
      namespace: "of-a",
      values: { a: "x" },
      kubernetesVersion: "1.30.7",
    });
    expect(objects.map((it) => [text(it, "metadata.name"), text(it, "data.v")])).toEqual([
      ["object", "v1.30.7 of-a x"],
      ["hook", "v1.30.7 of-a x"],
    ]);
    expect(list(objects[0], "metadata.namespace")).toEqual([]);
  });
});
