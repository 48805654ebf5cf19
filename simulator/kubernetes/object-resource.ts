import { createHash } from "node:crypto";
import { ApiError } from "./api-errors";
import { type Cluster, retry, UnknownKindError } from "./cluster";
import { afterApply, deleteObject } from "./controllers";
import { installWhatAksBrings } from "./crds";
import { pathText, read, text } from "../../core/property-tree";
import { differences, liesIn } from "./differences";
import { type Props, same } from "../../core/property-value";
import { liveInputs, ownedInputs, stateOf } from "./live-inputs";
import {
  forceAnnotation,
  forced,
  keepsName,
  type Mutability,
  replaces,
  replacingFields,
  withName,
} from "./manifest-rules";
import type { Ask, Kept, Plan, ResourceKind } from "./resource-kind";
import { apiTypeOf, objectId, parseObjectId, typeProblem } from "./resource-types";

/** Where the state keeps the name under which we own fields: it must outlive a change of the URN. */
const managerKey = "__fieldManager";

/** One Kubernetes object, of whatever kind the API server serves. */
export class ObjectResource implements ResourceKind {
  public constructor(
    private readonly mutable: Mutability,
    private readonly forceAll = false,
  ) {}

  public check({ token, name, inputs, oldInputs }: Ask): ReturnType<ResourceKind["check"]> {
    const problem = typeProblem(token, inputs);
    return { inputs: withName(inputs, oldInputs, name), failures: problem === undefined ? [] : [problem] };
  }

  /** Asks the API server itself what an update would do, when it can be asked. */
  public async diff(ask: Ask, cluster: Cluster | undefined): Promise<Plan> {
    const { inputs, oldInputs = {}, hasUnknown } = ask;
    const changes = differences(oldInputs, inputs);
    const fields = replacingFields(inputs, this.mutable);
    const replacing = changes.filter((change) => replaces(change, fields)).map(({ path }) => pathText(path));
    const plan: Plan = { changes, replaceFields: replacing, deleteBeforeReplace: keepsName(oldInputs, inputs) };
    if (changes.length === 0 || replacing.length > 0 || hasUnknown || cluster === undefined) return plan;

    let applied: Props;
    try {
      applied = await this.#apply(ask, cluster, { dryRun: true, force: true });
    } catch (error) {
      if (!(error instanceof ApiError)) {
        if (error instanceof UnknownKindError) return plan;
        throw error;
      }
      // Any other refusal comes up again, with its words, at the update itself.
      const refused = error.immutableFields;
      const immutable = changes.filter((change) => refused.some((field) => liesIn(change, field)));
      const named = immutable.length > 0 ? immutable.map(({ path }) => pathText(path)) : refused;
      return { ...plan, replaceFields: named };
    }
    const live = await cluster.read(inputs);
    if (live === undefined) return plan;
    // `1024Gi` for `1Ti`: another spelling of what is there is no change.
    const real = changes.filter(({ path, kind }) => kind === "delete" || !same(read(live, path), read(applied, path)));
    return { ...plan, changes: real };
  }

  public async create(ask: Ask, cluster: Cluster, preview: boolean): Promise<Kept> {
    return preview ? await this.#preview(ask, cluster) : await this.#make(ask, cluster);
  }

  public async update(ask: Ask, cluster: Cluster, preview: boolean): Promise<Kept> {
    return await this.create(ask, cluster, preview);
  }

  public async read(ask: Ask, cluster: Cluster, id: string): Promise<Kept | undefined> {
    const imported = Object.keys(ask.inputs).length === 0;
    const object = imported ? { ...apiTypeOf(ask.token), metadata: parseObjectId(id) } : ask.inputs;
    if ((await cluster.kind(apiTypeOf(ask.token))) === undefined) return undefined;
    const live = await cluster.read(object);
    if (live === undefined || text(live, "metadata.deletionTimestamp") !== undefined) return undefined;
    if (imported) return this.#kept(ask, ownedInputs(live), live);
    const applied = await this.#apply(ask, cluster, { dryRun: true, force: true }).catch((error: unknown) => {
      // An object that somebody changed such that ours would be refused has drifted for certain.
      if (error instanceof ApiError) return ask.inputs;
      throw error;
    });
    return this.#kept(ask, liveInputs(ask.inputs, live, applied), live);
  }

  public async delete({ state = {}, inputs, timeout }: Ask, cluster: Cluster): Promise<void> {
    const object = text(state, "kind") === undefined ? inputs : state;
    try {
      await deleteObject(cluster, object, timeout === 0 ? undefined : timeout);
    } catch (error) {
      // Its CRD is gone, and all objects of the kind with it.
      if (!(error instanceof UnknownKindError)) throw error;
    }
  }

  /** What cannot be tried yet, because its kind or namespace comes in the same update, is taken as declared. */
  async #preview(ask: Ask, cluster: Cluster): Promise<Kept> {
    if (!ask.hasUnknown) {
      try {
        await this.#apply(ask, cluster, { dryRun: true });
      } catch (error) {
        // What cannot be changed on the live object is no problem for one that takes its place.
        const replaced = error instanceof ApiError && error.immutableFields.length > 0;
        if (!replaced && !comesLater(error)) throw error;
      }
    }
    // No ID: the program must not take for made what a preview only tries.
    return { id: "", inputs: ask.inputs, outputs: ask.inputs };
  }

  async #make(ask: Ask, cluster: Cluster): Promise<Kept> {
    const made = await retry(() => this.#apply(ask, cluster, {}), comesLater);
    await afterApply(cluster, made);
    return this.#kept(ask, ask.inputs, (await cluster.read(made)) ?? made);
  }

  async #apply(ask: Ask, cluster: Cluster, options: { dryRun?: boolean; force?: boolean }): Promise<Props> {
    const { inputs } = ask;
    await installWhatAksBrings(cluster, apiTypeOf(ask.token));
    const force = options.force === true || this.forceAll || forced(inputs);
    try {
      return await cluster.apply(inputs, { manager: manager(ask), ...options, force });
    } catch (error) {
      if (!(error instanceof ApiError) || !error.isConflict) throw error;
      throw new Error(
        `${error.message}\nAnother manager owns these fields. The annotation ${forceAnnotation}: "true" takes them over.`,
      );
    }
  }

  #kept(ask: Ask, inputs: Props, live: Props): Kept {
    return { id: objectId(live), inputs, outputs: { ...stateOf(live), [managerKey]: manager(ask) } };
  }
}

/** One manager a resource: two resources that declare the same object then do not overwrite each other unseen. */
function manager({ urn, state }: Ask): string {
  const kept = text(state, managerKey);
  return kept ?? `pulumi-kubernetes-${createHash("sha256").update(urn).digest("hex").slice(0, 8)}`;
}

/** Whether what is missing may be on its way: the kind, the namespace, or the status of a quota. */
function comesLater(error: unknown): boolean {
  if (error instanceof UnknownKindError) return true;
  return error instanceof ApiError && (error.isMissingNamespace || error.message.includes("status unknown for quota"));
}
