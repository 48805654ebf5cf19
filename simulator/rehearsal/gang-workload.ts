import { labels, startupTaints } from "../../catalog/scheduling";
import { list, text } from "../../core/property-tree";
import type { Props } from "../../core/property-value";
import { EngineError } from "../engine/errors";
import type { Schedulers } from "../engine/schedulers";
import { ApiClient } from "../kubernetes/api-client";
import { Cluster } from "../kubernetes/cluster";
import type { ControlPlane } from "../kubernetes/control-plane";
import { planNodes } from "../kubernetes/nodes";
import { Gangs } from "../kubernetes/scheduling/gangs";
import { installedManagers } from "../kubernetes/scheduling/installed-managers";
import { waitUntilNodesAreReady } from "../kubernetes/scheduling/nodes-ready";
import { startManager } from "../kubernetes/scheduling/start-manager";
import { type Running, startSchedulers, withWhatDied } from "../kubernetes/scheduling/start-schedulers";
import { type Patience, waitUntil } from "../kubernetes/wait-until";
import { type GangPlan, planGang, type QueueMaker, type WorkloadPool } from "./plan-gang";
import type { Outcome } from "./steps";
import type { Workload, WorkloadStep } from "./workload";

/** What a gang is rehearsed with. */
export interface GangOptions {
  readonly plane: ControlPlane;
  readonly helm: string;
  readonly schedulers: Schedulers;
  /** Every AKS pool of the cluster, as large as it may become. */
  readonly pools: readonly WorkloadPool[];
  /** Makes queues, null for an environment without any. */
  readonly queueOf: QueueMaker | null;
  /** Ends what it waits for. */
  readonly signal?: AbortSignal;
}

/** Wipes know by it that an object came with the simulated cluster. */
const manager = "simulated-workload";

/**
 * A training job on the largest GPU pool of an environment: it takes all nodes of one InfiniBand domain but the spares, loses one,
 * and goes on. Scheduler and controllers are real, and so is Kueue where the environment installs it; nodes are pretended.
 */
export class GangWorkload implements Workload {
  readonly #options: GangOptions;
  readonly #cluster: Cluster;
  readonly #gangs: Gangs;
  readonly #nodes: Props[];
  #schedulers: Running | undefined;
  readonly #managers: Running[] = [];
  #plan: GangPlan;

  /** @throws EngineError when there is no pool for it */
  public constructor(options: GangOptions) {
    this.#options = options;
    this.#cluster = new Cluster(ApiClient.of(options.plane));
    this.#gangs = new Gangs(this.#cluster, this.#patience);
    this.#nodes = options.pools.flatMap(planNodes);
    this.#plan = this.#planned(false);
  }

