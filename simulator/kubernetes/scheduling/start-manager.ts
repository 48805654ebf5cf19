import { chmod, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { record, text } from "../../../core/property-tree";
import { isRecord, type Props, toProps } from "../../../core/property-value";
import { kubernetesModule } from "../../engine/modules";
import type { Schedulers } from "../../engine/schedulers";
import { ApiClient } from "../api-client";
import { Cluster } from "../cluster";
import type { ControlPlane } from "../control-plane";
import { waitUntilEstablished } from "../controllers";
import { crdSource } from "../crd-sources";
import { freePort } from "../free-port";
import { goModuleFolder } from "../go-module-folder";
import { leanCrd } from "../lean-crd";
import { LeashedProcess } from "../leashed-process";
import { renderChart } from "../render-chart";
import { waitUntil } from "../wait-until";
import { writeKubeconfig } from "./kubeconfig-file";
import type { Manager } from "./managers";
import { outsideCluster } from "./outside-cluster";
import { running, type Running } from "./start-schedulers";

/** The release that a program of ours asks for. */
export interface ManagerRelease {
  readonly name: string;
  /** Exists already. */
  readonly namespace: string;
  readonly values: Props;
}

/** What a manager is started with. */
export interface ManagerOptions {
  readonly plane: ControlPlane;
  readonly helm: string;
  readonly programs: Schedulers;
}

/** Who owns the objects of a chart, as Helm would. */
const owner = "simulated-helm";
/** Key of the configuration in the chart's ConfigMap, by which it is found. */
const configurationKey = "controller_manager_config.yaml";

/**
 * Installs the chart of a manager for a release and starts the manager beside the cluster: what runs is what the values of the release
 * say. Done when its webhooks answer.
 * @throws Error with the end of its log when it does not start
 */
export async function startManager(
  manager: Manager,
  release: ManagerRelease,
  { plane, helm, programs }: ManagerOptions,
): Promise<Running> {
  const folder = join(plane.data, manager.product);
  // Where a manager looks that is not told, as Trainer cannot be: below the temporary folder, which is this one.
  // Source: kubernetes-sigs/controller-runtime:pkg/webhook/server.go (v0.24.1, Options.CertDir)
  const certificates = join(folder, "k8s-webhook-server", "serving-certs");
  await mkdir(certificates, { recursive: true, mode: 0o700 });
  const [webhook, health] = [await freePort(), await freePort()];
  const rendered = await renderRelease(manager, release, helm, folder);
  const own = manager.certificate === "own";
  const caBundle = own ? null : plane.certificateAuthorityData;
  const cluster = new Cluster(ApiClient.of(plane), release.namespace);
  try {
    const applied = await apply(cluster, outsideCluster(rendered, { port: webhook, caBundle }));
    const kubeconfig = join(folder, "kubeconfig");
    // As in a pod: with the rights that the chart gives it, and under its own name.
    await writeKubeconfig(kubeconfig, plane, await accountToken(plane, rendered, release.namespace));
    const configuration = toProps(parse(configurationOf(rendered)));
    const file = join(folder, "configuration.yaml");
    const local = {
      ...manager.configuration(release.namespace),
      health: { healthProbeBindAddress: `127.0.0.1:${health}` },
      metrics: { ...record(configuration, "metrics"), bindAddress: own ? "127.0.0.1:0" : "0" },
      webhook: { port: webhook, host: "127.0.0.1", ...(own && { certDir: certificates }) },
      leaderElection: { leaderElect: false, resourceNamespace: release.namespace },
    };
    await writeFile(file, stringify({ ...configuration, ...local }));
    if (!own) {
      for (const it of ["crt", "key"]) {
        await cp(join(plane.data, "certificates", `apiserver.${it}`), join(certificates, `tls.${it}`));
      }
    }
    const log = join(folder, "manager.log");
    const flags = [`--config=${file}`, ...manager.flags];
    const env = { KUBECONFIG: kubeconfig, TMPDIR: folder };
    const run = running([new LeashedProcess(manager.product, programs[manager.program], flags, log, folder, env)]);
    try {
      if (own) await takeCertificate(cluster, applied, certificates, run);
      await waitUntil(`${manager.product}, ready`, () => isReady(health), { hopeless: run.whatDied });
      return run;
    } catch (error) {
      await run.stop();
      throw error;
    }
  } finally {
    cluster.close();
  }
}

/** The objects of the release, from the chart in the product's Go module as its release would be. */
async function renderRelease(
  manager: Manager,
  release: ManagerRelease,
  helm: string,
  folder: string,
): Promise<Props[]> {
  const { module, version } = crdSource(manager.product);
  // A copy: Go keeps its modules read-only.
  const chart = join(folder, "chart");
  await rm(chart, { recursive: true, force: true });
  await cp(join(await goModuleFolder(`${module}@${version}`), manager.chart), chart, { recursive: true });
  const file = join(chart, "Chart.yaml");
  await chmod(chart, 0o700);
  await chmod(file, 0o600);
  await writeFile(file, stringify({ ...toProps(parse(await readFile(file, "utf8"))), ...manager.chartYaml }));
  const { name, namespace } = release;
  const values = merged(release.values, manager.released);
  return renderChart({ helm, chart, name, namespace, values, kubernetesVersion: kubernetesModule().version });
}

/** Both values, where they differ the second. */
function merged(one: Props, other: Props): Props {
  const both = Object.entries(other).map(([key, it]): [string, Props[string]] => {
    const own = one[key];
    return [key, isRecord(own) && isRecord(it) ? merged(toProps(own), toProps(it)) : it];
  });
  return { ...one, ...Object.fromEntries(both) };
}

async function apply(cluster: Cluster, objects: readonly Props[]): Promise<readonly Props[]> {
  const crds = objects.filter(({ kind }) => kind === "CustomResourceDefinition");
  const how = { manager: owner, force: true };
  for (const crd of crds) await cluster.apply(leanCrd(crd), how);
  await Promise.all(crds.map((it) => waitUntilEstablished(cluster, it)));
  await Promise.all(objects.filter((it) => !crds.includes(it)).map((it) => cluster.apply(it, how)));
  return objects;
}

/** A token of the account that the chart's pods have. */
async function accountToken(plane: ControlPlane, objects: readonly Props[], namespace: string): Promise<string> {
  const account = objects
    .filter(({ kind }) => kind === "Deployment")
    .map((it) => text(it, "spec.template.spec.serviceAccountName"))
    .find((it) => it !== undefined);
  if (account === undefined) throw new Error("The chart has no Deployment with an account.");
  const client = ApiClient.of(plane);
  try {
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`;
    const request = {
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenRequest",
      spec: { expirationSeconds: 86_400 },
    };
    const token = text(await client.object("POST", path, request), "status.token");
    if (token === undefined) throw new Error(`There is no token of ${account}.`);
    return token;
  } finally {
    client.close();
  }
}

function configurationOf(objects: readonly Props[]): string {
  const found = objects.flatMap((it) => {
    const content = it["kind"] === "ConfigMap" ? record(it, "data")[configurationKey] : undefined;
    return typeof content === "string" ? [content] : [];
  });
  const [only, ...more] = found;
  if (only === undefined || more.length > 0) throw new Error(`${found.length} ConfigMaps hold ${configurationKey}.`);
  return only;
}

/** Copies the certificate that the manager has made into its folder, as the kubelet does for a pod. */
async function takeCertificate(
  cluster: Cluster,
  objects: readonly Props[],
  folder: string,
  { whatDied: hopeless }: Running,
): Promise<void> {
  const secret = objects.find((it) => it["kind"] === "Secret");
  if (secret === undefined) throw new Error("The chart has no Secret for a certificate.");
  const data = await waitUntil(
    "a certificate for webhooks",
    async () => {
      const live = record(await cluster.read(secret), "data");
      return live["tls.crt"] === undefined ? undefined : live;
    },
    { hopeless },
  );
  for (const name of ["tls.key", "tls.crt"]) {
    await writeFile(join(folder, name), Buffer.from(text(data, `["${name}"]`) ?? "", "base64"), { mode: 0o600 });
  }
}

async function isReady(port: number): Promise<true | undefined> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
  return answer?.ok === true ? true : undefined;
}
