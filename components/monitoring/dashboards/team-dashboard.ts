import { budgetQuota } from "../../../catalog/budget-quota";
import { records } from "../managed-prometheus/records";
import { type Dashboard, month, of, panel } from "./panel";

const mine = 'namespace="$namespace"';

/** What a team asks for. Of other teams it shows nothing, and hides nothing: who may read the metrics may read them all. */
export const teamDashboard: Dashboard = {
  key: "team",
  title: "Team",
  description: "GPUs, jobs, cost, volumes and models of one team",
  ofOneTeam: true,
  rows: [
    {
      title: "Now",
      panels: [
        panel("stat", "GPUs", "That the team has.", "short", 6, [[of("namespace:gpus_allocated:sum", mine), "GPUs"]]),
        panel(
          "stat",
          "GPUs that do nothing",
          "Less than 5 percent of the time in 15 minutes.",
          "short",
          6,
          [[`sum(${of("namespace:gpus_idle:sum", mine)}) or vector(0)`, "idle"]],
          [1, 8],
        ),
        panel("stat", "List price an hour", "Of the GPUs that it has.", "currencyUSD", 6, [
          [of("namespace:cost_usd_per_hour:sum", mine), "USD/h"],
        ]),
        panel("stat", "Power", "Of its GPUs.", "watt", 6, [[of("namespace:gpu_power_watts:sum", mine), "power"]]),
      ],
    },
    {
      title: "Jobs",
      panels: [
        panel("table", "Jobs with GPUs", "GPUs of each.", "short", 8, [
          [of("namespace_workload:gpus_allocated:sum", mine), "GPUs"],
        ]),
        panel("timeseries", "GPUs, by job", "That each has.", "short", 8, [
          [of("namespace_workload:gpus_allocated:sum", mine), "{{workload}}"],
        ]),
        panel("timeseries", "Idle GPUs, by job", "They cost like those that work.", "short", 8, [
          [of("namespace_workload:gpus_idle:sum", mine), "{{workload}}"],
        ]),
        panel("timeseries", "Power, by job", "A job that stands still falls to the power of idle GPUs.", "watt", 8, [
          [of("namespace_workload:gpu_power_watts:sum", mine), "{{workload}}"],
        ]),
        panel("timeseries", "Time with work", "Of all GPUs of the team.", "percentunit", 8, [
          [of("namespace:gpu_activity:avg", mine), "active"],
        ]),
        panel("timeseries", "JobSets that failed within an hour", "Read their logs: npm run job -- logs.", "short", 8, [
          [of(records.jobsFailed, mine), "failed"],
        ]),
      ],
    },
    {
      title: "30 days",
      panels: [
        panel("stat", "USD", "At list prices.", "currencyUSD", 6, [[month("namespace:cost_usd:sum1h", mine), "USD"]]),
        panel("stat", "Budget", "Of a month, where the team has one.", "currencyUSD", 6, [
          [of("kube_resourcequota", `${mine}, resource="${budgetQuota}", type="hard"`), "USD"],
        ]),
        panel("stat", "GPU-hours", "That the team had.", "short", 6, [
          [month("namespace:gpu_hours:sum1h", mine), "hours"],
        ]),
        panel("stat", "Energy", "What its GPUs counted.", "kwatth", 6, [
          [month("namespace:gpu_energy_kwh:increase1h", mine), "kWh"],
        ]),
        panel("bargauge", "USD, by job", "At list prices.", "currencyUSD", 24, [
          [`topk(15, ${month("namespace_workload:cost_usd:sum1h", mine)})`, "{{workload}}"],
        ]),
      ],
    },
    {
      title: "Volumes and models",
      panels: [
        panel(
          "bargauge",
          "Free, by volume",
          "What is written to a full one is lost.",
          "percentunit",
          8,
          [[of(records.volumeFree, mine), "{{persistentvolumeclaim}}"]],
          [0.2, 0.1],
        ),
        panel("timeseries", "Requests to its models", "By route.", "reqps", 8, [
          [of(records.requests, 'route=~"$namespace/.+"'), "{{route}}"],
        ]),
        panel("timeseries", "Requests to its models that fail", "The part of all.", "percentunit", 8, [
          [of(records.failedRequests, 'route=~"$namespace/.+"'), "{{route}}"],
        ]),
      ],
    },
  ],
};
