import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeAllocatable } from "../../../catalog/allocatable";
import { planGpuPool } from "../../../components/cluster/gpu-pool/plan";
import { addOns } from "../../../components/platform/add-ons";
import { planPlatform } from "../../../components/platform/plan-platform";
import { toProps } from "../../../core/property-value";
import type { Gang } from "../../../simulator/kubernetes/scheduling/gang";
import { Gangs } from "../../../simulator/kubernetes/scheduling/gangs";
import { place } from "../../recorded";
import { asSomebody } from "../kubernetes/somebody";
import { describeWithSchedulers } from "../engine/with-schedulers";
import { localQueue } from "./queue-objects";
import { type QueuedCluster, queuedCluster } from "./queued-cluster";

// Its nodes are fixed, since no autoscaler runs here that would answer for those of a pool that grows: the queue is what is looked at.
const fixed = planGpuPool("a100", { size: "Standard_NC24ads_A100_v4", nodes: 2 }, { ...place, location: "" });
const off = { nights: { from: "20:00", to: "07:00" }, timeZone: "Europe/Berlin", jobs: "finish" } as const;
const pool = { ...fixed, ref: { ...fixed.ref, off } };
const { cpu, memoryGiB } = nodeAllocatable(pool.size);
const queueOfA = "/apis/kueue.x-k8s.io/v1beta2/clusterqueues/a";

describeWithSchedulers("the hours of a pool in a cluster", (programs) => {
  let world: QueuedCluster;
  let gangs: Gangs;
  let cronJob: ReturnType<typeof asSomebody>;

  beforeAll(async () => {
    world = await queuedCluster(programs, pool, 1);
    gangs = new Gangs(world.cluster, { hopeless: world.whatDied });
    const { addOns: plans } = planPlatform(addOns, {}, { kubernetesVersion: "1.36", pools: [pool.ref] });
    const hours = plans.find(({ key }) => key === "poolHours");
    if (hours?.namespace == null) throw new Error("There are no hours.");
    for (const it of [hours.namespace, ...Object.values(hours.objects)])
      await world.cluster.apply(toProps(it), { manager: "test" });
    cronJob = asSomebody(world.plane, {
      user: "system:serviceaccount:pool-hours:pool-hours",
      groups: ["system:serviceaccounts", "system:serviceaccounts:pool-hours"],
    });
  });
  afterAll(() => world.stop());

  const patch = async (spec: object): Promise<{ readonly status: number; readonly message: string }> =>
    cronJob("PATCH", queueOfA, { spec }, "application/merge-patch+json");

  test("hold a queue and open it again: what waits is let in then", async () => {
    expect(await patch({ stopPolicy: "Hold" })).toMatchObject({ status: 200 });
    const resources = { cpu: `${cpu}`, memory: `${memoryGiB}Gi`, "nvidia.com/gpu": "1" };
    const job: Gang = { name: "job", namespace: "a", nodes: 1, resources, queue: localQueue };
    await gangs.submit(job);
    await gangs.pending(job, "ClusterQueue a is inactive");
    expect(await gangs.pods(job)).toEqual([]);
    expect(await patch({ stopPolicy: "None" })).toMatchObject({ status: 200 });
    expect(await gangs.placed(job)).toHaveLength(1);
    await gangs.delete(job);
  });

  test("find the queues of the pool by their label, and may read no more", async () => {
    const path = "/apis/kueue.x-k8s.io/v1beta2/clusterqueues?labelSelector=azure-gpu-cluster%2Fpool%3Da100";
    expect(await cronJob("GET", path)).toMatchObject({ status: 200 });
    expect(await cronJob("GET", "/api/v1/secrets")).toMatchObject({ status: 403 });
    expect(await cronJob("DELETE", queueOfA)).toMatchObject({ status: 403 });
  });

  test.each([
    ["quotas", { resourceGroups: [] }],
    ["whom it shares with", { cohortName: "another" }],
    ["whom its jobs may stop", { preemption: { withinClusterQueue: "Never", reclaimWithinCohort: "Never" } }],
  ])("change nothing else of it: %s", async (_, change) => {
    const { status, message } = await patch(change);
    expect([status, message]).toEqual([
      422,
      expect.stringContaining("The hours of pools change nothing of a queue but its stopPolicy."),
    ]);
  });
});
