import { UnreachableError } from "./api-errors";
import type { Cluster } from "./cluster";
import { ObjectResource } from "./object-resource";
import { ProviderConfig } from "./provider-config";
import { ReleaseResource } from "./release-resource";
import type { Ask, Kept, Plan, ResourceKind } from "./resource-kind";
import { apiTypeOf, releaseType } from "./resource-types";
import type { Props } from "../../core/property-value";

/** The provider, in plain values: what it answers to what the engine asks. */
export class KubernetesProvider {
  #config = new ProviderConfig({});

  /** Takes the settings of the provider resource. */
  public configure(config: Props): void {
    this.#config = new ProviderConfig(config);
  }

  /** Inputs with a name, and what is wrong with them. */
  public check(ask: Ask): ReturnType<ResourceKind["check"]> {
    return this.#kind(ask).check(ask);
  }

  /** What an update would do. */
  public async diff(ask: Ask): Promise<Plan> {
    return await this.#kind(ask).diff(ask, await this.#clusterIfReachable());
  }

  /** Makes the resource, or says at a preview what would be made. */
  public async create(ask: Ask, preview: boolean): Promise<Kept> {
    const cluster = preview ? await this.#clusterIfReachable() : await this.#config.cluster();
    return cluster === undefined ? declared(ask) : await this.#kind(ask).create(ask, cluster, preview);
  }

  /** Changes the resource, or says at a preview what it would be. */
  public async update(ask: Ask, preview: boolean): Promise<Kept> {
    const cluster = preview ? await this.#clusterIfReachable() : await this.#config.cluster();
    return cluster === undefined ? declared(ask) : await this.#kind(ask).update(ask, cluster, preview);
  }

  /** The resource as it is; undefined when it is gone. */
  public async read(ask: Ask, id: string): Promise<Kept | undefined> {
    const cluster = await this.#clusterUnlessGone();
    return cluster && (await this.#kind(ask).read(ask, cluster, id));
  }

  /** Deletes the resource and waits until it is gone. */
  public async delete(ask: Ask): Promise<void> {
    const cluster = await this.#clusterUnlessGone();
    if (cluster !== undefined) await this.#kind(ask).delete(ask, cluster);
  }

  #kind({ token }: Ask): ResourceKind {
    if (token === releaseType) return new ReleaseResource();
    apiTypeOf(token);
    const mutable = {
      configMaps: this.#config.has("enableConfigMapMutable"),
      secrets: this.#config.has("enableSecretMutable"),
    };
    // The provider reads the variable, too: https://github.com/pulumi/pulumi-kubernetes/pull/2260
    const forced = process.env["PULUMI_K8S_ENABLE_PATCH_FORCE"] === "true";
    return new ObjectResource(mutable, forced || this.#config.has("enablePatchForce"));
  }

  /** A preview does without a cluster: it may be made in the same update. */
  async #clusterIfReachable(): Promise<Cluster | undefined> {
    return await this.#cluster(() => true);
  }

  /** With `deleteUnreachable`, what lived in a cluster that does not answer counts as gone. */
  async #clusterUnlessGone(): Promise<Cluster | undefined> {
    return await this.#cluster(() => this.#config.has("deleteUnreachable"));
  }

  async #cluster(mayBeMissing: () => boolean): Promise<Cluster | undefined> {
    try {
      return await this.#config.cluster();
    } catch (error) {
      if (error instanceof UnreachableError && mayBeMissing()) return undefined;
      throw error;
    }
  }
}

function declared({ inputs }: Ask): Kept {
  return { id: "", inputs, outputs: inputs };
}
