import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Billable } from "../../../azure/bill";
import { cents, sumUsd } from "../../../azure/money";
import { costLines } from "../../../preview/cost-lines";
import { costNotes } from "../../../preview/cost-notes";
import { checkCost } from "../../../preview/check-cost";
import type { Cost, MonthlyCost } from "../../../preview/summary/cost";
import { summarise } from "../../../preview/summary/summary";
import { divide, type SharedPool, type SharingTeam, teamCosts } from "../../../preview/summary/team-costs";
import type { Environment } from "../../../stacks/environment";
import { problemsOf } from "../../recorded";
import { shippedPreview } from "../../shipped-previews";
import { shippedStackNames } from "../../stack-files";

const usd = fc.integer({ min: 0, max: 1e10 }).map((it) => it / 100);
const keys = ["h100", "a100", "l4"] as const;

const pools: fc.Arbitrary<SharedPool[]> = fc.uniqueArray(
  fc
    .record({
      key: fc.constantFrom(...keys),
      maxNodes: fc.integer({ min: 0, max: 200 }),
      gpusPerNode: fc.integer({ min: 1, max: 16 }),
    })
    .map((it) => ({ ...it, nodePools: [`${it.key}1`, `${it.key}2`] })),
  { selector: (it) => it.key },
);
const teams: fc.Arbitrary<SharingTeam[]> = fc
  .array(fc.record({ pool: fc.constantFrom(...keys), gpus: fc.integer({ min: 0, max: 500 }) }), {
    minLength: 1,
    maxLength: 20,
  })
  .map((all) => all.map((it, at) => ({ ...it, namespace: `team-${at}` })));
const costs: fc.Arbitrary<(MonthlyCost & { name: string })[]> = fc
  .tuple(
    ...keys.flatMap((key) => [fc.tuple(fc.constant(`${key}1`), usd, usd), fc.tuple(fc.constant(`${key}2`), usd, usd)]),
  )
  .map((all) => all.map(([name, idleUsdPerMonth, fullUsdPerMonth]) => ({ name, idleUsdPerMonth, fullUsdPerMonth })));

describe("an amount in parts", () => {
  it("is what they add up to, to the cent, and none of them is negative or far from its share", () => {
    fc.assert(
      fc.property(usd, fc.array(fc.nat(1000), { minLength: 1 }), (amount, shares) => {
        const parts = divide(amount, shares);
        const whole = shares.reduce((sum, it) => sum + it, 0);
        expect(cents(sumUsd(parts))).toBe(cents(amount));
        for (const [at, part] of parts.entries()) {
          expect(part).toBeGreaterThanOrEqual(0);
          if (whole > 0) expect(Math.abs(part - (amount * (shares[at] ?? 0)) / whole)).toBeLessThanOrEqual(0.011);
        }
      }),
    );
  });
});

describe("costs by team", () => {
  it("add up to the total with what nobody has and what all share", () => {
    fc.assert(
      fc.property(teams, pools, costs, usd, (sharing, shared, byPool, rest) => {
        const total = {
          idleUsdPerMonth: sumUsd([rest, ...byPool.map((it) => it.idleUsdPerMonth)]),
          fullUsdPerMonth: sumUsd([rest, ...byPool.map((it) => it.fullUsdPerMonth)]),
        };
        const found = teamCosts(sharing, shared, byPool, total);
        for (const of of ["idleUsdPerMonth", "fullUsdPerMonth"] as const) {
          const parts = [
            ...(found?.teams ?? []),
            ...(found?.unassigned ?? []),
            ...(found?.shared == null ? [] : [found.shared]),
          ];
          expect(cents(sumUsd(parts.map((it) => it[of])))).toBe(cents(total[of]));
          expect(parts.filter((it) => it[of] < 0)).toEqual([]);
        }
      }),
    );
  });

  it("follow the GPUs that teams are guaranteed, with their budgets beside", () => {
    const pool = { key: "h100", nodePools: ["h1"], maxNodes: 4, gpusPerNode: 8 };
    const byPool = [
      { name: "h1", idleUsdPerMonth: 0, fullUsdPerMonth: 320 },
      { name: "other", idleUsdPerMonth: 5, fullUsdPerMonth: 5 },
    ];
    const sharing = [
      { namespace: "train-a", pool: "h100", gpus: 16, budgetUsdPerMonth: 100 },
      { namespace: "train-b", pool: "h100", gpus: 8 },
    ];
    const found = teamCosts(sharing, [pool], byPool, { idleUsdPerMonth: 10, fullUsdPerMonth: 350 });
    expect(found).toEqual({
      teams: [
        {
          ...{ namespace: "train-a", pool: "h100", gpus: 16, budgetUsdPerMonth: 100 },
          ...{ idleUsdPerMonth: 0, fullUsdPerMonth: 160 },
        },
        {
          ...{ namespace: "train-b", pool: "h100", gpus: 8, budgetUsdPerMonth: null },
          ...{ idleUsdPerMonth: 0, fullUsdPerMonth: 80 },
        },
      ],
      unassigned: [{ pool: "h100", gpus: 8, idleUsdPerMonth: 0, fullUsdPerMonth: 80 }],
      shared: { idleUsdPerMonth: 10, fullUsdPerMonth: 30 },
    });
    expect(teamCosts(sharing, [pool], byPool, null)?.shared).toBeNull();
    expect(teamCosts([], [pool], byPool, null)).toBeNull();
  });
});

