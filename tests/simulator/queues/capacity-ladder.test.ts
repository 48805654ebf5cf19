import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { nodeAllocatable } from "../../../catalog/allocatable";
import { labels } from "../../../catalog/scheduling";
import { planGpuPool } from "../../../components/cluster/gpu-pool/plan";
import { list, record, text } from "../../../core/property-tree";
import type { Gang } from "../../../simulator/kubernetes/scheduling/gang";
import { Gangs } from "../../../simulator/kubernetes/scheduling/gangs";
import { place } from "../../recorded";
import { describeWithSchedulers } from "../engine/with-schedulers";
import { localQueue, type Team } from "./queue-objects";
import { type QueuedCluster, queuedCluster } from "./queued-cluster";

// All nodes are there, so nobody has to make any. Fixed, since Kueue would ask an autoscaler for those of a rung that grows, and no
// autoscaler of AKS runs here.
const pool = planGpuPool(
  "a100",
  {
    size: "Standard_NC24ads_A100_v4",
    capacity: [{ reserved: { nodes: 2 } }, { onDemand: { nodes: 4 } }],
  },
  { ...place, location: "" },
);
const { cpu, memoryGiB } = nodeAllocatable(pool.size);

function gang(name: string, team: Team, nodes: number): Gang {
  const resources = { cpu: `${cpu}`, memory: `${memoryGiB}Gi`, "nvidia.com/gpu": "1" };
  return { name, namespace: team, nodes, resources, queue: localQueue };
}

describeWithSchedulers("gangs on a ladder of capacity", (programs) => {
  let world: QueuedCluster;
  let gangs: Gangs;
  const submitted: Gang[] = [];
  const rungOf = new Map<string, string>();

  beforeAll(async () => {
    // Team a owns the reserved nodes and one on demand, team b the other three.
    world = await queuedCluster(programs, pool, 3);
    gangs = new Gangs(world.cluster, { hopeless: world.whatDied });
    for (const it of world.nodes) {
      rungOf.set(text(it, "metadata.name") ?? "", text(it, `metadata.labels["${labels.capacity}"]`) ?? "");
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
  const rungsOf = async (it: Gang): Promise<string[]> => [
    ...new Set((await gangs.placed(it)).map((node) => rungOf.get(node) ?? node)),
  ];
  /** Flavor that Kueue let its pods in by, as they say it. */
  const selectorOf = async (it: Gang): Promise<readonly string[]> => {
    const [pod] = await gangs.pods(it);
    return Object.keys(record(pod, "spec.nodeSelector")).filter((key) => key.startsWith(labels.capacity));
  };

  test("the first takes the reserved nodes, the next the rung behind, be it borrowed", async () => {
    const [first, second, third] = [gang("first", "a", 2), gang("second", "a", 1), gang("third", "a", 3)];
    await submit(first);
    await gangs.placed(first);
    expect(await selectorOf(first)).toEqual(["azure-gpu-cluster/capacity-from-reserved"]);
    await submit(second);
    expect(await rungsOf(second)).toEqual(["onDemand"]);
    expect(await selectorOf(second)).toEqual(["azure-gpu-cluster/capacity-from-ondemand"]);
    await submit(third);
    expect(await rungsOf(third)).toEqual(["onDemand"]);
  });

  test("a team whose share is on demand borrows what is reserved while that is idle, and gives it back", async () => {
    const borrower = gang("borrower", "b", 2);
    await submit(borrower);
    await gangs.placed(borrower);
    expect(await selectorOf(borrower)).toEqual(["azure-gpu-cluster/capacity-from-reserved"]);
    const owner = gang("owner", "a", 2);
    await submit(owner);
    await gangs.placed(owner);
    await gangs.placed(borrower);
    const selectors = await Promise.all([owner, borrower].map(selectorOf));
    expect(selectors.flat().sort()).toEqual([
      "azure-gpu-cluster/capacity-from-ondemand",
      "azure-gpu-cluster/capacity-from-reserved",
    ]);
  });

  // Last: the reserved nodes go.
  test("nodes of the rung behind stand in while Azure has none of the first", async () => {
    const reserved = [...rungOf].filter(([, rung]) => rung === "reserved").map(([name]) => name);
    for (const name of reserved) {
      await world.cluster.startDelete({ apiVersion: "v1", kind: "Node", metadata: { name } });
    }
    const job = gang("job", "a", 2);
    await submit(job);
    expect(await rungsOf(job)).toEqual(["onDemand"]);
    expect(await selectorOf(job)).toEqual(["azure-gpu-cluster/capacity-from-reserved"]);
    const [pod] = await gangs.pods(job);
    expect(list(pod, "spec.tolerations")).toContainEqual({
      key: "nvidia.com/gpu",
      operator: "Exists",
      effect: "NoSchedule",
    });
  });
});