  public get steps(): readonly WorkloadStep[] {
    const gang = `gang of ${this.#plan.gang.nodes} on ${this.#plan.pool}`;
    return [
      { name: "nodes join", act: () => this.#join() },
      { name: "queue starts", act: () => this.#startQueue() },
      { name: gang, act: () => this.#place() },
      { name: `${gang} loses a node`, act: () => this.#loseNode() },
    ].map(({ name, act }) => ({ name, act: () => act().catch((error: unknown) => this.#fail(error)) }));
  }

  /** Takes gang, queue and nodes away. Kueue stays: what it holds goes only with its consent. */
  public async end(): Promise<Outcome> {
    const { gang, queue, namespace } = this.#plan;
    await this.#gangs.delete(gang);
    for (const it of [...queue.toReversed(), namespace]) await this.#delete(it);
    await Promise.all(this.#nodes.map((it) => this.#delete(it)));
    // The provider empties the namespaces that a destroy deletes; two that do it disturb each other.
    await this.#schedulers?.stop();
    return { changes: { left: this.#nodes.length } };
  }

  public async close(): Promise<void> {
    this.#cluster.close();
    await Promise.all(this.#running.map((it) => it.stop()));
  }

  async #join(): Promise<Outcome> {
    const { plane, schedulers } = this.#options;
    this.#schedulers = await startSchedulers(plane, schedulers);
    await this.#add(this.#nodes);
    await waitUntilNodesAreReady(this.#cluster, this.#nodes.length, this.#patience);
    return { changes: { joined: this.#nodes.length } };
  }

  /** Starts what the environment installs, with the values of its releases, and makes a queue where Kueue is. */
  async #startQueue(): Promise<Outcome> {
    const { plane, helm, schedulers: programs } = this.#options;
    const installed = await installedManagers(this.#cluster);
    for (const it of installed) {
      this.#managers.push(await startManager(it.manager, it.release, { plane, helm, programs }));
    }
    this.#plan = this.#planned(installed.some((it) => it.manager.product === "kueue"));
    for (const it of [this.#plan.namespace, ...this.#plan.queue]) await this.#cluster.apply(it, { manager });
    return { changes: { started: installed.length } };
  }

  async #place(): Promise<Outcome> {
    await this.#gangs.submit(this.#plan.gang);
    const nodes = await this.#gangs.placed(this.#plan.gang);
    return { changes: { placed: nodes.length }, failures: this.#spanned(nodes) };
  }

  /** A node is gone with its machine. Where no spare is left, Azure brings a new one. */
  async #loseNode(): Promise<Outcome> {
    const { gang, domain } = this.#plan;
    const before = await this.#gangs.nodes(gang);
    const [lost = ""] = before;
    await this.#delete({ apiVersion: "v1", kind: "Node", metadata: { name: lost } });
    if (domain.nodes === gang.nodes) {
      const brought = planNodes({ ...domain, nodes: domain.nodes + 1 }).slice(-1);
      this.#nodes.push(...brought);
      await this.#add(brought);
    }
    const after = await this.#gangs.placedWithout(gang, lost);
    const moved = after.filter((it) => !before.includes(it)).length;
    const failures = moved === 1 ? [] : [`${moved} pods went to other nodes, although one node was lost`];
    return { changes: { replaced: moved }, failures: [...failures, ...this.#spanned(after)] };
  }

  /**
   * Lets nodes join, and opens those that the platform closes until something was shown of them: what shows it is a program in a pod,
   * and pretended pods run none.
   */
  async #add(nodes: readonly Props[]): Promise<void> {
    await Promise.all(
      nodes.map(async (it) => {
        const live = await this.#cluster.create(it);
        const taints = list(live, "spec.taints").filter(
          (taint) => text(taint, "key")?.startsWith(startupTaints) !== true,
        );
        if (taints.length < list(live, "spec.taints").length) await this.#cluster.merge(live, { spec: { taints } });
      }),
    );
  }

  /** What is wrong with nodes that are not all of one domain. */
  #spanned(nodes: readonly string[]): string[] {
    const domains = new Set(
      this.#nodes
        .filter((it) => nodes.includes(text(it, "metadata.name") ?? ""))
        .map((it) => text(it, `metadata.labels["${labels.infinibandDomain}"]`)),
    );
    return domains.size === 1 ? [] : [`the gang spans ${domains.size} domains: ${[...domains].join(", ")}`];
  }

  async #delete(object: Props): Promise<void> {
    await this.#cluster.startDelete(object);
    const what = `the end of ${text(object, "metadata.name") ?? ""}`;
    const isGone = async (): Promise<true | undefined> =>
      (await this.#cluster.read(object)) === undefined ? true : undefined;
    await waitUntil(what, isGone, this.#patience);
  }

  #planned(queued: boolean): GangPlan {
    const plan = planGang(this.#options.pools, queued ? this.#options.queueOf : null);
    if (plan === undefined) {
      throw new EngineError("This environment has no GPU pool for a gang. Leave --workload out.", 2);
    }
    return plan;
  }

  #fail(error: unknown): never {
    throw withWhatDied(error, this.#running);
  }

  get #running(): readonly Running[] {
    return [...(this.#schedulers === undefined ? [] : [this.#schedulers]), ...this.#managers];
  }

  get #patience(): Patience {
    const ended = (): string | undefined => (this.#options.signal?.aborted === true ? "stopped" : undefined);
    return { hopeless: () => ended() ?? this.#running.flatMap((it) => it.whatDied() ?? [])[0] };
  }
}