describe.each(shippedStackNames)("the cost of %s", (stack) => {
  it("is the sum of its lines, of its kinds and of what teams and others have", async () => {
    const { cost } = (await shippedPreview(stack)).summary;
    for (const of of ["idleUsdPerMonth", "fullUsdPerMonth"] as const) {
      const sum = (all: readonly MonthlyCost[]): number => sumUsd(all.map((it) => it[of]));
      expect(sum(cost.lines)).toBe(cost[of]);
      expect(sum(cost.byKind)).toBe(cost[of]);
      expect(sum(cost.byPool)).toBe(sum(cost.lines.filter((it) => it.pool !== null)));
      if (cost.byTeam?.shared == null) continue;
      expect(sum([...cost.byTeam.teams, ...cost.byTeam.unassigned, cost.byTeam.shared])).toBe(cost[of]);
    }
    expect(cost.idleUsdPerMonth).toBeLessThanOrEqual(cost.fullUsdPerMonth);
  });
});

const disk = (diskSizeGB: number): Billable => ({
  type: "azure-native:compute:Disk",
  name: "d",
  inputs: { diskName: "d", location: "eastus", diskSizeGB, sku: { name: "Premium_LRS" } },
});
const costOf = (resources: readonly Billable[], expected = {}): Cost =>
  summarise(
    resources.map((it) => ({ name: "it", ...it })),
    "eastus",
    expected,
  ).cost;

