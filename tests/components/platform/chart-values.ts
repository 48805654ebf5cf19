import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { text } from "../../../core/property-tree";
import { isList, type Props, toProps } from "../../../core/property-value";
import { type CrdProduct, crdSource } from "../../../simulator/kubernetes/crd-sources";
import { programOutput } from "../../../simulator/kubernetes/program-output";

/** A Helm chart, as far as values are concerned. */
export interface ChartSource {
  readonly defaults: Props;
  /** Text of all templates. */
  readonly templates: string;
}

/** A Go module at a version, for a product that has no CRDs. */
export type ModuleAt = `${string}@${string}`;

/**
 * The chart in the Go module of a product at the version of the catalogue, or in a module of that name and version. Undefined on a machine that cannot have it, which is
 * said in the output of the tests.
 */
export async function chartInModule(product: CrdProduct | ModuleAt, folder: string): Promise<ChartSource | undefined> {
  const module = await moduleFolder(moduleOf(product), `values against the chart of ${product}`);
  return module === undefined ? undefined : readChart(join(module, folder));
}

/**
 * Where a Go module lies, from Go's own cache or, the first time, from the network. Undefined on a machine that cannot have it, which is
 * said in the output of the tests.
 * @param what What is then not checked.
 */
export async function moduleFolder(module: string, what: string): Promise<string | undefined> {
  // In a folder of its own: a go.mod of somebody else would have a say.
  const cwd = await mkdtemp(join(tmpdir(), "azure-gpu-cluster-charts-"));
  try {
    const options = { cwd, env: { ...process.env, GOWORK: "off" }, seconds: 100 };
    const answer = await programOutput("go", ["mod", "download", "-json", module], options);
    return text(JSON.parse(answer), "Dir") ?? "";
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`Skipped: ${what}. It needs Go and a network once. ${why}\n`);
    return undefined;
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

/** The Go module of a product, as Go names one at a version. */
export function moduleOf(product: CrdProduct | ModuleAt): string {
  if (product.includes("@")) return product;
  const { module, version } = crdSource(product as CrdProduct);
  return `${module}@${version}`;
}

function readChart(folder: string): ChartSource {
  const templates = readdirSync(join(folder, "templates"), { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => readFileSync(join(it.parentPath, it.name), "utf8"))
    .join("\n");
  return { defaults: toProps(parse(readFileSync(join(folder, "values.yaml"), "utf8"))), templates };
}

/**
 * Paths in values that a chart without a schema swallows in silence: they are neither in its `values.yaml`, nor below something
 * empty there, nor named by a template, nor below what a template prints whole.
 */
export function unknownPaths(values: Props, chart: ChartSource): string[] {
  return unknownBelow("", values, chart.defaults, chart);
}

function unknownBelow(above: string, values: Props, defaults: Props, chart: ChartSource): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const path = above === "" ? key : `${above}.${key}`;
    const own = defaults[key];
    const isInChart = key in defaults;
    if (isInChart && isEmpty(own)) return [];
    if (isMapping(value) && (!isInChart || isMapping(own))) {
      return unknownBelow(path, toProps(value), isInChart ? toProps(own) : {}, chart);
    }
    if (isInChart && !isMapping(value)) return [];
    return isNamed(path, chart) || isPrinted(above, chart) ? [] : [path];
  });
}

function isMapping(value: unknown): boolean {
  return typeof value === "object" && value !== null && !isList(value);
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

function isNamed(path: string, { templates }: ChartSource): boolean {
  return new RegExp(`\\.Values\\.${path.replaceAll(".", "\\.")}(?![\\w.])`).test(templates);
}

/** Whether a template prints all that is at the path, or at one above. */
function isPrinted(path: string, { templates }: ChartSource): boolean {
  const parts = path.split(".");
  return parts.some((_, at) => {
    const whole = parts.slice(0, at + 1).join("\\.");
    return path !== "" && new RegExp(`toYaml \\.Values\\.${whole}(?![\\w.])`).test(templates);
  });
}

/** Numbers of the ports that containers listen on, and that services lead to. */
export function portsOf({ templates }: ChartSource): ReadonlySet<number> {
  return new Set([...templates.matchAll(/(?:containerPort|targetPort): (\d+)/g)].map(([, port]) => Number(port)));
}
