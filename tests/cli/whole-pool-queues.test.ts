import { expect, test } from "vitest";
import { wholePoolQueues } from "../../cli/whole-pool-queues";
import { planTeamQueue } from "../../components/queues/team-queue/plan";
import { h100Pool } from "../components/tenancy/teams";

const queues = { cohortName: "cluster", placeless: "without-devices" };
const pool = { ...h100Pool, gpusPerNode: 8, maxNodes: 9, spareNodes: 1, autoscaled: true } as const;

test("its team owns all of the pool but its spares, and waits for no node of Azure's", () => {
  const queueOf = wholePoolQueues([{ ...pool, key: "other", maxNodes: 2 }, pool], {
    ...queues,
    scaleUpCheck: "scale-up",
  });
  const { clusterQueue } = planTeamQueue("rehearsal", { gpus: 64 }, { pool, queues });
  expect(clusterQueue.spec).not.toHaveProperty("admissionChecksStrategy");
  expect(queueOf("rehearsal", pool.key)).toEqual(clusterQueue);
});
