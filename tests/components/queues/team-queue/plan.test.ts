import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planTeamQueue, type QueuedPool, type TeamQueuePlan } from "../../../../components/queues/team-queue/plan";
import type { TeamQueueShape } from "../../../../components/queues/team-queue/shape";
import { problemsOf } from "../../../recorded";
import { h100Pool } from "../../tenancy/teams";

const queues = { cohortName: "cluster", placeless: "without-devices" };
const pool: QueuedPool = { ...h100Pool, maxNodes: 8, spareNodes: 1 };
const a10: QueuedPool = {
  gpuStack: "aks-driver",
  key: "a10",
  size: "Standard_NV36ads_A10_v5",
  gpusPerNode: 1,
  maxNodes: 4,
  spareNodes: 0,
  rdmaResource: null,
};

function planOf(shape: TeamQueueShape, of: QueuedPool = pool, scaleUpCheck?: string): TeamQueuePlan {
  const surroundings = { pool: of, queues: { ...queues, ...(scaleUpCheck !== undefined && { scaleUpCheck }) } };
  return planTeamQueue("train-vision", shape, surroundings);
}

describe("the queue of a team", () => {
  it("has the share of the pool, lends all of it and borrows nothing", () => {
    expect(planOf({ gpus: 16 })).toEqual({
      ref: { clusterQueueName: "train-vision", borrow: 0 },
      clusterQueue: {
        apiVersion: "kueue.x-k8s.io/v1beta2",
        kind: "ClusterQueue",
        metadata: { name: "train-vision" },
        spec: {
          cohortName: "cluster",
          namespaceSelector: { matchLabels: { "azure-gpu-cluster/queue": "train-vision" } },
          queueingStrategy: "BestEffortFIFO",
          resourceGroups: [
            {
              coveredResources: ["nvidia.com/gpu", "rdma/ib"],
              flavors: [
                {
                  name: "without-devices",
                  resources: [
                    { name: "nvidia.com/gpu", nominalQuota: "0", borrowingLimit: "0" },
                    { name: "rdma/ib", nominalQuota: "0", borrowingLimit: "0" },
                  ],
                },
                {
                  name: "h100",
                  resources: [
                    { name: "nvidia.com/gpu", nominalQuota: "16", borrowingLimit: "0" },
                    { name: "rdma/ib", nominalQuota: "16", borrowingLimit: "0" },
                  ],
                },
              ],
            },
          ],
          preemption: { withinClusterQueue: "LowerPriority", reclaimWithinCohort: "Any" },
        },
      },
    });
  });

  it("borrows and lends adapters in step with GPUs, whatever the pool calls them", () => {
    // A node of this size has eight GPUs and one adapter.
    const small = { ...pool, size: "Standard_ND40rs_v2", rdmaResource: "rdma/hca_shared_devices_a" };
    const { ref, clusterQueue } = planOf({ gpus: 16, borrow: 24, lend: 8 }, small);
    expect(ref.borrow).toBe(24);
    expect(clusterQueue.spec.resourceGroups[0]?.flavors[1]?.resources).toEqual([
      { name: "nvidia.com/gpu", nominalQuota: "16", borrowingLimit: "24", lendingLimit: "8" },
      { name: "rdma/hca_shared_devices_a", nominalQuota: "2", borrowingLimit: "3", lendingLimit: "1" },
    ]);
  });

  describe("on a ladder of capacity", () => {
    const ladder: QueuedPool = {
      ...a10,
      maxNodes: 9,
      autoscaled: true,
      rungs: [
        { kind: "reserved", maxNodes: 2 },
        { kind: "onDemand", maxNodes: 3, autoscaled: true },
        { kind: "spot", maxNodes: 4, autoscaled: true },
      ],
    };
    const sharesOf = (shape: TeamQueueShape, ahead = 0): unknown[] => {
      const { clusterQueue } = planTeamQueue("train-vision", shape, { pool: ladder, queues, ahead });
      const [, ...flavors] = clusterQueue.spec.resourceGroups[0]?.flavors ?? [];
      return flavors.map(({ name, resources: [it] }) => [
        name,
        ...[it?.nominalQuota, it?.borrowingLimit, it?.lendingLimit],
      ]);
    };

    it("has its share of the first rungs, and may borrow of each", () => {
      expect(sharesOf({ gpus: 4, borrow: 3 })).toEqual([
        ["a10-reserved", "2", "0", undefined],
        ["a10-ondemand", "2", "1", undefined],
        ["a10-spot", "0", "3", undefined],
      ]);
    });

    it("has what those before it left", () => {
      expect(sharesOf({ gpus: 4 }, 1)).toEqual([
        ["a10-reserved", "1", "0", undefined],
        ["a10-ondemand", "3", "0", undefined],
        ["a10-spot", "0", "0", undefined],
      ]);
    });

    it("keeps its best when it does not lend all", () => {
      expect(sharesOf({ gpus: 4, lend: 1 })).toEqual([
        ["a10-reserved", "2", "0", "0"],
        ["a10-ondemand", "2", "0", "1"],
        ["a10-spot", "0", "0", "0"],
      ]);
    });

    it("gives away no rung twice, and all of each share", () => {
      const shares = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 });
      fc.assert(
        fc.property(shares, (teams) => {
          const given = new Map<string, number>();
          teams.forEach((gpus, at) => {
            const ahead = teams.slice(0, at).reduce((sum, it) => sum + it, 0);
            const own = sharesOf({ gpus }, ahead) as [string, string][];
            expect(own.reduce((sum, [, it]) => sum + Number(it), 0)).toBe(gpus);
            for (const [flavor, it] of own) given.set(flavor, (given.get(flavor) ?? 0) + Number(it));
          });
          for (const { kind, maxNodes } of ladder.rungs ?? []) {
            expect(given.get(`a10-${kind.toLowerCase()}`)).toBeLessThanOrEqual(maxNodes);
          }
        }),
      );
    });

    it("takes the first rung with room, and asks for nodes of what grows or is stood in for", () => {
      const { spec } = planOf({ gpus: 4 }, ladder, "scale-up").clusterQueue;
      expect(spec.flavorFungibility).toEqual({ whenCanBorrow: "MayStopSearch", whenCanPreempt: "TryNextFlavor" });
      expect(spec.admissionChecksStrategy).toEqual({
        admissionChecks: [{ name: "scale-up", onFlavors: ["a10-reserved", "a10-ondemand", "a10-spot"] }],
      });
    });
  });

  it("has no adapters on a pool without InfiniBand", () => {
    expect(planOf({ gpus: 2 }, a10).clusterQueue.spec.resourceGroups).toEqual([
      {
        coveredResources: ["nvidia.com/gpu"],
        flavors: [
          { name: "without-devices", resources: [{ name: "nvidia.com/gpu", nominalQuota: "0", borrowingLimit: "0" }] },
          { name: "a10", resources: [{ name: "nvidia.com/gpu", nominalQuota: "2", borrowingLimit: "0" }] },
        ],
      },
    ]);
  });

  it.each([
    ["a pool that grows", { ...a10, autoscaled: true } as const, "scale-up", ["a10"]],
    ["a fixed pool beside one that grows", a10, "scale-up", undefined],
    ["a pool that grows, of a platform without the check", { ...a10, autoscaled: true } as const, undefined, undefined],
  ])("waits for nodes on %s", (_, of, check, onFlavors) => {
    const { admissionChecksStrategy } = planOf({ gpus: 2 }, of, check).clusterQueue.spec;
    expect(admissionChecksStrategy).toEqual(
      onFlavors === undefined ? undefined : { admissionChecks: [{ name: "scale-up", onFlavors }] },
    );
  });

  it.each<[TeamQueueShape, QueuedPool, string[]]>([
    [
      { gpus: 64 },
      pool,
      ["gpus: must be a whole number from 8 to 56, the GPUs of the pool, its 1 spare nodes aside; got 64. Use 56"],
    ],
    [
      { gpus: 12 },
      pool,
      ["gpus: must be a multiple of 8: jobs take whole nodes of Standard_ND96isr_H100_v5; got 12. Use 8 or 16"],
    ],
    [
      { gpus: 16, borrow: 48, lend: 24 },
      pool,
      [
        "borrow: must be a whole number from 0 to 40, what the pool has beside the share, its 1 spare nodes aside; got 48. Use 40",
        "lend: must be a whole number from 0 to 16, the share; got 24. Use 16",
      ],
    ],
    [
      { gpus: 16, borrow: 4, lend: 12 },
      pool,
      [
        "borrow: must be a multiple of 8: jobs take whole nodes of Standard_ND96isr_H100_v5; got 4. Use 0 or 8",
        "lend: must be a multiple of 8: jobs take whole nodes of Standard_ND96isr_H100_v5; got 12. Use 8 or 16",
      ],
    ],
    [
      { gpus: 8 },
      { ...pool, size: "Standard_D8ds_v5" },
      [
        'pool: must be a pool of a VM size with GPUs that the catalogue knows (docs/sizes.md); got "Standard_D8ds_v5". Use a pool of gpuPools',
      ],
    ],
  ])("fails on %j", (shape, of, problems) => {
    expect(problemsOf(() => planOf(shape, of))).toEqual(problems);
  });
});

