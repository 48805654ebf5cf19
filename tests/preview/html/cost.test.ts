import { describe, expect, it } from "vitest";
import { costView } from "../../../preview/html/cost";
import { siteOf } from "../../../preview/html/site";
import { shippedPreview } from "../../shipped-previews";
import type { ShippedStack } from "../../stack-files";
import { cellsOf } from "./parsed";

/** Rows of the tables of the section, by caption: cells by the heads of their columns. */
async function tables(stack: ShippedStack): Promise<ReadonlyMap<string, readonly Readonly<Record<string, string>>[]>> {
  const shown = await shippedPreview(stack);
  return cellsOf(costView(shown, siteOf(shown)).section.toString());
}

const usd = (text = ""): number => Number(text.replaceAll(",", ""));

describe("cost", () => {
  it.each(["dev", "prod-workloads"] as const)(
    "of the teams of %s is what their pools cost, to the cent",
    async (stack) => {
      const all = await tables(stack);
      const teams = [...all].find(([caption]) => caption.startsWith("By team"))?.[1] ?? [];
      const pools = all.get("By pool") ?? [];
      const keys = new Set(teams.flatMap((it) => (it["Pool"] === "" ? [] : (it["Pool"] ?? []))));
      expect(keys.size).toBeGreaterThan(0);
      for (const key of keys) {
        const own = teams.filter((it) => it["Pool"] === key).reduce((sum, it) => sum + usd(it["Full, USD/h"]), 0);
        // The domains of a pool have its key and a number.
        const whole = pools
          .filter((it) => new RegExp(`^${key}(d\\d+)?$`).test(it["Pool"] ?? ""))
          .reduce((sum, it) => sum + usd(it["Full, USD/h"]), 0);
        expect(own).toBeCloseTo(whole, 1);
        expect(whole).toBeGreaterThan(0);
      }
    },
  );

  it("of teams, of what nobody has and of what all share adds up to all", async () => {
    const all = await tables("dev");
    const [, teams = []] = [...all].find(([caption]) => caption.startsWith("By team")) ?? [];
    const together = all.get("By kind")?.at(-1)?.["Full, USD/h"];
    expect(teams.reduce((sum, it) => sum + usd(it["Full, USD/h"]), 0)).toBeCloseTo(usd(together), 1);
  });

  it("of pools and of kinds adds up to the same", async () => {
    const all = await tables("dev");
    for (const caption of ["By pool", "By kind"]) {
      const rows = all.get(caption) ?? [];
      const [total, ...parts] = [...rows].reverse();
      expect(parts.reduce((sum, it) => sum + usd(it["Full, USD/h"]), 0)).toBeCloseTo(usd(total?.["Full, USD/h"]), 1);
    }
  });

  it("says at the top what it does not count", async () => {
    const shown = await shippedPreview("dev");
    const site = siteOf(shown);
    expect(costView(shown, site).figures).toEqual([
      { name: "Costs idle", value: "198.64 USD/h", more: "145,004 USD a month" },
      { name: "Costs in full use", value: "598.92 USD/h", more: "437,210 USD a month; 33 % of it idle, too" },
    ]);
    const { summary } = site.made;
    const nodeGroups = summary.nodeGroups.map((it) =>
      it.name === "a10" ? { ...it, idleUsdPerHour: null, fullUsdPerHour: null } : it,
    );
    const unpriced = { ...site, made: { ...site.made, summary: { ...summary, nodeGroups } } };
    expect(costView(shown, unpriced).figures[0]?.more).toBe("145,004 USD a month; without 1 pool of unknown price");
  });
});
