import { budgetQuota } from "../../../catalog/budget-quota";
import { countedHours, type Dashboard, hourly, month, of, panel } from "./panel";

/** What each team may cost in a month. */
const budget = `max by (namespace) (${of("kube_resourcequota", `resource="${budgetQuota}", type="hard"`)})`;

/** Cost and energy of teams, cost centers and jobs. */
export const costDashboard: Dashboard = {
  key: "cost",
  title: "Cost and energy",
  description: "GPU-hours, USD at list prices and kWh of teams, cost centers and jobs",
  ofOneTeam: false,
  rows: [
    {
      title: "Now",
      panels: [
        panel(
          "stat",
          "List price an hour",
          "Of the GPUs that somebody has. Reservations, Spot and discounts are not in it.",
          "currencyUSD",
          12,
          [[`sum(${of("namespace:cost_usd_per_hour:sum")})`, "USD/h"]],
        ),
        panel("stat", "Power of GPUs in use", "Hosts, network and cooling come on top.", "watt", 12, [
          [`sum(${of("namespace:gpu_power_watts:sum")})`, "power"],
        ]),
        panel("timeseries", "List price an hour, by team", "Of the GPUs that a team has.", "currencyUSD", 12, [
          [of("namespace:cost_usd_per_hour:sum"), "{{namespace}}"],
        ]),
        panel("timeseries", "Energy of each hour, by team", "One number an hour.", "kwatth", 12, [
          [hourly("namespace:gpu_energy_kwh:increase1h"), "{{namespace}}"],
        ]),
      ],
    },
    {
      title: "The last 30 days",
      panels: [
        panel("stat", "USD", "At list prices, of the hours that were counted.", "currencyUSD", 8, [
          [`sum(${month("namespace:cost_usd:sum1h")})`, "USD"],
        ]),
        panel("stat", "Energy", "What the GPUs counted in those hours.", "kwatth", 8, [
          [`sum(${month("namespace:gpu_energy_kwh:increase1h")})`, "kWh"],
        ]),
        panel(
          "stat",
          "Hours that were counted",
          "Of 720. Fewer: the metrics are younger than 30 days, or nobody had GPUs in the others.",
          "short",
          8,
          [[`max(${countedHours("namespace:cost_usd:sum1h")})`, "hours"]],
        ),
        panel("bargauge", "USD, by team", "At list prices.", "currencyUSD", 8, [
          [`sort_desc(${month("namespace:cost_usd:sum1h")})`, "{{namespace}}"],
        ]),
        panel("bargauge", "USD, by cost center", "Of teams whose namespace says who pays.", "currencyUSD", 8, [
          [`sort_desc(${month("cost_center:cost_usd:sum1h")})`, "{{cost_center}}"],
        ]),
        panel(
          "bargauge",
          "Part of the budget that is used",
          "Of teams that have one.",
          "percentunit",
          8,
          [[`sort_desc(${month("namespace:cost_usd:sum1h")} / on (namespace) ${budget})`, "{{namespace}}"]],
          [0.8, 1],
        ),
        panel("bargauge", "GPU-hours, by team", "That a team had, used or not.", "short", 8, [
          [`sort_desc(${month("namespace:gpu_hours:sum1h")})`, "{{namespace}}"],
        ]),
        panel("bargauge", "Idle GPU-hours, by team", "That a team had and did not use.", "short", 8, [
          [`sort_desc(${month("namespace:gpu_idle_hours:sum1h")})`, "{{namespace}}"],
        ]),
        panel("bargauge", "kWh, by team", "What the GPUs counted.", "kwatth", 8, [
          [`sort_desc(${month("namespace:gpu_energy_kwh:increase1h")})`, "{{namespace}}"],
        ]),
        panel("table", "The twenty dearest jobs", "USD at list prices, within 30 days.", "currencyUSD", 24, [
          [`topk(20, ${month("namespace_workload:cost_usd:sum1h")})`, "USD"],
        ]),
      ],
    },
  ],
};