/** Teams that share a pool without its spares, each with a part of the rest to borrow and a part of its own to lend. */
const sharedPool = fc
  .record({ maxNodes: fc.integer({ min: 2, max: 100 }), spareNodes: fc.integer({ min: 0, max: 1 }) })
  .chain((counts) =>
    fc.record({
      counts: fc.constant(counts),
      teams: fc
        .array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), {
          minLength: 1,
          maxLength: 8,
        })
        .map((wishes) => {
          const free = counts.maxNodes - counts.spareNodes;
          let left = free;
          return wishes.flatMap(([wish, part, lends]) => {
            const nodes = Math.min(wish, left);
            left -= nodes;
            if (nodes === 0) return [];
            const lend = lends ? {} : { lend: Math.floor(nodes * part) * 8 };
            return [{ gpus: nodes * 8, borrow: Math.floor((free - nodes) * part) * 8, ...lend }];
          });
        }),
    }),
  );

describe("queues of teams that share a pool", () => {
  it("own no more than it has without its spares, borrow no more than others own, and lend no more than is theirs", () => {
    fc.assert(
      fc.property(sharedPool, ({ counts, teams }) => {
        const of = { ...pool, ...counts };
        const quotas = teams.map((it) => {
          const resources = planOf(it, of).clusterQueue.spec.resourceGroups[0]?.flavors[1]?.resources ?? [];
          return resources.map(({ nominalQuota, borrowingLimit, lendingLimit = nominalQuota }) => ({
            nominal: Number(nominalQuota),
            borrow: Number(borrowingLimit),
            lend: Number(lendingLimit),
          }));
        });
        const most = (counts.maxNodes - counts.spareNodes) * 8;
        for (const at of [0, 1]) {
          const each = quotas.map((it) => it[at] ?? { nominal: Number.NaN, borrow: 0, lend: 0 });
          expect(each.reduce((sum, it) => sum + it.nominal, 0)).toBeLessThanOrEqual(most);
          for (const { nominal, borrow, lend } of each) {
            expect(nominal + borrow).toBeLessThanOrEqual(most);
            expect(lend).toBeLessThanOrEqual(nominal);
            expect([nominal % 8, borrow % 8, lend % 8]).toEqual([0, 0, 0]);
          }
        }
      }),
    );
  });
});
