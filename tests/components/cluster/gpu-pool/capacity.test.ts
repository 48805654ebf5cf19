import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { capacityKinds } from "../../../../catalog/capacity";
import { labels } from "../../../../catalog/scheduling";
import { findVmSize } from "../../../../catalog/vm-sizes";
import { planGpuPool } from "../../../../components/cluster/gpu-pool/plan";
import type { GpuPoolShape } from "../../../../components/cluster/gpu-pool/shape";
import { place, problemsOf } from "../../../recorded";

const a100 = "Standard_NC24ads_A100_v4";
const groupId =
  "/subscriptions/00000000-0000-4000-8000-000000000002/resourceGroups/held/providers/Microsoft.Compute/capacityReservationGroups/a100";
const here = { ...place, location: "" };
const planned = (shape: GpuPoolShape): ReturnType<typeof planGpuPool> => planGpuPool("a100", shape, here);
const ladder = {
  size: a100,
  capacity: [{ reserved: { nodes: 2 } }, { onDemand: { maxNodes: 4 } }, { spot: { maxUsdPerHour: 1.5, maxNodes: 8 } }],
} satisfies GpuPoolShape;

describe("a ladder of capacity", () => {
  it("makes an AKS pool of each rung, which says what it is and what it stands in for", () => {
    const { agentPools, ref, maxNodes } = planned(ladder);
    expect(
      agentPools.map(({ name, ignoreChanges, body }) => ({
        name,
        ignoreChanges,
        counts: [body.count, body.enableAutoScaling, body.minCount, body.maxCount],
        priority: [body.scaleSetPriority, body.spotMaxPrice],
        taints: body.nodeTaints,
        labels: Object.keys(body.nodeLabels ?? {}).filter((it) => it.startsWith(labels.capacity)),
      })),
    ).toEqual([
      {
        name: "a100r",
        ignoreChanges: [],
        counts: [2, false, undefined, undefined],
        priority: [undefined, undefined],
        taints: ["nvidia.com/gpu=present:NoSchedule"],
        labels: ["azure-gpu-cluster/capacity", "azure-gpu-cluster/capacity-from-reserved"],
      },
      {
        name: "a100",
        ignoreChanges: ["count"],
        counts: [0, true, 0, 4],
        priority: [undefined, undefined],
        taints: ["nvidia.com/gpu=present:NoSchedule", "capacity-after-reserved=yes:PreferNoSchedule"],
        labels: [
          "azure-gpu-cluster/capacity",
          "azure-gpu-cluster/capacity-from-reserved",
          "azure-gpu-cluster/capacity-from-ondemand",
        ],
      },
      {
        name: "a100s",
        ignoreChanges: ["count"],
        counts: [0, true, 0, 8],
        priority: ["Spot", 1.5],
        taints: [
          "nvidia.com/gpu=present:NoSchedule",
          "kubernetes.azure.com/scalesetpriority=spot:NoSchedule",
          "capacity-after-reserved=yes:PreferNoSchedule",
          "capacity-after-ondemand=yes:PreferNoSchedule",
        ],
        labels: [
          "azure-gpu-cluster/capacity",
          "azure-gpu-cluster/capacity-from-reserved",
          "azure-gpu-cluster/capacity-from-ondemand",
          "azure-gpu-cluster/capacity-from-spot",
        ],
      },
    ]);
    expect(maxNodes).toBe(14);
    expect(ref).toMatchObject({
      nodePools: ["a100r", "a100", "a100s"],
      maxNodes: 14,
      autoscaled: true,
      spot: true,
      rungs: [
        { kind: "reserved", maxNodes: 2 },
        { kind: "onDemand", maxNodes: 4, autoscaled: true },
        { kind: "spot", maxNodes: 8, autoscaled: true },
      ],
    });
  });

  it("reserves a place for each node of its rung, in the zone of the pool", () => {
    const { reservation, grantOnGroupId, agentPools } = planned({
      ...ladder,
      zone: "1",
      capacity: [
        { reserved: { minNodes: 1, maxNodes: 3, shareWith: ["00000000-0000-4000-8000-000000000009"] } },
        { onDemand: { maxNodes: 1 } },
      ],
    });
    expect(reservation).toEqual({
      group: {
        capacityReservationGroupName: "crg-gpu-dev-eastus-a100",
        location: "",
        zones: ["1"],
        sharingProfile: { subscriptionIds: [{ id: "/subscriptions/00000000-0000-4000-8000-000000000009" }] },
      },
      reservation: {
        capacityReservationName: a100,
        location: "",
        sku: { name: a100, capacity: 3 },
        zones: ["1"],
      },
    });
    expect(grantOnGroupId).toBeNull();
    expect(agentPools.map((it) => [it.takesReservation, it.body.capacityReservationGroupID])).toEqual([
      [true, undefined],
      [undefined, undefined],
    ]);
  });

  it.each([
    [{}, groupId],
    [{ grant: false }, null],
  ])("takes the places of somebody else's group: %j", (more, granted) => {
    const { reservation, grantOnGroupId, agentPools, notes } = planned({
      ...ladder,
      capacity: [{ reserved: { nodes: 2, groupResourceId: groupId, ...more } }, { onDemand: { maxNodes: 1 } }],
    });
    expect(reservation).toBeNull();
    expect(grantOnGroupId).toBe(granted);
    expect(agentPools[0]).not.toHaveProperty("takesReservation");
    expect(agentPools[0]?.body.capacityReservationGroupID).toBe(groupId);
    expect(notes.some((it) => it.includes("az role assignment create"))).toBe(granted === null);
  });

  it("names the pools by their kinds, so that another order renames nothing", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(ladder.capacity, { minLength: 2 }), (capacity) => {
        const names = planned({ ...ladder, capacity }).agentPools.map((it) => it.name);
        const kinds = capacity.map((it) => capacityKinds.find((kind) => kind in it));
        expect(names).toEqual(
          kinds.map((it) => ({ reserved: "a100r", onDemand: "a100", spot: "a100s" })[it ?? "spot"]),
        );
      }),
    );
  });

  it("leaves a pool without it as it was, and one that gets it its on-demand nodes", () => {
    const before = planned({ size: a100, maxNodes: 4 });
    expect(before.agentPools.map((it) => it.name)).toEqual(["a100"]);
    expect(before.ref).not.toHaveProperty("rungs");
    const [was] = before.agentPools;
    const is = planned(ladder).agentPools.find((it) => it.name === "a100");
    // Labels and taints change in place; nothing else does.
    const kept = { nodeLabels: {}, nodeTaints: [] };
    expect({ ...is?.body, ...kept }).toEqual({ ...was?.body, ...kept });
  });

  it.each<[string, Partial<GpuPoolShape>, string[]]>([
    [
      "a size that Azure reserves none of",
      { size: "Standard_NC40ads_H100_v5" },
      [
        "capacity[0].reserved: is not possible: Azure takes no reservation on demand of NCads-H100-v5 sizes, and the provider's API version knows no block reservations. Leave the rung out, or choose a size of NC-A100-v4, NCasT4-v3, NVads-A10-v5, NVads-V710-v5",
      ],
    ],
    [
      "counts beside it",
      { maxNodes: 4 },
      ["maxNodes: must be absent beside capacity, whose rungs say it each; got 4. Move it into a rung of capacity"],
    ],
    [
      "spare nodes beside it",
      { spareNodes: 1 },
      ["spareNodes: must be 0 beside capacity: the rung behind stands in for a lost node; got 1. Leave it out"],
    ],
    [
      "a way twice",
      { capacity: [{ onDemand: { maxNodes: 1 } }, { onDemand: { maxNodes: 2 } }] },
      ["capacity[1]: must not name onDemand twice. Raise the bounds of the first"],
    ],
    [
      "reserved and spot in one rung",
      {
        capacity: [{ reserved: { nodes: 1 }, spot: { maxUsdPerHour: -1, maxNodes: 1 } }, { onDemand: { maxNodes: 1 } }],
      },
      [
        'capacity[0]: must have exactly one of reserved, onDemand, spot; got ["reserved","spot"]. Write a rung for each',
      ],
    ],
    [
      "fixed spot nodes and a price with too many decimals",
      { capacity: [{ onDemand: { maxNodes: 1 } }, { spot: { maxUsdPerHour: 1.234567, nodes: 2 } }] },
      [
        "capacity[1].spot.maxUsdPerHour: must be -1, or more than 0 with at most 5 decimals; got 1.234567. Write -1, up to the usual price, or a price such as 12.5",
        "capacity[1].spot: needs an autoscaled pool (maxNodes): evicted nodes come back only through the autoscaler. Write maxNodes in place of nodes",
      ],
    ],
    [
      "a rung without bounds",
      { capacity: [{ onDemand: {} }, { spot: { maxUsdPerHour: -1, maxNodes: 1 } }] },
      ["capacity[0].onDemand.maxNodes: must be given, or nodes for a fixed size. Add maxNodes: 2 for example"],
    ],
    [
      "no node to reserve",
      { capacity: [{ reserved: { nodes: 0 } }, { onDemand: { maxNodes: 1 } }] },
      [
        "capacity[0].reserved: must have at least one node: Azure reserves none of nothing; got 0. Leave the rung out, or raise its bound",
      ],
    ],
    [
      "what only a group of ours, or of others, has",
      {
        capacity: [{ reserved: { nodes: 1, grant: true, shareWith: ["me", "me"] } }, { onDemand: { maxNodes: 1 } }],
      },
      [
        "capacity[0].reserved.grant: must be absent without groupResourceId: the group that is made here needs the grant; got true. Leave it out",
        'capacity[0].reserved.shareWith[1]: must not be there twice; got "me"',
        'capacity[0].reserved.shareWith[0]: must be the ID (a UUID) of a subscription; got "me". az account list --query "[].{name:name, id:id}" lists yours',
        'capacity[0].reserved.shareWith[1]: must be the ID (a UUID) of a subscription; got "me". az account list --query "[].{name:name, id:id}" lists yours',
      ],
    ],
  ])("refuses %s", (_, change, problems) => {
    expect(problemsOf(() => planned({ ...ladder, ...change }))).toEqual(problems);
  });

  it.each([
    "Standard_ND96isr_H100_v5",
    "Standard_ND96asr_v4",
    "Standard_ND128isr_NDR_GB200_v6",
    "Standard_ND96isr_MI300X_v5",
  ])("refuses it with the fabric of %s", (size) => {
    const found = problemsOf(() => planned({ ...ladder, size }));
    expect(found[0]).toContain(`capacity: must be absent: ${size} has InfiniBand`);
    expect(found.some((it) => it.startsWith("capacity[0].reserved: is not possible"))).toBe(true);
  });

  it("says what nobody knows of a size", () => {
    const size = "Standard_NC36ds_xl_RTXPRO6000BSE_v6";
    expect(findVmSize(size)?.onDemandReservation).toBeNull();
    expect(planned({ ...ladder, size }).notes.join("\n")).toContain("no source tells whether Azure reserves");
  });
});
