import { setTimeout as sleep } from "node:timers/promises";
import type { ApiClient } from "./api-client";
import { ApiError } from "./api-errors";
import { list, record, text } from "../../core/property-tree";
import { isList, isRecord, type Props, toProps } from "../../core/property-value";
import type { ApiType } from "./resource-types";

/** What the API server says about a kind. */
export interface ApiKind extends ApiType {
  readonly plural: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** The server does not serve this kind (yet): its CRD is missing. */
export class UnknownKindError extends Error {
  public constructor({ apiVersion, kind }: ApiType) {
    super(`The cluster knows no kind ${kind} in ${apiVersion}: install its CustomResourceDefinition first.`);
  }
}

/** How an object is applied. */
export interface ApplyOptions {
  readonly manager: string;
  /** Says what would happen and changes nothing. */
  readonly dryRun?: boolean;
  /** Takes fields over that another manager owns. */
  readonly force?: boolean;
}

/** Which objects of a kind are meant. */
interface Selection {
  readonly labels?: string;
  readonly fields?: string;
  readonly limit?: number;
}

/** Objects of one cluster, of any kind, as the API server has them. */
export class Cluster {
  readonly #kinds = new Map<string, readonly ApiKind[]>();

  public constructor(
    private readonly client: ApiClient,
    /** Namespace of objects that name none. */
    public readonly defaultNamespace = "default",
  ) {}

  /** How the server serves a kind, undefined when it does not. */
  public async kind({ apiVersion, kind }: ApiType): Promise<ApiKind | undefined> {
    const find = (kinds: readonly ApiKind[] = []): ApiKind | undefined => kinds.find((it) => it.kind === kind);
    // A kind that was missing is looked up anew each time: its CRD may have come in between.
    return find(this.#kinds.get(apiVersion)) ?? find(await this.#discover(apiVersion));
  }

  /** Every kind that the server serves, once, in its preferred version. */
  public async kinds(): Promise<ApiKind[]> {
    const groups = list(await this.client.object("GET", "/apis"), "groups");
    const versions = groups.flatMap((group) => text(group, "preferredVersion.groupVersion") ?? []);
    return (await Promise.all(["v1", ...versions].map((version) => this.#discover(version)))).flat();
  }

  async #discover(apiVersion: string): Promise<readonly ApiKind[]> {
    const { status, body } = await this.client.request("GET", root(apiVersion));
    if (status === 404) return [];
    // A server in trouble answers in plain text: that says nothing about its kinds.
    if (status >= 300 || !isRecord(body)) throw new ApiError(status, body);
    const resources = list(body, "resources").filter(isRecord);
    const kinds = resources.flatMap(({ name, kind, namespaced, verbs }): ApiKind[] => {
      if (typeof name !== "string" || typeof kind !== "string" || name.includes("/")) return [];
      const texts = isList(verbs) ? verbs.filter((verb) => typeof verb === "string") : [];
      return [{ apiVersion, kind, plural: name, namespaced: namespaced === true, verbs: texts }];
    });
    this.#kinds.set(apiVersion, kinds);
    return kinds;
  }

  /** Server-side apply: creates the object, or changes what our manager owns of it. */
  public async apply(object: Props, { manager, dryRun, force }: ApplyOptions): Promise<Props> {
    const query = new URLSearchParams({ fieldManager: manager, fieldValidation: "Strict", force: `${force === true}` });
    if (dryRun === true) query.set("dryRun", "All");
    const path = `${await this.#path(object)}?${query.toString()}`;
    return await this.client.object("PATCH", path, object, "application/apply-patch+yaml");
  }

  /** Creates an object, whole with its status where the kind takes one: an apply leaves the status of a node out. */
  public async create(object: Props): Promise<Props> {
    const path = await this.#path(object);
    return await this.client.object("POST", path.slice(0, path.lastIndexOf("/")), object);
  }

  /** The live object, undefined when there is none. */
  public async read(object: Props): Promise<Props | undefined> {
    return await undefinedIfMissing(this.client.object("GET", await this.#path(object)));
  }

  /**
   * All objects of a kind, in one namespace or in all.
   * @param which Those alone that have these labels and fields, as `key=value`, and no more of them than `limit`. @default all
   */
  public async list(kind: ApiKind, namespace?: string, which: Selection = {}): Promise<Props[]> {
    const { labels, fields, limit } = which;
    const query = new URLSearchParams({
      ...(labels !== undefined && { labelSelector: labels }),
      ...(fields !== undefined && { fieldSelector: fields }),
      ...(limit !== undefined && { limit: `${limit}` }),
    });
    // A kind may go, with its CRD, between being found and being listed.
    const found = await undefinedIfMissing(
      this.client.object("GET", `${collection(kind, namespace)}?${query.toString()}`),
    );
    const { apiVersion } = kind;
    return list(found, "items").map((item) => ({ ...toProps(item), apiVersion, kind: kind.kind }));
  }

  /**
   * Asks for an object to be deleted; its finalizers may hold it.
   * @returns it, as long as they do
   */
  public async startDelete(object: Props): Promise<Props | undefined> {
    // In the background: nobody collects garbage here, so nothing may wait for it.
    const body = { propagationPolicy: "Background", gracePeriodSeconds: 0 };
    const answer = await undefinedIfMissing(this.client.object("DELETE", await this.#path(object), body));
    return text(answer, "metadata.deletionTimestamp") === undefined ? undefined : answer;
  }

  /** Changes some fields, of the object or of one of its subresources. */
  public async merge(object: Props, change: Props, subresource = ""): Promise<Props> {
    const path = `${await this.#path(object)}${subresource}`;
    return await this.client.object("PATCH", path, change, "application/merge-patch+json");
  }

  /** The same for an object that may be gone by now. */
  public async mergeIfThere(object: Props, change: Props): Promise<void> {
    await undefinedIfMissing(this.merge(object, change));
  }

  /** Replaces a subresource of an object. */
  public async replace(object: Props, subresource: string): Promise<void> {
    await undefinedIfMissing(this.client.object("PUT", `${await this.#path(object)}${subresource}`, object));
  }

  async #path(object: Props): Promise<string> {
    const type = { apiVersion: text(object, "apiVersion") ?? "", kind: text(object, "kind") ?? "" };
    const kind = await this.kind(type);
    if (kind === undefined) throw new UnknownKindError(type);
    const { name, namespace } = record(object, "metadata");
    if (typeof name !== "string" || name === "") throw new Error(`An object of kind ${type.kind} has no name.`);
    const place = typeof namespace === "string" && namespace !== "" ? namespace : this.defaultNamespace;
    return `${collection(kind, kind.namespaced ? place : undefined)}/${encodeURIComponent(name)}`;
  }

  /** Closes the connections to the server. */
  public close(): void {
    this.client.close();
  }
}

function root(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function collection({ apiVersion, plural }: ApiKind, namespace?: string): string {
  const within = namespace === undefined ? "" : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${root(apiVersion)}${within}/${plural}`;
}

async function undefinedIfMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

/** Tries until it succeeds, for a few seconds, as long as the error is one that time heals. */
export async function retry<T>(
  work: () => Promise<T>,
  healable: (error: unknown) => boolean,
  seconds = 10,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!healable(error) || Date.now() > deadline) throw error;
      await sleep(250);
    }
  }
}
