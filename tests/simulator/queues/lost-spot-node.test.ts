import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeAllocatable } from "../../../catalog/allocatable";
import { labels } from "../../../catalog/scheduling";
import { planGpuPool } from "../../../components/cluster/gpu-pool/plan";
import { list, number, read, record, text } from "../../../core/property-tree";
import type { Props } from "../../../core/property-value";
import type { Gang } from "../../../simulator/kubernetes/scheduling/gang";
import { Gangs } from "../../../simulator/kubernetes/scheduling/gangs";
import { waitUntil } from "../../../simulator/kubernetes/wait-until";
import { place } from "../../recorded";
import { describeWithSchedulers } from "../engine/with-schedulers";
import { localQueue, type Team } from "./queue-objects";
import { type QueuedCluster, queuedCluster } from "./queued-cluster";

const planned = planGpuPool(
  "a100",
  {
    size: "Standard_NC24ads_A100_v4",
    capacity: [{ onDemand: { nodes: 2 } }, { spot: { maxUsdPerHour: 1.5, maxNodes: 2 } }],
  },
  { ...place, location: "" },
);
// Spot nodes are always an autoscaler's, and none of AKS runs here: without that word Kueue asks nobody for nodes, and the test brings them.
const ref = { ...planned.ref, rungs: (planned.ref.rungs ?? []).map(({ kind, maxNodes }) => ({ kind, maxNodes })) };
delete ref.autoscaled;
const pool = { ...planned, ref };
const { cpu, memoryGiB } = nodeAllocatable(pool.size);

const workload = {
  ...{ apiVersion: "kueue.x-k8s.io/v1beta2", kind: "Workload", plural: "workloads" },
  ...{ namespaced: true, verbs: [] },
} as const;

function gang(name: string, team: Team): Gang {
  const resources = { cpu: `${cpu}`, memory: `${memoryGiB}Gi`, "nvidia.com/gpu": "1" };
  return { name, namespace: team, nodes: 2, resources, queue: localQueue };
}

/** As our configuration, but for how long Kueue waits for the pod in place of a lost one, and before it tries again. */
const shorten = (configuration: string): string => {
  const quick = configuration
    .replace(/recoveryTimeout: \S+/, "recoveryTimeout: 15s")
    .replace(/backoffBaseSeconds: \d+/, "backoffBaseSeconds: 1");
  expect(quick.match(/recoveryTimeout: 15s|backoffBaseSeconds: 1$/gm)).toHaveLength(2);
  return quick;
};

describeWithSchedulers("a job on spot nodes of a ladder, one of which Azure takes back", (programs) => {
  let world: QueuedCluster;
  let gangs: Gangs;
  const [keeper, job] = [gang("keeper", "a"), gang("job", "b")];
  /** Nodes of the rung. */
  const nodesOf = (rung: string): readonly Props[] =>
    world.nodes.filter((it) => text(it, `metadata.labels["${labels.capacity}"]`) === rung);
  const names = (nodes: readonly Props[]): string[] => nodes.map((it) => text(it, "metadata.name") ?? "").sort();

  beforeAll(async () => {
    // Team a owns the nodes on demand, team b those of spot.
    world = await queuedCluster(programs, pool, 2, [], shorten);
    gangs = new Gangs(world.cluster, { hopeless: world.whatDied });
    await gangs.submit(keeper);
    expect((await gangs.placed(keeper)).sort()).toEqual(names(nodesOf("onDemand")));
    await gangs.submit(job);
    expect((await gangs.placed(job)).sort()).toEqual(names(nodesOf("spot")));
  });
  afterAll(() => world.stop());

  const waiting = <T>(what: string, ask: () => Promise<T | undefined>): Promise<T> =>
    waitUntil(what, ask, { hopeless: world.whatDied });
  /** Flavor that Kueue let the pods in by, as they say it. */
  const selectorOf = (pod: Props): readonly string[] =>
    Object.keys(record(pod, "spec.nodeSelector")).filter((key) => key.startsWith(labels.capacity));
  const uids = (pods: readonly Props[]): string[] => pods.map((it) => text(it, "metadata.uid") ?? "");
  const readyPods = (pods: readonly Props[]): number =>
    pods.filter((pod) =>
      list(pod, "status.conditions").some((it) => text(it, "type") === "Ready" && text(it, "status") === "True"),
    ).length;

  /** Waits until all of the job runs, and Kueue knows: it waits for the pod in place of a lost one only of such a job. */
  const wholeAgain = async (): Promise<void> => {
    await waiting("the whole job", async () => (readyPods(await gangs.pods(job)) === 2 ? true : undefined));
    await waiting("Kueue to see it whole", async () =>
      (await gangs.condition(job, "PodsReady"))?.holds === true ? true : undefined,
    );
  };
  /** How often Kueue has stopped it, since its pods were not ready in time. */
  const roundsOf = async (): Promise<number> => {
    const [one] = await world.cluster.list(workload, job.namespace);
    return read(one, "status.requeueState.count") === undefined ? 0 : number(one, "status.requeueState.count");
  };

  /** Takes a spot node away. @returns the pods of the job once Kueue has stopped all that it had, and let it in again */
  const loseOne = async (): Promise<readonly Props[]> => {
    await wholeAgain();
    const before = uids(await gangs.pods(job));
    const [lost] = await gangs.nodes(job);
    await world.cluster.startDelete({ apiVersion: "v1", kind: "Node", metadata: { name: lost ?? "" } });
    await waiting("its eviction", async () =>
      (await gangs.condition(job, "Evicted"))?.message.includes("PodsReady timeout") === true ? true : undefined,
    );
    await gangs.admitted(job);
    return waiting("new pods for all of it", async () => {
      const pods = await gangs.pods(job);
      return pods.length === 2 && uids(pods).every((it) => !before.includes(it)) ? pods : undefined;
    });
  };

  test("queues anew as a whole, and waits for spot nodes again while nothing else has room", async () => {
    const pods = await loseOne();
    expect(pods.map(selectorOf)).toEqual([
      ["azure-gpu-cluster/capacity-from-spot"],
      ["azure-gpu-cluster/capacity-from-spot"],
    ]);
    // One of the two has no node: Kueue counts what the pool may have, not what Azure has.
    expect(new Set(await gangs.nodes(job)).size).toBeLessThan(2);
    const here = new Set(await gangs.nodes(job));
    for (const it of nodesOf("spot").filter((node) => !here.has(text(node, "metadata.name") ?? "")))
      await world.cluster.apply(it, { manager: "azure" });
    expect((await gangs.placed(job)).sort()).toEqual(names(nodesOf("spot")));
  });

  test("goes to the nodes on demand when these have room by then", async () => {
    await gangs.delete(keeper);
    await wholeAgain();
    const before = await roundsOf();
    expect(before).toBeGreaterThan(0);
    const pods = await loseOne();
    expect(pods.map(selectorOf)).toEqual([
      ["azure-gpu-cluster/capacity-from-ondemand"],
      ["azure-gpu-cluster/capacity-from-ondemand"],
    ]);
    const nodes = await gangs.placed(job);
    expect(nodes).toHaveLength(2);
    expect(names(nodesOf("onDemand")).some((it) => nodes.includes(it))).toBe(true);
    // That it ran in between does not count: Kueue counts rounds over all of its life.
    expect(await roundsOf()).toBeGreaterThan(before);
  });
});
