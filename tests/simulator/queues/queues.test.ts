import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { onceRuntimeIsSeen } from "../../../cli/job-runtime-seen";
import { nodeAllocatable } from "../../../catalog/allocatable";
import { labels } from "../../../catalog/scheduling";
import { planGpuPool } from "../../../components/cluster/gpu-pool/plan";
import { list, record, text } from "../../../core/property-tree";
import type { Props } from "../../../core/property-value";
import type { Gang } from "../../../simulator/kubernetes/scheduling/gang";
import { Gangs } from "../../../simulator/kubernetes/scheduling/gangs";
import { place } from "../../recorded";
import { describeWithSchedulers } from "../engine/with-schedulers";
import { localQueue, type Team } from "./queue-objects";
import { type QueuedCluster, queuedCluster } from "./queued-cluster";
import { trainingRuntime } from "./training-runtime";

// Two domains of 66 nodes, two of which are spare: what is said of a gang is said of one domain.
const pool = planGpuPool(
  "h200",
  { size: "Standard_ND96isr_H200_v5", domains: 2, nodes: 66, spareNodes: 2 },
  { ...place, location: "" },
);
const { cpu, memoryGiB } = nodeAllocatable(pool.size);
const wholeNode = { cpu: `${cpu}`, memory: `${memoryGiB}Gi`, "nvidia.com/gpu": "8", "rdma/ib": "8" };

function gang(name: string, team: Team, nodes: number, more: Partial<Gang> = {}): Gang {
  return {
    name,
    namespace: team,
    nodes,
    resources: wholeNode,
    queue: localQueue,
    near: { label: labels.infinibandDomain, how: "required" },
    ...more,
  };
}

const jobSet = { apiVersion: "jobset.x-k8s.io/v1alpha2", kind: "JobSet" };

