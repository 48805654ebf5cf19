import { hoursPerMonth } from "../../catalog/hours-per-month";
import { countText } from "../count-text";
import { dollars } from "../dollars";
import { numberText } from "../number-text";
import type { NodeGroupRow, Summary } from "../summary/summary";
import { bar } from "./bar";
import { html, type Markup } from "./markup";
import { percentText } from "./percent-text";
import type { Pool, Site } from "./site";
import { type Row, table } from "./table";

/** What an environment costs: two figures for the top of the page, and the section. All that reads costs is in this file. */
export interface CostView {
  /** Idle and full, with what there is to say of each. */
  readonly figures: readonly { readonly name: string; readonly value: string; readonly more: string }[];
  readonly section: Markup;
}

/** Puts the cost of a plan into words and tables. */
export function costView(site: Site): CostView {
  const { cost, nodeGroups } = site.made.summary;
  const figure = (name: string, hour: number, month: number): CostView["figures"][number] => ({
    name,
    value: `${dollars(hour)} USD/h`,
    more: `${numberText(month)} USD a month`,
  });
  const idle = figure("Costs idle", cost.idleUsdPerHour, cost.idleUsdPerMonth);
  const full = figure("Costs in full use", cost.fullUsdPerHour, cost.fullUsdPerMonth);
  const unpriced = nodeGroups.filter((it) => it.fullUsdPerHour === null).length;
  const left = unpriced === 0 ? "" : `; without ${countText(unpriced, "pool")} of unknown price`;
  const idleShare = cost.fullUsdPerHour === 0 ? 0 : cost.idleUsdPerHour / cost.fullUsdPerHour;
  return {
    figures: [
      { ...idle, more: `${idle.more}${left}` },
      { ...full, more: `${full.more}; ${percentText(idleShare)} of it idle, too${left}` },
    ],
    section: html`<p>
        Idle is with as few nodes as there can be, full with as many. ${percentText(idleShare)} of the full price is
        paid while nothing runs.
      </p>
      ${bar(idleShare)} ${byPool(nodeGroups, cost)} ${byKind(nodeGroups, cost)} ${byTeam(site)} ${besideNodes(cost)}
      <ul class="small">
        ${basis(cost, nodeGroups).map((it) => html`<li>${it}</li> `)}
      </ul>`,
  };
}

type Cost = Summary["cost"];

const amounts = {
  "Idle, USD/h": "number",
  "Full, USD/h": "number",
  "Full, USD a month": "number",
  "Of all": "number",
  Share: "bar",
} as const;

/** A row of each table: idle and full are null where no price is known. */
function row(name: string, idle: number | null, full: number | null, cost: Cost): Row {
  const share = full === null || cost.fullUsdPerHour === 0 ? 0 : full / cost.fullUsdPerHour;
  return full === null
    ? [name, "no price", "no price", "no price", "", ""]
    : [
        name,
        dollars(idle ?? 0),
        dollars(full),
        numberText(Math.round(full * hoursPerMonth)),
        percentText(share),
        bar(share),
      ];
}

function total(cost: Cost): Row {
  return [
    "Together",
    dollars(cost.idleUsdPerHour),
    dollars(cost.fullUsdPerHour),
    numberText(cost.fullUsdPerMonth),
    "",
    "",
  ];
}

function byPool(groups: readonly NodeGroupRow[], cost: Cost): Markup {
  const rows = groups.map((it) => row(it.name, it.idleUsdPerHour, it.fullUsdPerHour, cost));
  return table("By pool", { Pool: "text", ...amounts }, rows, total(cost));
}

function byKind(groups: readonly NodeGroupRow[], cost: Cost): Markup {
  const kinds = [...new Set(groups.map((it) => it.kind))];
  const rows = kinds.map((kind) => {
    const own = groups.filter((it) => it.kind === kind && it.fullUsdPerHour !== null);
    if (own.length === 0) return row(kind, null, null, cost);
    return row(
      kind,
      sum(own, (it) => it.idleUsdPerHour),
      sum(own, (it) => it.fullUsdPerHour),
      cost,
    );
  });
  return table("By kind", { Kind: "text", ...amounts }, rows, total(cost));
}

/** A team pays for its own GPUs in full use, borrowed ones aside: they are another's. */
function byTeam({ made, zoneGroups }: Site): Markup {
  const pools = zoneGroups.flatMap(({ hosts }) => hosts.flatMap((it) => it.pools)).filter((it) => it.countedGpus > 0);
  if (pools.every((it) => it.shares.length === 0)) return html``;
  const { fullUsdPerHour: all } = made.summary.cost;
  const rows = pools.flatMap((pool) => {
    const price = priceOf(pool, made.summary.nodeGroups);
    const line = (name: string, gpus: number): Row => {
      const usd = price === null ? null : (price * gpus) / pool.countedGpus;
      const share = usd === null || all === 0 ? 0 : usd / all;
      return [
        name,
        pool.key,
        numberText(gpus),
        usd === null ? "no price" : dollars(usd),
        usd === null ? "no price" : numberText(Math.round(usd * hoursPerMonth)),
        percentText(share),
        bar(share),
      ];
    };
    const rest = pool.countedGpus - pool.shares.reduce((given, it) => given + it.gpus, 0);
    return [
      ...pool.shares.map((it) => line(it.namespace, it.gpus)),
      ...(rest > 0 ? [line(`nobody's, of ${pool.key}`, rest)] : []),
    ];
  });
  return table(
    "By team, in full use: its own GPUs of the price of their pool",
    {
      Team: "text",
      Pool: "text",
      GPUs: "number",
      "Full, USD/h": "number",
      "Full, USD a month": "number",
      "Of all": "number",
      Share: "bar",
    },
    rows,
  );
}

function priceOf({ groups }: Pool, rows: readonly NodeGroupRow[]): number | null {
  const prices = groups.map((group) => rows.find((it) => it.name === group.name)?.fullUsdPerHour ?? null);
  return prices.some((it) => it === null) ? null : prices.reduce<number>((all, it) => all + (it ?? 0), 0);
}

function besideNodes({ metered }: Cost): Markup {
  if (metered.length === 0) return html``;
  return table(
    "Beside the nodes, at most",
    { What: "text", For: "text", "USD a month": "number", "List price of": "text" },
    metered.map(({ what, basis: use, notes, usdPerMonth, asOf }) => [
      what,
      [use, ...notes].join("; "),
      numberText(usdPerMonth),
      asOf,
    ]),
  );
}

function basis({ asOf, spot, unpriced, notes }: Cost, groups: readonly NodeGroupRow[]): string[] {
  const spotText =
    spot.length === 0
      ? "no sourced price"
      : spot.map((it) => `${it.name} ${dollars(it.usdPerHour)} USD an hour`).join(", ");
  return [
    `On-demand list prices of nodes${asOf === null ? "" : `, the oldest of ${asOf}`}. Spot: ${spotText}. Reserved: no sourced price.`,
    ...(unpriced.length === 0 ? [] : [`Not priced: ${unpriced.join(", ")}.`]),
    ...notes,
    ...(groups.some((it) => it.fullUsdPerHour === null) ? ["Pools without a price are left out of the sums."] : []),
  ];
}

function sum(groups: readonly NodeGroupRow[], of: (group: NodeGroupRow) => number | null): number {
  return groups.reduce((all, it) => all + (of(it) ?? 0), 0);
}
