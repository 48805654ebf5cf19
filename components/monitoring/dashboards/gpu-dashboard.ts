import { overGpus } from "../managed-prometheus/gpu-metrics";
import type { MeteredPool } from "../managed-prometheus/metered-pool";
import { records } from "../managed-prometheus/records";
import { type Dashboard, of, panel } from "./panel";

/** GPUs: use, power, and what goes wrong with them. */
export function gpuDashboard(pools: readonly MeteredPool[]): Dashboard {
  const nvidia = pools.some(({ vendor }) => vendor === "nvidia");
  return {
    key: "gpu",
    title: "GPUs",
    description: "Use, power and faults of GPUs",
    ofOneTeam: false,
    rows: [
      {
        title: "Use",
        panels: [
          panel("stat", "GPUs that somebody has", "Of all that there are.", "short", 6, [
            [`sum(${of("namespace:gpus_allocated:sum")})`, "allocated"],
          ]),
          panel(
            "stat",
            "Idle GPUs",
            "Less than 5 percent of the time in 15 minutes.",
            "short",
            6,
            [[`sum(${of("namespace:gpus_idle:sum")}) or vector(0)`, "idle"]],
            [8, 64],
          ),
          panel("stat", "Time with work", "Of the GPUs that somebody has, in the mean of teams.", "percentunit", 6, [
            [`avg(${of("namespace:gpu_activity:avg")})`, "active"],
          ]),
          panel("stat", "Power of GPUs in use", "Of the GPUs that somebody has, whether they work or not.", "watt", 6, [
            [`sum(${of("namespace:gpu_power_watts:sum")})`, "power"],
          ]),
          panel(
            "timeseries",
            "Time with work, by team",
            "Low for long: the job waits for data, for its network, or for nothing.",
            "percentunit",
            12,
            [[of("namespace:gpu_activity:avg"), "{{namespace}}"]],
          ),
          ...(nvidia
            ? [
                panel(
                  "timeseries",
                  "Tensor cores, by team",
                  "The part of cycles with work for them: training that waits shows here first.",
                  "percentunit",
                  12,
                  [[of("namespace:gpu_tensor_activity:avg"), "{{namespace}}"]],
                ),
              ]
            : []),
          panel("timeseries", "Power, by team", "Watts of the GPUs that a team has.", "watt", 12, [
            [of("namespace:gpu_power_watts:sum"), "{{namespace}}"],
          ]),
          panel("timeseries", "Idle GPUs, by team", "They cost like those that work.", "short", 12, [
            [of("namespace:gpus_idle:sum"), "{{namespace}}"],
          ]),
        ],
      },
      {
        title: "Faults",
        panels: [
          panel(
            "timeseries",
            "GPUs that nodes offer, by node",
            "A line that falls below the others: a GPU is gone.",
            "short",
            12,
            [[of(records.allocatable), "{{node}}"]],
          ),
          panel(
            "timeseries",
            "Memory errors beyond repair, by node",
            "One is enough: what ran there is lost.",
            "short",
            12,
            [[`sum by (node) (${inCluster(overGpus(pools, (it) => it.memoryErrors("[1h]")))})`, "{{node}}"]],
          ),
          ...(nvidia ? ofNvidia : []),
        ],
      },
    ],
  };
}

const ofNvidia = [
  panel(
    "timeseries",
    "Errors of the driver, by XID",
    "The last five minutes. Which mean a fault of the machine, the alerts know.",
    "short",
    12,
    [[`sum by (xid) (${of("DCGM_EXP_XID_ERRORS_COUNT")})`, "XID {{xid}}"]],
  ),
  panel(
    "timeseries",
    "Why clocks are low",
    "GPUs with each reason in the last five minutes: heat and power brakes slow a whole job down.",
    "short",
    12,
    [[`count by (clock_event) (${of("DCGM_EXP_CLOCK_EVENTS_COUNT")} > 0)`, "{{clock_event}}"]],
  ),
  panel(
    "timeseries",
    "Recoveries of NVLink an hour, by node",
    "A link that recovers again and again is going to fail.",
    "short",
    12,
    [[`sum by (node) (increase(${of("DCGM_FI_DEV_NVLINK_RECOVERY_ERROR_COUNT_TOTAL")}[1h]))`, "{{node}}"]],
  ),
  panel(
    "table",
    "GPUs without spare rows of memory",
    "Nothing here is good: such a node is to be replaced.",
    "short",
    12,
    [[`max by (node, UUID) (${of("DCGM_FI_DEV_ROW_REMAP_FAILURE")}) > 0`, "without"]],
  ),
];

/** The series of an expression of rules, of the one cluster. */
function inCluster(expression: string): string {
  return expression.replace(/\b(DCGM_\w+|gpu_\w+)(\{[^}]*\})?/g, (_, metric: string, matchers?: string) =>
    of(metric, matchers?.slice(1, -1) ?? ""),
  );
}
