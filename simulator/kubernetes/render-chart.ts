import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { parseAllDocuments } from "yaml";
import { kubernetesYaml } from "../../core/kubernetes-yaml";
import { list, text } from "../../core/property-tree";
import { isRecord, type Props, toProps } from "../../core/property-value";
import { howToGetHelm } from "../engine/helm";
import { hasCode } from "../engine/lock";

/** A chart, and the release that it is rendered for. */
export interface ChartRendering {
  /** Path of the Helm that renders. */
  readonly helm: string;
  /** Folder of the chart, with the charts that it depends on. */
  readonly chart: string;
  /** Name of the release. */
  readonly name: string;
  /** Namespace of the release. What is rendered may name another one, or none and mean this one. */
  readonly namespace: string;
  readonly values: Props;
  /** Version that the chart is told, such as `1.36.3`. */
  readonly kubernetesVersion: string;
  /** How long Helm may take. A chart takes about one second. @default 120 */
  readonly seconds?: number;
}

/** More than any chart renders, CRDs included. */
const maxBytes = 256 * 2 ** 20;

/**
 * The objects that a release of a chart consists of, in the order in which Helm installs them: CRDs, objects, hooks. Asks no cluster
 * and no network, and takes nothing from the Helm settings of whoever runs it.
 * @throws Error that names chart and release, with Helm's own words
 */
export async function renderChart(rendering: ChartRendering): Promise<Props[]> {
  return objectsIn(await manifestOf(rendering), failure(rendering));
}

async function manifestOf(rendering: ChartRendering): Promise<string> {
  const { helm, chart, name, namespace, values, kubernetesVersion, seconds = 120 } = rendering;
  // Values may be secret, and Helm's settings may hold logins: mkdtemp makes a folder of this user alone.
  const folder = await mkdtemp(join(tmpdir(), "azure-gpu-cluster-helm-"));
  try {
    const file = join(folder, "values.yaml");
    await writeFile(file, JSON.stringify(values));
    const flags = ["--include-crds", "--skip-tests", "--kube-version", kubernetesVersion];
    // An absolute path is never looked up in a repository.
    const args = ["template", ...flags, "--namespace", namespace, "--values", file, "--", name, resolve(chart)];
    const options = { cwd: folder, env: environment(folder), timeout: seconds * 1000, maxBuffer: maxBytes };
    const { stdout } = await promisify(execFile)(helm, args, { ...options, killSignal: "SIGKILL" });
    return stdout;
  } catch (error) {
    if (hasCode(error, "ENOENT")) throw failure(rendering)(`there is no Helm at ${helm}. ${howToGetHelm}`);
    throw failure(rendering)(saidBy(error, seconds));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Nothing of the caller's: HELM_* and KUBECONFIG change what is rendered, and plugins would run. */
function environment(folder: string): NodeJS.ProcessEnv {
  return {
    HOME: folder,
    KUBECONFIG: join(folder, "no-kubeconfig"),
    HELM_CACHE_HOME: join(folder, "cache"),
    HELM_CONFIG_HOME: join(folder, "config"),
    HELM_DATA_HOME: join(folder, "data"),
  };
}

function failure({ chart, name, namespace }: ChartRendering): (why: string) => Error {
  return (why) =>
    new Error(`The chart ${chart} cannot be rendered as release '${name}' in namespace '${namespace}': ${why}`);
}

/** Helm's own words; of a Helm that says nothing how it ended. */
function saidBy(error: unknown, seconds: number): string {
  if (!isRecord(error)) return String(error);
  // Of too much output Node says so itself, and ends the program too.
  if (error["killed"] === true && error["code"] === null) {
    return `Helm did not end within ${seconds} seconds, so it was ended.`;
  }
  const said = text(error, "stderr")?.trim() ?? "";
  if (said !== "") return `Helm says: ${said.replace(/^Error: /, "")}`;
  if (typeof error["code"] === "number") return `Helm ended with ${error["code"]} and said nothing.`;
  return text(error, "message") ?? "";
}

/** The objects in a manifest as Helm's own parser reads them: of two equal keys the last one counts. */
function objectsIn(manifest: string, failure: (why: string) => Error): Props[] {
  const documents = parseAllDocuments(manifest, { ...kubernetesYaml, uniqueKeys: false });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document) => {
    const [problem] = document.errors;
    if (problem !== undefined) throw failure(`what Helm printed is not YAML: ${problem.message}`);
    const content: unknown = document.toJS();
    return content === null ? [] : flattened(content, failure);
  });
}

/** An object by itself; of a list what is in it. */
function flattened(content: unknown, failure: (why: string) => Error): Props[] {
  const object = toProps(content);
  const { apiVersion, kind } = object;
  if (Object.keys(object).length === 0 && isRecord(content)) return [];
  if (typeof apiVersion !== "string" || typeof kind !== "string") {
    throw failure(`it holds a document without apiVersion and kind: ${JSON.stringify(content).slice(0, 200)}`);
  }
  if (!kind.endsWith("List") || !Array.isArray(object["items"])) return [object];
  // Only `List` holds anything; what is in a RoleList need not say that it is a Role.
  const type = kind === "List" ? {} : { apiVersion, kind: kind.slice(0, -"List".length) };
  return list(object, "items").flatMap((item) => flattened(isRecord(item) ? { ...type, ...item } : item, failure));
}
