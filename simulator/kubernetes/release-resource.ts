import { randomBytes } from "node:crypto";
import { pathText, read, text } from "../../core/property-tree";
import { type Props, toProps } from "../../core/property-value";
import { ApiError } from "./api-errors";
import { type Cluster, retry } from "./cluster";
import { deleteObject } from "./controllers";
import { crdsOfChart, kindsOfChart } from "./crd-sources";
import { installCrds, installOpenCrds } from "./crds";
import { differences } from "./differences";
import type { Ask, Kept, Plan, ResourceKind } from "./resource-kind";

const manager = "simulated-helm";
/** Type of the Secret that Helm keeps a release in. */
const releaseType = "helm.sh/release.v1";

/** Inputs of the releases in a cluster, by whichever program they were made. */
export async function releasesIn(cluster: Cluster): Promise<Props[]> {
  const secrets = await cluster.list({
    apiVersion: "v1",
    kind: "Secret",
    plural: "secrets",
    namespaced: true,
    verbs: [],
  });
  return secrets.filter((it) => text(it, "type") === releaseType).map((it) => inputsIn(it));
}

/**
 * A Helm release, without Helm: its inputs are kept in the cluster as a Secret named as Helm would name it, and the CRDs
 * that a known chart brings are installed, open ones for kinds whose own cannot be had. Nothing that the chart renders exists.
 */
export class ReleaseResource implements ResourceKind {
  public check({ inputs, oldInputs, name }: Ask): ReturnType<ResourceKind["check"]> {
    const named = written(inputs, "name") ?? written(oldInputs, "name") ?? `${name}-${randomBytes(4).toString("hex")}`;
    const failures = read(inputs, "chart") === undefined ? [{ property: "chart", reason: "must be given" }] : [];
    return { inputs: { ...inputs, name: named }, failures };
  }

  public diff({ inputs, oldInputs = {} }: Ask): Promise<Plan> {
    const changes = differences(oldInputs, inputs);
    const replaceFields = changes
      .map(({ path }) => pathText(path))
      .filter((path) => path === "name" || path === "namespace");
    return Promise.resolve({ changes, replaceFields, deleteBeforeReplace: false });
  }

  public async create(ask: Ask, cluster: Cluster, preview: boolean): Promise<Kept> {
    return await this.#write(ask, cluster, preview, 1);
  }

  public async update(ask: Ask, cluster: Cluster, preview: boolean): Promise<Kept> {
    const live = await cluster.read(releaseSecret(ask.inputs, cluster, 0));
    return await this.#write(ask, cluster, preview, Number(text(live, "metadata.labels.version") ?? 0) + 1);
  }

  public async read({ inputs }: Ask, cluster: Cluster, id: string): Promise<Kept | undefined> {
    const [namespace = "", name = ""] = id.split("/");
    const live = await cluster.read(releaseSecret({ ...inputs, namespace, name }, cluster, 0));
    if (live === undefined || text(live, "data.release") === undefined) return undefined;
    const kept = inputsIn(live);
    return { id, inputs: kept, outputs: outputs(kept, cluster, Number(text(live, "metadata.labels.version"))) };
  }

  public async delete({ inputs, state }: Ask, cluster: Cluster): Promise<void> {
    await deleteObject(cluster, releaseSecret(state ?? inputs, cluster, 0));
  }

  async #write(ask: Ask, cluster: Cluster, preview: boolean, revision: number): Promise<Kept> {
    const { inputs } = ask;
    const object = releaseSecret(inputs, cluster, revision);
    const id = `${written(object, "metadata.namespace") ?? ""}/${written(inputs, "name") ?? ""}`;
    const missingNamespace = (error: unknown): boolean => error instanceof ApiError && error.isMissingNamespace;
    if (preview) {
      await cluster.apply(object, { manager, dryRun: true }).catch((error: unknown) => {
        if (!missingNamespace(error)) throw error;
      });
      return { id: "", inputs, outputs: inputs };
    }
    if (inputs["createNamespace"] === true) {
      const name = written(object, "metadata.namespace") ?? "";
      await cluster.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } }, { manager });
    }
    if (inputs["skipCrds"] !== true) await installCrdsOf(cluster, inputs);
    await retry(() => cluster.apply(object, { manager }), missingNamespace);
    return { id, inputs, outputs: outputs(inputs, cluster, revision) };
  }
}

/** Those of the version that is installed: an upgrade brings its own. */
async function installCrdsOf(cluster: Cluster, inputs: Props): Promise<void> {
  const chart = text(inputs, "chart") ?? "";
  await installCrds(cluster, crdsOfChart(chart), text(inputs, "version"));
  await installOpenCrds(cluster, kindsOfChart(chart));
}

/** What the Secret of a release keeps of it. */
function inputsIn(secret: Props): Props {
  return toProps(JSON.parse(Buffer.from(text(secret, "data.release") ?? "e30=", "base64").toString("utf8")));
}

function releaseSecret(inputs: Props, cluster: Cluster, revision: number): Props {
  const name = written(inputs, "name") ?? "";
  return {
    apiVersion: "v1",
    kind: "Secret",
    type: releaseType,
    metadata: {
      name: `sh.helm.release.v1.${name}.v1`,
      namespace: written(inputs, "namespace") ?? cluster.defaultNamespace,
      labels: { owner: "helm", status: "deployed", name, version: `${revision}` },
    },
    data: { release: Buffer.from(JSON.stringify(inputs)).toString("base64") },
  };
}

function outputs(inputs: Props, cluster: Cluster, revision: number): Props {
  const { name = "", version = "", chart = "" } = inputs;
  const namespace = written(inputs, "namespace") ?? cluster.defaultNamespace;
  return { ...inputs, status: { status: "deployed", name, namespace, revision, chart, version }, resourceNames: {} };
}

/** The text at a path. Of a name that is only known at `up` the engine's marker: the release is named all the same. */
function written(from: Props | undefined, path: string): string | undefined {
  const value = read(from, path);
  return typeof value === "string" ? value : undefined;
}
