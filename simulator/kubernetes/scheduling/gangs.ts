import { list, text } from "../../../core/property-tree";
import type { Props } from "../../../core/property-value";
import type { Cluster } from "../cluster";
import { type Patience, waitUntil } from "../wait-until";
import { type Gang, gangJob, kindOf } from "./gang";

/** How a gang is found. */
export type GangName = Pick<Gang, "name" | "namespace" | "as">;

const pod = { apiVersion: "v1", kind: "Pod", plural: "pods", namespaced: true, verbs: [] } as const;
const workload = {
  apiVersion: "kueue.x-k8s.io/v1beta2",
  kind: "Workload",
  plural: "workloads",
  namespaced: true,
  verbs: [],
} as const;

/** The gangs of a cluster, and what becomes of them. */
export class Gangs {
  public constructor(
    private readonly cluster: Cluster,
    /** How long anything may take. */
    private readonly patience: Patience = {},
  ) {}

  public async submit(gang: Gang): Promise<void> {
    await this.cluster.create(gangJob(gang));
  }

  /** Pods that are neither gone nor going. */
  public async pods(gang: GangName): Promise<Props[]> {
    return (await this.#allPods(gang)).filter((it) => text(it, "metadata.deletionTimestamp") === undefined);
  }

  /** Names of the nodes that its pods have. */
  public async nodes(gang: GangName): Promise<string[]> {
    return (await this.pods(gang)).flatMap((it) => text(it, "spec.nodeName") ?? []);
  }

  /** Waits until every pod has a node of its own. @returns the nodes */
  public async placed(gang: Gang): Promise<string[]> {
    return this.#wait(`nodes for all pods of ${gang.name}`, () => this.#ownNodes(gang));
  }

  /** Waits until every pod has a node of its own again, after one was lost. @returns the nodes */
  public async placedWithout(gang: Gang, lost: string): Promise<string[]> {
    return this.#wait(`a node for ${gang.name} in place of ${lost}`, async () => {
      const nodes = await this.#ownNodes(gang);
      return nodes?.includes(lost) === false ? nodes : undefined;
    });
  }

  /** Waits until Kueue has found room for it. */
  public async admitted(gang: GangName): Promise<void> {
    await this.#wait(`admission of ${gang.name}`, async () => {
      const admitted = await this.condition(gang, "Admitted");
      return admitted?.holds === true ? true : undefined;
    });
  }

  /**
   * Waits until Kueue says that it waits, and what for. Before it has seen all of the cluster it may say something else.
   * @param why Part of Kueue's words
   */
  public async pending(gang: GangName, why: string): Promise<void> {
    let said = "nothing";
    try {
      await this.#wait(`"${why}"`, async () => {
        const reserved = await this.condition(gang, "QuotaReserved");
        said = reserved?.message ?? said;
        return reserved?.holds === false && said.includes(why) ? true : undefined;
      });
    } catch (error) {
      throw new Error(`Kueue says of ${gang.name}: ${said}`, { cause: error });
    }
  }

  /** What Kueue says of it: whether a condition holds, and why. Undefined before it says anything. */
  public async condition(gang: GangName, type: string): Promise<{ holds: boolean; message: string } | undefined> {
    const conditions = list(await this.#workload(gang), "status.conditions");
    const condition = conditions.find((it) => text(it, "type") === type);
    if (condition === undefined) return undefined;
    return { holds: text(condition, "status") === "True", message: text(condition, "message") ?? "" };
  }

  /** Lets the containers of all its pods end well, as the kubelets of their nodes would say. */
  public async finish(gang: GangName): Promise<void> {
    for (const it of await this.pods(gang)) {
      await this.cluster.merge(it, { status: { phase: "Succeeded" } }, "/status");
    }
  }

  /** Waits until Kueue has seen that it is done. @returns what the job said of it */
  public async finished(gang: GangName): Promise<string> {
    return this.#wait(`the completion of ${gang.name}`, async () => {
      const finished = await this.condition(gang, "Finished");
      return finished?.holds === true ? finished.message : undefined;
    });
  }

  /** Deletes it and waits until nothing of it is left. */
  public async delete(gang: GangName): Promise<void> {
    const { name, namespace } = gang;
    const { apiVersion, kind } = kindOf(gang);
    await this.cluster.startDelete({ apiVersion, kind, metadata: { name, namespace } });
    await this.#wait(`the end of ${gang.name}`, async () => {
      const left = [...(await this.#allPods(gang)), await this.#workload(gang)];
      return left.every((it) => it === undefined) ? true : undefined;
    });
  }

  /** Nodes of its pods, once each has one of its own. */
  async #ownNodes(gang: Gang): Promise<string[] | undefined> {
    // One pod without a node says enough: to send all of hundreds again and again takes the time of those who place them.
    const without = { labels: podsOf(gang), fields: "spec.nodeName=", limit: 1 };
    if ((await this.cluster.list(pod, gang.namespace, without)).length > 0) return undefined;
    const nodes = await this.nodes(gang);
    return new Set(nodes).size === gang.nodes ? nodes : undefined;
  }

  async #allPods(gang: GangName): Promise<Props[]> {
    return this.cluster.list(pod, gang.namespace, { labels: podsOf(gang) });
  }

  async #workload({ name, namespace }: GangName): Promise<Props | undefined> {
    return (await this.cluster.list(workload, namespace)).find((it) =>
      list(it, "metadata.ownerReferences").some((owner) => text(owner, "name") === name),
    );
  }

  #wait<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
    return waitUntil(what, ask, this.patience);
  }
}

/** Label that the pods of a gang have, and its value. */
function podsOf(gang: GangName): string {
  return `${kindOf(gang).podLabel}=${gang.name}`;
}
