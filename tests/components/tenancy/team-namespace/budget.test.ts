import { describe, expect, it } from "vitest";
import { findVmSize } from "../../../../catalog/vm-sizes";
import { budgetNotes } from "../../../../components/tenancy/team-namespace/budget";
import { planTeamNamespace } from "../../../../components/tenancy/team-namespace/plan";
import { h100Pool, vision } from "../teams";

const price = findVmSize(h100Pool.size, undefined)?.price;
/** Two nodes of eight GPUs, around the clock. */
const full = Math.round(2 * (price?.usdPerHour ?? 0) * 730);
const share = { gpus: 16, borrow: 0 };

describe("budgetNotes", () => {
  it("says nothing without a budget, nor of one that the share cannot break", () => {
    expect(budgetNotes("train-a", share, h100Pool)).toEqual([]);
    expect(budgetNotes("train-a", { ...share, budgetUsdPerMonth: full }, h100Pool)).toEqual([]);
  });

  it("says both figures of one that it can, with what may be borrowed", () => {
    const at = `at the list price of ${price?.asOf ?? ""}; nothing stops it there`;
    expect(budgetNotes("train-a", { ...share, budgetUsdPerMonth: full - 1 }, h100Pool)).toEqual([
      `train-a: can go over its budgetUsdPerMonth: USD ${full - 1}. Its 16 GPUs of pool h100 cost USD ${full} in a month of full use, ${at}`,
    ]);
    expect(budgetNotes("train-a", { gpus: 8, borrow: 8, budgetUsdPerMonth: 1 }, h100Pool)).toEqual([
      `train-a: can go over its budgetUsdPerMonth: USD 1. Its 8 GPUs, and 8 that it may borrow, of pool h100 cost USD ${full} in a month of full use, ${at}`,
    ]);
  });

  it("says where nobody can tell", () => {
    expect(
      budgetNotes("train-a", { ...share, budgetUsdPerMonth: 1 }, { ...h100Pool, size: "Standard_Unknown" }),
    ).toEqual([
      "train-a: whether it stays below its budgetUsdPerMonth: USD 1 cannot be told, no list price of Standard_Unknown is known",
    ]);
  });

  it("stands on the namespace with the budget, where the preview finds it", () => {
    const { annotations } = planTeamNamespace("team", { ...vision, budgetUsdPerMonth: 5 }, { pool: h100Pool }).namespace
      .metadata;
    expect(annotations).toMatchObject({
      "azure-gpu-cluster/budget-usd-per-month": "5",
      "azure-gpu-cluster/notes": expect.stringContaining("USD 5. ") as string,
    });
  });
});
