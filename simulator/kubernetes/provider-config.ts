import { UnreachableError } from "./api-errors";
import { ApiClient } from "./api-client";
import { Cluster } from "./cluster";
import type { Props } from "../../core/property-value";
import { read, text } from "../../core/property-tree";
import { logIn, readKubeconfig } from "./kubeconfig";
import { addressOf } from "./reach";
import { isUnknown } from "../../core/property-marks";

/** What a change of the provider's own settings means. */
export interface ConfigPlan {
  readonly changed: readonly string[];
  readonly replace: readonly string[];
}

/**
 * A cluster is known by its identifier where one is given: a new login or address then never replaces what lives in it.
 * Without one, another server is another cluster.
 */
export function planConfigChange(olds: Props, news: Props): ConfigPlan {
  const keys = new Set([...Object.keys(olds), ...Object.keys(news)]);
  const changed = [...keys].filter((key) => key !== "version" && olds[key] !== news[key]).sort();
  const [before, after] = [read(olds, "clusterIdentifier"), read(news, "clusterIdentifier")];
  if (before !== undefined && after !== undefined) {
    return { changed, replace: before === after || isUnknown(after) ? [] : ["clusterIdentifier"] };
  }
  const servers = [olds, news].map((config) => serverOf(text(config, "kubeconfig")));
  const moved = changed.includes("kubeconfig") && !servers.includes(undefined) && servers[0] !== servers[1];
  return { changed, replace: moved ? ["kubeconfig"] : [] };
}

function serverOf(kubeconfig: string | undefined): string | undefined {
  if (kubeconfig === undefined) return undefined;
  try {
    return readKubeconfig(kubeconfig).server;
  } catch {
    return undefined;
  }
}

/** The settings of one provider, and the cluster that they lead to. */
export class ProviderConfig {
  readonly #config: Props;
  #cluster: Promise<Cluster> | undefined;

  public constructor(config: Props) {
    this.#config = config;
  }

  /** Whether a switch is on. The engine hands booleans over as text. */
  public has(flag: string): boolean {
    return this.#config[flag] === "true" || this.#config[flag] === true;
  }

  /** Whether the kubeconfig is only known at `up`. */
  public get isUnknown(): boolean {
    return isUnknown(this.#config["kubeconfig"]);
  }

  /**
   * The cluster. The first call logs in.
   * @throws UnreachableError when it does not answer
   */
  public async cluster(): Promise<Cluster> {
    this.#cluster ??= this.#connect();
    try {
      return await this.#cluster;
    } catch (error) {
      // The next call tries again: a cluster may come up during an update.
      this.#cluster = undefined;
      throw error;
    }
  }

  async #connect(): Promise<Cluster> {
    const given = text(this.#config, "kubeconfig");
    if (given === undefined) throw new UnreachableError("The provider has no kubeconfig yet.");
    const kubeconfig = readKubeconfig(given);
    // A folder is not needed for a cluster that is none of a rehearsal's.
    const server = addressOf(kubeconfig.server, process.env["GPU_SIMULATOR_FOLDER"] ?? "");
    const client = ApiClient.of(await logIn({ ...kubeconfig, server }));
    const { status } = await client.request("GET", "/version");
    if (status === 401) throw new UnreachableError(`${kubeconfig.server} does not accept the login.`);
    return new Cluster(client, text(this.#config, "namespace") ?? kubeconfig.namespace);
  }
}
