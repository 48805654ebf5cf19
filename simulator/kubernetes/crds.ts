import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseAllDocuments } from "yaml";
import { cacheFolder } from "../engine/cache";
import type { Cluster } from "./cluster";
import { waitUntilEstablished } from "./controllers";
import type { DefinedKind } from "../../catalog/versions";
import { type CrdProduct, crdsOfAks, crdSource } from "./crd-sources";
import { monitorCrds } from "./monitor-crds";
import { managedPrometheus } from "../../catalog/managed-prometheus";
import { goModuleFolder } from "./go-module-folder";
import { leanCrd } from "./lean-crd";
import type { ApiType } from "./resource-types";
import { isList, type Props, toProps, without } from "../../core/property-value";
import { read } from "../../core/property-tree";

/** Who owns CRDs that no resource of a program declares. */
const manager = "simulated-crds";

/**
 * Installs the CRDs of products and waits until their kinds are served. What a cluster has already it gets in this version.
 * @param version Of the products. @default the catalogue's, of each
 * @throws Error when they are not in the user's cache and cannot be downloaded
 */
export async function installCrds(cluster: Cluster, products: readonly CrdProduct[], version?: string): Promise<void> {
  await installAll(cluster, (await Promise.all(products.map((it) => loadCrds(it, version)))).flat());
}

async function installAll(cluster: Cluster, crds: readonly Props[]): Promise<void> {
  // One after the other: of many at once, a server on a busy machine lets some run out of time.
  for (const crd of crds) await cluster.apply(leanCrd(crd), { manager, force: true });
  await Promise.all(crds.map((crd) => waitUntilEstablished(cluster, crd)));
}

/**
 * Installs a CRD for each kind whose own cannot be had. It takes every field: whether an object is right is not seen here.
 */
export async function installOpenCrds(cluster: Cluster, kinds: readonly DefinedKind[]): Promise<void> {
  await installAll(cluster, kinds.map(openCrd));
}

function openCrd({ apiVersion, kind, plural, namespaced }: DefinedKind): Props {
  const [group = "", version = ""] = apiVersion.split("/");
  const open = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: namespaced ? "Namespaced" : "Cluster",
      names: { kind, plural, singular: kind.toLowerCase() },
      versions: [
        { name: version, served: true, storage: true, schema: { openAPIV3Schema: open }, subresources: { status: {} } },
      ],
    },
  };
}

/**
 * Installs the CRD of a kind that an AKS cluster has from the beginning, where it is missing. Not before somebody asks for the kind:
 * whoever does not needs neither Go nor a network for it.
 */
export async function installWhatAksBrings(cluster: Cluster, { apiVersion, kind }: ApiType): Promise<void> {
  const product = crdsOfAks(apiVersion);
  const monitors = apiVersion === managedPrometheus.monitors;
  if ((product === undefined && !monitors) || (await cluster.kind({ apiVersion, kind })) !== undefined) return;
  await (product === undefined ? installAll(cluster, monitorCrds) : installCrds(cluster, [product]));
}

/** The CRDs of a product, at the version of the catalogue unless another one is asked for, from the user's cache or, the first time, from its Go module. */
export async function loadCrds(product: CrdProduct, version?: string): Promise<Props[]> {
  const source = crdSource(product, version);
  // With a hash: what the catalogue says of where they lie may change while the version stays.
  const hash = createHash("sha256").update(JSON.stringify(source)).digest("hex").slice(0, 8);
  const cached = join(cacheFolder("crds"), `${product}-${source.version}-${hash}.json`);
  if (!existsSync(cached)) await writeWhole(cached, JSON.stringify(await downloadCrds(source)));
  const crds: unknown = JSON.parse(await readFile(cached, "utf8"));
  return isList(crds) ? crds.map(toProps) : [];
}

/** Writes a file under another name and renames it: a half-written one never looks like a whole one, nor stays. */
async function writeWhole(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const half = `${path}.${randomUUID()}`;
  try {
    await writeFile(half, content);
    await rename(half, path);
  } finally {
    await rm(half, { force: true });
  }
}

async function downloadCrds({ module, version, path }: ReturnType<typeof crdSource>): Promise<Props[]> {
  const root = await goModuleFolder(`${module}@${version}`);
  const crds = await readCrds(join(root, path));
  if (crds.length === 0) throw new Error(`${module}@${version} has no CustomResourceDefinition in ${path}.`);
  return crds;
}

/** Folders also hold patches, samples and policies: only CRDs are taken. */
async function readCrds(path: string): Promise<Props[]> {
  const files = (await stat(path)).isFile()
    ? [path]
    : (await readdir(path, { recursive: true })).sort().map((name) => join(path, name));
  const texts = await Promise.all(files.filter((file) => /\.ya?ml$/.test(file)).map((file) => readFile(file, "utf8")));
  return texts.flatMap(crdsIn);
}

/** The CRDs in a YAML text, without the status that generators leave in it. */
export function crdsIn(yaml: string): Props[] {
  return parseAllDocuments(yaml, { logLevel: "silent" }).flatMap((document) => {
    const object = document.errors.length > 0 ? {} : toProps(document.toJS());
    if (object["kind"] !== "CustomResourceDefinition") return [];
    // A patch for a CRD has its name and kind, and no versions.
    return isList(read(object, "spec.versions")) ? [without(object, "status")] : [];
  });
}