describeWithSchedulers("gangs on simulated nodes", (programs) => {
  let world: QueuedCluster;
  let gangs: Gangs;
  const submitted: Gang[] = [];
  const domainOf = new Map<string, string>();

  beforeAll(async () => {
    world = await queuedCluster(programs, pool, 64);
    gangs = new Gangs(world.cluster, { hopeless: world.whatDied });
    for (const it of world.nodes) {
      domainOf.set(text(it, "metadata.name") ?? "", text(it, `metadata.labels["${labels.infinibandDomain}"]`) ?? "");
    }
  });
  afterEach(async () => {
    await Promise.all(submitted.splice(0).map((it) => gangs.delete(it)));
  });
  afterAll(() => world.stop());

  const submit = async (it: Gang): Promise<void> => {
    submitted.push(it);
    await gangs.submit(it);
  };
  const domainsOf = (nodes: readonly string[]): string[] => [
    ...new Set(nodes.map((it) => domainOf.get(it) ?? `not a node: ${it}`)),
  ];
  /** Places a gang and says in which domains. */
  const placedIn = async (it: Gang): Promise<string[]> => domainsOf(await gangs.placed(it));

  test("a JobSet of 8 jobs of 8 nodes starts together in one domain", async () => {
    const set = gang("set", "b", 64, { as: { kind: "JobSet", jobs: 8 } });
    await submit(set);
    expect(await placedIn(set)).toHaveLength(1);
  });

  test("64 nodes start together in one domain", async () => {
    const whole = gang("whole", "a", 64);
    const started = Date.now();
    const seconds = (): number => (Date.now() - started) / 1000;
    await submit(whole);
    await gangs.admitted(whole);
    const admitted = seconds();
    expect(await placedIn(whole)).toHaveLength(1);
    const bound = seconds();
    // Told and not held: 3 s on an idle machine of two cores say nothing of one that does other things. By now the cluster stands still.
    process.stderr.write(
      `Gang of 64 nodes: admitted after ${admitted.toFixed(1)} s, bound after ${bound.toFixed(1)} s\n`,
    );
    // The flavor brings what the job leaves out.
    const [pod] = await gangs.pods(whole);
    expect(list(pod, "spec.tolerations")).toContainEqual({
      key: "nvidia.com/gpu",
      operator: "Exists",
      effect: "NoSchedule",
    });
    expect(record(pod, "spec.nodeSelector")).toMatchObject({ [labels.pool]: "h200" });
  });

  test("a TrainJob becomes a JobSet, starts together in one domain, and ends", async () => {
    const job = gang("job", "a", 64, { as: { kind: "TrainJob", runtime: "whole-nodes" } });
    await world.cluster.apply(trainingRuntime("whole-nodes", job), { manager: "test" });
    submitted.push(job);
    await onceRuntimeIsSeen(() => gangs.submit(job), { note: () => undefined });
    expect(await placedIn(job)).toHaveLength(1);
    const [pod] = await gangs.pods(job);
    // Trainer tells each process how many nodes there are.
    const variables = list(pod, "spec.containers[0].env").map((it) => [text(it, "name"), text(it, "value")]);
    expect(variables).toContainEqual(["PET_NNODES", "64"]);
    const set = await world.cluster.read({ ...jobSet, metadata: { name: job.name, namespace: job.namespace } });
    expect(list(set, "metadata.ownerReferences")).toMatchObject([
      { kind: "TrainJob", name: job.name, controller: true },
    ]);

    const second = gang("job-2", "a", 70, { as: { kind: "TrainJob", runtime: "whole-nodes" } });
    await submit(second);
    await gangs.pending(second, "insufficient unused quota for nvidia.com/gpu in flavor h200");
    expect(await gangs.pods(second)).toEqual([]);

    await gangs.finish(job);
    expect(await gangs.finished(job)).toContain("jobset completed successfully");
    await gangs.pending(second, 'topology "infiniband" allows to fit only 66 out of 70 pod(s)');
  });

  test("each group of a LeaderWorkerSet has its nodes in one domain", async () => {
    // Five nodes stay free in each: room for one group of three.
    const others = [gang("left", "a", 61), gang("right", "b", 61)];
    for (const it of others) {
      await submit(it);
      await gangs.placed(it);
    }
    // Its pods are made before the queue lets them go, so each has to say itself what the fence asks of it.
    const nodeSelector = { [labels.pool]: "h200" };
    const set = gang("server", "a", 6, { as: { kind: "LeaderWorkerSet", groups: 2 }, nodeSelector });
    await submit(set);
    await gangs.placed(set);
    const pods = await gangs.pods(set);
    const nodesOf = (group: string): string[] =>
      pods
        .filter((it) => text(it, 'metadata.labels["leaderworkerset.sigs.k8s.io/group-index"]') === group)
        .flatMap((it) => text(it, "spec.nodeName") ?? []);
    const groups = ["0", "1"].map(nodesOf);
    expect(groups.map((it) => it.length)).toEqual([3, 3]);
    expect(groups.flatMap(domainsOf).sort()).toEqual(["h200d1", "h200d2"]);
  });

  test("more nodes than a domain has wait, although there are enough of them", async () => {
    const large = gang("large", "a", 70);
    await submit(large);
    await gangs.pending(large, 'topology "infiniband" allows to fit only 66 out of 70 pod(s)');
    expect(await gangs.pods(large)).toEqual([]);
  });

  test("two at once get a domain each", async () => {
    const both = [gang("one", "a", 64), gang("two", "b", 64)];
    await Promise.all(both.map(submit));
    const domains = await Promise.all(both.map(placedIn));
    expect(domains.flat().sort()).toEqual(["h200d1", "h200d2"]);
  });

  test("of two for which there is room for one, one starts whole and the other not at all", async () => {
    // Preferred: together over both domains, since 100 nodes fit in none.
    const near = { label: labels.infinibandDomain, how: "preferred" } as const;
    const both = [gang("first", "a", 100, { near }), gang("second", "b", 100, { near })];
    await Promise.all(both.map(submit));
    const winner = await Promise.any(both.map((it) => gangs.placed(it).then(() => it)));
    const loser = both.find((it) => it !== winner);
    if (loser === undefined) throw new Error("nobody lost");
    await gangs.pending(loser, "insufficient unused quota");
    expect(await gangs.pods(loser)).toEqual([]);
    await gangs.delete(winner);
    expect(await gangs.placed(loser)).toHaveLength(100);
  });

  test("a team takes back what another has borrowed, and leaves it its own", async () => {
    const [own, borrowed] = [gang("own", "a", 64), gang("borrowed", "a", 64)];
    await submit(own);
    await gangs.placed(own);
    await submit(borrowed);
    await gangs.placed(borrowed);
    const owner = gang("owner", "b", 64);
    await submit(owner);
    await gangs.placed(owner);
    const evicted = await Promise.all([own, borrowed].map((it) => gangs.condition(it, "Evicted")));
    expect(evicted.filter((it) => it?.holds)).toEqual([
      {
        holds: true,
        message: expect.stringMatching(/reclamation within the cohort|fair sharing within the cohort/i) as unknown,
      },
    ]);
  });

  test("production takes the place of what may be stopped in its team's own queue", async () => {
    const idle = [gang("idle-1", "a", 64, { priority: "idle" }), gang("idle-2", "a", 64, { priority: "idle" })];
    for (const it of idle) {
      await submit(it);
      await gangs.placed(it);
    }
    const production = gang("production", "a", 64, { priority: "production" });
    await submit(production);
    await gangs.placed(production);
    const evicted = await Promise.all(idle.map((it) => gangs.condition(it, "Evicted")));
    expect(evicted.filter((it) => it?.holds)).toEqual([
      { holds: true, message: expect.stringContaining("prioritization in the ClusterQueue") as unknown },
    ]);
  });

  test("a node with a taint of its own gets nothing", async () => {
    const taint = { key: "azure-gpu-cluster/unhealthy", value: "suspected", effect: "NoSchedule" };
    const ill = world.nodes.filter((it) => domainOf.get(text(it, "metadata.name") ?? "") === "h200d1").slice(0, 3);
    const taints = (more: readonly object[]) => (it: Props) =>
      world.cluster.merge(it, { spec: { taints: [...list(it, "spec.taints"), ...more] } } as Props);
    await Promise.all(ill.map(taints([taint])));
    try {
      const whole = gang("well", "a", 64);
      await submit(whole);
      expect(await placedIn(whole)).toEqual(["h200d2"]);
      const other = gang("other", "b", 64);
      await submit(other);
      await gangs.pending(other, 'topology "infiniband" allows to fit only 63 out of 64 pod(s)');
    } finally {
      await Promise.all(ill.map(taints([])));
    }
  });

  // Last: a node fewer.
  test("a spare of the same domain takes the place of a lost node", async () => {
    const whole = gang("stubborn", "a", 64);
    await submit(whole);
    const before = await gangs.placed(whole);
    const lost = before[0] ?? "";
    await world.cluster.startDelete({ apiVersion: "v1", kind: "Node", metadata: { name: lost } });
    const after = await gangs.placedWithout(whole, lost);
    expect(after).not.toContain(lost);
    expect(domainsOf(after)).toEqual(domainsOf(before));
    expect(after.filter((it) => before.includes(it))).toHaveLength(63);
  });
});