describe("what a person reads of the bill", () => {
  it("is one line of costs where idle and full are the same, and none of pools, teams and use that there are none of", () => {
    expect(costLines(costOf([disk(100)]), {})).toEqual([
      "  full  0.03 USD an hour, 20 USD a month: disks 20",
      expect.stringMatching(/^ {2}List prices in USD a month of 730 hours, the oldest of \d{4}-\d\d-\d\d\.$/),
      expect.stringMatching(/^ {2}Not priced: traffic \(/),
      "  no price of eastus is recorded for what is priced as in northeurope (Premium SSD up to 128 GiB (P10 LRS))",
    ]);
  });

  it("has no kinds where nothing bills, and no part of a pool that is all given away", () => {
    expect(costLines(costOf([]), {})[0]).toBe("  full  0.00 USD an hour, 0 USD a month");
    const team = {
      namespace: "train-a",
      pool: "h",
      gpus: 8,
      budgetUsdPerMonth: 50,
      idleUsdPerMonth: 0,
      fullUsdPerMonth: 40,
    };
    const rest = { pool: "h", gpus: 0, idleUsdPerMonth: 0, fullUsdPerMonth: 0 };
    const byTeam = { teams: [team], unassigned: [rest], shared: { idleUsdPerMonth: 1, fullUsdPerMonth: 2 } };
    expect(costLines({ ...costOf([]), byTeam }, {})).toContain(
      "  Of the full month: train-a 40 of a budget of 50, shared 2",
    );
  });

  const nodes = (agentPoolName: string, least: number): Billable => ({
    type: "azure-native:containerservice:AgentPool",
    name: agentPoolName,
    inputs: {
      ...{ agentPoolName, vmSize: "Standard_D8ds_v5", osDiskType: "Ephemeral", location: "eastus" },
      ...{ enableAutoScaling: true, minCount: least, maxCount: 4 },
    },
  });

  it("has the month of each pool and the part of it that bills idle, the dearest first, and many as one", () => {
    const named = (names: readonly string[]): string | undefined =>
      costLines(costOf([...names.map((name) => nodes(name, 1)), disk(100)]), {}).find((it) => it.includes("by pool"));
    expect(named(["a", "b"])).toBe(
      "  Of the full month by pool, with the part that bills idle: a 1,320 (25 %), b 1,320 (25 %), beside the pools 20 (100 %)",
    );
    const many = named(Array.from({ length: 15 }, (_, at) => `p${at}`));
    expect(many).toContain(", p11 1,320 (25 %), 3 more pools 3,960 (25 %), beside the pools 20 (100 %)");
    expect(costLines(costOf([nodes("a", 1)]), {})[0]).toMatch(/^ {2}idle .*, 25 % of full$/);
  });

  it("names the ways to buy nodes that have no price in the region", () => {
    const { unpriced } = costOf([nodes("a", 1)]);
    expect(unpriced.map(({ what, because }) => `${what}: ${because}`)).toEqual([
      "nodes as spot: no sourced price of eastus: D8ds_v5",
      "nodes reserved for a year: no sourced price of eastus: D8ds_v5",
      "nodes reserved for three years: no sourced price of eastus: D8ds_v5",
      expect.stringMatching(/^traffic/),
      expect.stringMatching(/^disks/),
    ]);
  });

  it("counts all of an expected use by the dearest of several meters, and says so", () => {
    const account = (name: string, sku: string): Billable => ({
      type: "azure-native:storage:StorageAccount",
      name,
      inputs: { accountName: name, location: "francecentral", sku: { name: sku } },
    });
    const { lines, notes } = costOf([account("a", "Standard_LRS"), account("b", "Standard_GRS")], {
      coolBlobTiB: 1,
      archiveBlobTiB: 1,
    });
    expect(lines.map(({ what, fullUsdPerMonth }) => [what, fullUsdPerMonth])).toEqual([
      ["cool blobs GRS", 21.5],
      ["archive blobs GRS", 4.96],
    ]);
    expect(notes.filter((it) => it.startsWith("expectedUse"))).toEqual([
      "expectedUse.coolBlobTiB: all of it is counted as cool blobs GRS (0.021 a GB and month), the dearest beside cool blobs LRS (0.0105 a GB and month)",
      "expectedUse.archiveBlobTiB: all of it is counted as archive blobs GRS (0.00484 a GB and month), the dearest beside archive blobs LRS (0.0018 a GB and month)",
    ]);
    expect(costOf([account("a", "Standard_LRS")], { coolBlobTiB: 1 }).notes.join()).not.toContain("expectedUse");
  });

  it("has prices of use, and amounts in place of them once they are expected", () => {
    const gateway = { type: "azure-native:network:NatGateway", name: "g", inputs: { location: "eastus" } };
    expect(costLines(costOf([gateway]), {})).toContain("  By use, in USD: traffic of the NAT gateway 0.045 a GB");
    const expected = costLines(costOf([gateway], { natGB: 1000 }), { natGB: 1000 });
    expect(expected[0]).toBe("  full  0.11 USD an hour, 78 USD a month: network 78");
    expect(expected.filter((it) => /By use|as expected/.test(it))).toEqual([
      "  With 1,000 GB a month through the NAT gateway (traffic of the NAT gateway), as expected.",
    ]);
  });
});

describe("a budget and the use that somebody expects", () => {
  const environment = (amount?: number, expectedUse: Environment["expectedUse"] = {}) => ({
    ...{ stack: "lab", expectedUse, teams: [], ceilingUsdPerMonth: null },
    budget: amount === undefined ? null : ({ budget: { amount } } as Environment["budget"]),
  });
  const cost = costOf([disk(100)]);

  it("are refused when they contradict the bill", () => {
    expect(
      problemsOf(() => {
        checkCost(environment(19), cost);
      }),
    ).toEqual([
      "environment.budget.usdPerMonth: must be at least the 19.71 USD that a month costs with the fewest nodes; got 19. Use 20 or more, or declare fewer nodes that always run",
    ]);
    expect(
      problemsOf(() => {
        checkCost(environment(20, { natGB: 5 }), cost);
      }),
    ).toEqual([
      "environment.expectedUse.natGB: must be of something that bills by it: nothing here does. Leave it out",
    ]);
    for (const amount of [20, undefined]) {
      expect(() => {
        checkCost(environment(amount), cost);
      }).not.toThrow();
    }
  });

  const vision = { kind: "training", team: "vision", pool: "h", gpus: 8, budgetUsdPerMonth: 10 } as unknown;
  const withTeam = { ...environment(), teams: [vision] as Environment["teams"] };
  const withMonth = (idleUsdPerMonth: number): Cost => {
    const team = { namespace: "train-vision", pool: "h", gpus: 8, budgetUsdPerMonth: 10, fullUsdPerMonth: 40 };
    return { ...cost, byTeam: { teams: [{ ...team, idleUsdPerMonth }], unassigned: [], shared: null } };
  };

  it("are refused of a team, too, in the section that it stands in", () => {
    expect(
      problemsOf(() => {
        checkCost(withTeam, withMonth(10.5));
      }),
    ).toEqual([
      "trainingTeams.vision.budgetUsdPerMonth: must be at least the 10.50 USD that a month of its 8 GPUs costs with the fewest nodes; got 10. Use 11 or more, or declare fewer nodes that always run",
    ]);
    for (const it of [withMonth(10), withMonth(0), cost]) {
      expect(() => {
        checkCost(withTeam, it);
      }).not.toThrow();
    }
  });

  it.each<[string, Parameters<typeof costNotes>[0], string[]]>([
    [
      "a budget above the ceiling",
      { ...environment(1000), ceilingUsdPerMonth: 500 },
      [
        "environment.budget.usdPerMonth: USD 1,000.00 is more than environment.ceilingUsdPerMonth, 500.00, so it is never reached",
      ],
    ],
    [
      "a budget of a team above both",
      { ...environment(9), teams: withTeam.teams, ceilingUsdPerMonth: 9 },
      [
        "trainingTeams.vision.budgetUsdPerMonth: USD 10.00 is more than environment.budget.usdPerMonth, 9.00, so it is never reached",
        "trainingTeams.vision.budgetUsdPerMonth: USD 10.00 is more than environment.ceilingUsdPerMonth, 9.00, so it is never reached",
      ],
    ],
    ["no bound but one", withTeam, []],
    ["bounds that are the same", { ...environment(10), teams: withTeam.teams, ceilingUsdPerMonth: 10 }, []],
  ])("are told of %s", (_, bounds, notes) => {
    expect(costNotes(bounds, { ...cost, fullUsdPerMonth: 0 }, "2026-12-01")).toEqual(notes);
  });

  it("say what a ceiling does not count, and nothing of what no resource is charged for", () => {
    const registry = { type: "azure-native:containerregistry:Registry", name: "r", inputs: { sku: { name: "Basic" } } };
    const bounds = { ...environment(), ceilingUsdPerMonth: 500 };
    expect(costNotes(bounds, costOf([registry]), "2026-12-01")).toContain(
      "environment.ceilingUsdPerMonth: what has no price here is not counted: images beyond what the registry includes",
    );
    expect(costNotes(bounds, cost, "2026-12-01")).toEqual([]);
    expect(costNotes(environment(), costOf([registry]), "2026-12-01").join()).not.toContain("ceiling");
  });

  it("warn when full pools break a budget, and of prices that are older than a year", () => {
    const full = { ...cost, fullUsdPerMonth: 100 };
    expect(costNotes(environment(50), full, "2026-12-01")).toEqual([
      "environment.budget: USD 50.00 a month is less than the 100.00 of full pools: Azure tells its contacts, and stops nothing",
    ]);
    expect(costNotes(environment(100), full, "2026-12-01")).toEqual([]);
    expect(costNotes(environment(), cost, "2029-01-01")).toEqual([
      expect.stringMatching(
        /^prices: Premium SSD up to 128 GiB \(P10 LRS\) \(\d{4}-\d\d-\d\d\) are older than a year; npm run prices reads them again$/,
      ),
    ]);
  });
});
