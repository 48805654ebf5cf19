import { describe, expect, it } from "vitest";
import { output } from "@pulumi/pulumi";
import { EnvironmentBudget } from "../../../components/foundation/environment-budget/environment-budget";
import { planEnvironmentBudget } from "../../../components/foundation/environment-budget/plan";
import { only, place, problemsOf, recorded, refused, scope, tree } from "../../recorded";

const shape = { usdPerMonth: 5000, contacts: ["ml@example.com"] };
const groupResourceId = "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/rg-test";
const type = "azure-native:consumption:Budget";

describe("EnvironmentBudget", () => {
  it("counts both groups of an environment, at the subscription, from the month of the first up", async () => {
    const plan = await recorded(() => {
      const budget = { scope, plan: planEnvironmentBudget("env", shape, place) };
      new EnvironmentBudget("env", {
        ...budget,
        groupResourceId: output(groupResourceId),
        nodeResourceGroupName: "rg-nodes",
      });
    });
    expect(tree(plan)).toEqual(["EnvironmentBudget env", "Budget env < EnvironmentBudget env"]);
    const { inputs, options } = only(plan, type);
    expect(inputs).toMatchObject({
      budgetName: "budget-gpu-dev-eastus",
      amount: 5000,
      category: "Cost",
      timeGrain: "Monthly",
      scope: "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11",
      filter: {
        dimensions: { name: "ResourceGroupName", operator: "In", values: [scope.resourceGroupName, "rg-nodes"] },
      },
      timePeriod: { startDate: "2026-11-01T00:00:00Z" },
    });
    expect(options).toEqual({ ignoreChanges: ["timePeriod"] });
  });

  it("counts one group where there is no cluster", async () => {
    const plan = await recorded(() => new EnvironmentBudget("env", { scope, ...shape, groupResourceId }));
    expect(only(plan, type).inputs["filter"]).toMatchObject({ dimensions: { values: [scope.resourceGroupName] } });
  });

  it("tells at parts of what is spent, and when the month is expected to go over", () => {
    const { notifications } = planEnvironmentBudget("env", { ...shape, tellAtPercent: [90] }, place).budget;
    const tell = { enabled: true, operator: "GreaterThanOrEqualTo", contactEmails: shape.contacts };
    expect(notifications).toEqual({
      actual90: { ...tell, threshold: 90, thresholdType: "Actual" },
      forecast100: { ...tell, threshold: 100, thresholdType: "Forecasted" },
    });
    expect(Object.keys(planEnvironmentBudget("env", shape, place).budget.notifications ?? {})).toEqual([
      "actual50",
      "actual80",
      "actual100",
      "forecast100",
    ]);
  });

  it.each<[string, object, RegExp]>([
    ["an amount of nothing", { usdPerMonth: 0 }, /^usdPerMonth: must be a whole number of USD from 1/],
    ["nobody to tell", { contacts: [] }, /^contacts: must name at least one address/],
    ["no address", { contacts: ["ml"] }, /^contacts\[0\]: must be an e-mail address/],
    ["an address twice", { contacts: ["a@b.co", "a@b.co"] }, /^contacts: must name each address once/],
    ["more parts than Azure takes", { tellAtPercent: [1, 2, 3, 4, 5] }, /^tellAtPercent: must name at most four parts/],
    ["a part twice", { tellAtPercent: [50, 50] }, /^tellAtPercent: must name each part once/],
    ["a word that it does not know", { usd: 5 }, /usd/],
  ])("refuses %s", (_, change, message) => {
    expect(problemsOf(() => planEnvironmentBudget("env", { ...shape, ...change }, place))).toEqual([
      expect.stringMatching(message),
    ]);
  });

  it.each<[string, object, string[]]>([
    [
      "no whole part, and one twice",
      { tellAtPercent: [0.5, 50, 50] },
      [
        "tellAtPercent[0]: must be a whole number; got 0.5 (number). Use 1",
        "tellAtPercent: must name each value once; got [0.5,50,50]. Leave one of the two out",
      ],
    ],
    [
      "parts that are too small, too large and there twice",
      { tellAtPercent: [0, 1500, 50, 50] },
      [
        "tellAtPercent[0]: must be at least 1 per cent; got 0. Use 1 or more",
        "tellAtPercent[1]: must be at most 1000 per cent; got 1500. Use 1000 or less",
        "tellAtPercent: must name each part once; got [0,1500,50,50]. Leave one of the two out",
      ],
    ],
    [
      "no address, and another twice",
      { contacts: ["ml", "a@b.co", "a@b.co"] },
      [
        'contacts[0]: must be an e-mail address; got "ml". For example someone@example.com',
        'contacts: must name each address once; got ["ml","a@b.co","a@b.co"]. Leave one of the two out',
      ],
    ],
  ])("tells at once of %s", (_, change, problems) => {
    expect(problemsOf(() => planEnvironmentBudget("env", { ...shape, ...change }, place))).toEqual(problems);
  });

  it("refuses a second one of its name before anything is registered", async () => {
    const { problems, made } = await refused(() => {
      new EnvironmentBudget("env", { scope, ...shape, usdPerMonth: 0, groupResourceId });
    });
    expect([problems.length, made]).toEqual([1, []]);
    await recorded(() => {
      new EnvironmentBudget("env", { scope, ...shape, groupResourceId });
      expect(problemsOf(() => new EnvironmentBudget("env", { scope, ...shape, groupResourceId }))).toEqual([
        expect.stringContaining("must be one that no other of this kind has"),
      ]);
    });
  });
});
