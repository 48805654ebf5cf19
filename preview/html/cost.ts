import { hoursPerMonth } from "../../catalog/hours-per-month";
import { countText } from "../count-text";
import { dollars } from "../dollars";
import { numberText } from "../number-text";
import type { Preview } from "../preview";
import type { Cost, MonthlyCost } from "../summary/cost";
import { bar } from "./bar";
import { html, type Markup } from "./markup";
import { percentText } from "../percent-text";
import type { Site } from "./site";
import { type Row, table } from "./table";

/** What an environment costs: two figures for the top of the page, and the section. All that reads costs is in this file. */
export interface CostView {
  /** Idle and full, with what there is to say of each. */
  readonly figures: readonly { readonly name: string; readonly value: string; readonly more: string }[];
  readonly section: Markup;
}

/** Puts the cost of a plan into words and tables. What teams cost is known to the stack that has the teams. */
export function costView({ summary }: Preview, { made }: Site): CostView {
  const { cost, nodeGroups } = made.summary;
  const figure = (name: string, hour: number, usdPerMonth: number): CostView["figures"][number] => ({
    name,
    value: `${dollars(hour)} USD/h`,
    more: `${month(usdPerMonth)} USD a month`,
  });
  const idle = figure("Costs idle", cost.idleUsdPerHour, cost.idleUsdPerMonth);
  const full = figure("Costs in full use", cost.fullUsdPerHour, cost.fullUsdPerMonth);
  const unpriced = nodeGroups.filter((it) => it.fullUsdPerHour === null).length;
  const left = unpriced === 0 ? "" : `; without ${countText(unpriced, "pool")} of unknown price`;
  const idleShare = cost.idleShare ?? 0;
  return {
    figures: [
      { ...idle, more: `${idle.more}${left}` },
      { ...full, more: `${full.more}; ${percentText(idleShare)} of it idle, too${left}` },
    ],
    section: html`<p>
        Idle is with as few nodes as there can be, full with as many. ${percentText(idleShare)} of the full price is
        paid while nothing runs.
      </p>
      ${bar(idleShare)} ${byPool(cost)} ${byKind(cost)} ${byTeam(summary.cost.byTeam ?? cost.byTeam, cost)}
      ${boughtOtherwise(cost)} ${byUse(cost)}
      <ul class="small">
        ${basis(cost, unpriced).map((it) => html`<li>${it}</li> `)}
      </ul>`,
  };
}

const amounts = {
  "Idle, USD/h": "number",
  "Full, USD/h": "number",
  "Full, USD a month": "number",
  "Of all": "number",
  Share: "bar",
} as const;

function month(usd: number): string {
  return numberText(Math.round(usd));
}

/** A row of each table. */
function row(name: string, { idleUsdPerMonth, fullUsdPerMonth }: MonthlyCost, all: MonthlyCost): Row {
  const share = all.fullUsdPerMonth === 0 ? 0 : fullUsdPerMonth / all.fullUsdPerMonth;
  return [
    name,
    dollars(idleUsdPerMonth / hoursPerMonth),
    dollars(fullUsdPerMonth / hoursPerMonth),
    month(fullUsdPerMonth),
    percentText(share),
    bar(share),
  ];
}

function total(cost: Cost): Row {
  return ["Together", dollars(cost.idleUsdPerHour), dollars(cost.fullUsdPerHour), month(cost.fullUsdPerMonth), "", ""];
}

function byPool(cost: Cost): Markup {
  const rest = cost.lines.filter((it) => it.pool === null);
  const beside = {
    idleUsdPerMonth: rest.reduce((sum, it) => sum + it.idleUsdPerMonth, 0),
    fullUsdPerMonth: rest.reduce((sum, it) => sum + it.fullUsdPerMonth, 0),
  };
  const rows = cost.byPool.map((it) => row(it.name, it, cost));
  return table(
    "By pool",
    { Pool: "text", ...amounts },
    rest.length === 0 ? rows : [...rows, row("beside the pools", beside, cost)],
    total(cost),
  );
}

function byKind(cost: Cost): Markup {
  const rows = cost.byKind.map((it) => row(it.kind, it, cost));
  return table("By kind", { Kind: "text", ...amounts }, rows, total(cost));
}

/** A team pays for its own GPUs in full use, borrowed ones aside: they are another's. */
function byTeam(teams: Cost["byTeam"], cost: Cost): Markup {
  if (teams === null) return html``;
  const columns = { Team: "text", Pool: "text", GPUs: "number", "Budget, USD a month": "number", ...amounts } as const;
  const line = (name: string, pool: string, gpus: string, budget: string, it: MonthlyCost): Row => [
    name,
    pool,
    gpus,
    budget,
    ...row(name, it, cost).slice(1),
  ];
  return table("By team: its own GPUs of the price of their pool", columns, [
    ...teams.teams.map((it) =>
      line(
        it.namespace,
        it.pool,
        numberText(it.gpus),
        it.budgetUsdPerMonth === null ? "" : numberText(it.budgetUsdPerMonth),
        it,
      ),
    ),
    ...teams.unassigned
      .filter((it) => it.gpus > 0)
      .map((it) => line(`nobody's, of ${it.pool}`, it.pool, numberText(it.gpus), "", it)),
    ...(teams.shared === null ? [] : [line("shared by all", "", "", "", teams.shared)]),
  ]);
}

/** What the nodes of a pool would cost when they are bought otherwise, where somebody has recorded the price. */
function boughtOtherwise(cost: Cost): Markup {
  const priced = cost.byPool.filter(({ nodesBoughtAs }) => Object.values(nodesBoughtAs).some((it) => it !== null));
  if (priced.length === 0) return html``;
  const usd = (amount: number | null): string => (amount === null ? "no price" : month(amount));
  return table(
    "All nodes of a pool, always on, in USD a month",
    { Pool: "text", Spot: "number", "Reserved for a year": "number", "Reserved for three years": "number" },
    priced.map(({ name, nodesBoughtAs: { spot, reserved1Year, reserved3Years } }) => [
      name,
      usd(spot),
      usd(reserved1Year),
      usd(reserved3Years),
    ]),
  );
}

function byUse(cost: Cost): Markup {
  if (cost.byUse.length === 0) return html``;
  return table(
    "By use: in no sum unless its use is expected",
    { What: "text", USD: "number", "For a": "text", "List price of": "text" },
    cost.byUse.map(({ what, unit, price }) => [what, String(price.usd), unit, price.asOf]),
  );
}

function basis({ asOf, unpriced, notes }: Cost, unknown: number): string[] {
  return [
    `List prices in USD, a month of 730 hours${asOf === null ? "" : `, the oldest of ${asOf}`}.`,
    ...(unpriced.length === 0
      ? []
      : [`Not priced: ${unpriced.map(({ what, because }) => `${what} (${because})`).join("; ")}.`]),
    ...notes,
    ...(unknown > 0 ? ["Pools without a price are left out of the sums."] : []),
  ];
}
