/** A field of DCGM that the exporter of NVIDIA's GPU operator reads of each GPU. */
export interface DcgmCounter {
  /** Name of the field, which is that of the metric. */
  readonly name: string;
  /** What Prometheus is told of it: a gauge goes up and down, a counter only up. */
  readonly type: "gauge" | "counter";
  /** One line with the unit, without a comma: the file of the exporter parts its columns by one. */
  readonly help: string;
  /** Labels that no other field has. */
  readonly labels: readonly string[];
}

/**
 * What is read of each GPU: what a recording or an alert rule needs, and nothing else, because every one is a time series for each GPU
 * that bills by the sample. Names are those of the exporter's own list, and types, but for two counts of a window that it calls counters
 * and that fall when the window has passed.
 * Source: NVIDIA/dcgm-exporter:etc/default-counters.csv (4.5.3-4.8.2), internal/pkg/counters/const.go,
 * internal/pkg/collector/{xid,clock_events}_collector.go
 */
export const dcgmCounters: readonly DcgmCounter[] = [
  // Whether somebody uses it. GPUs that are divided say the first, and those of which a node has a part the second only.
  { name: "DCGM_FI_PROF_GR_ENGINE_ACTIVE", type: "gauge", help: "Share of time with work (0 to 1)", labels: [] },
  { name: "DCGM_FI_DEV_GPU_UTIL", type: "gauge", help: "Share of time with a kernel (percent)", labels: [] },
  // How well it is used: training that waits for data or for its network shows here first.
  { name: "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", type: "gauge", help: "Share of tensor cycles (0 to 1)", labels: [] },
  { name: "DCGM_FI_DEV_POWER_USAGE", type: "gauge", help: "Power (W)", labels: [] },
  { name: "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", type: "counter", help: "Energy since the start (mJ)", labels: [] },
  // Errors by number, of the last five minutes: the plain field keeps only the last number.
  { name: "DCGM_EXP_XID_ERRORS_COUNT", type: "gauge", help: "Errors of the driver by XID", labels: ["xid"] },
  // Why clocks are low, of the last five minutes.
  { name: "DCGM_EXP_CLOCK_EVENTS_COUNT", type: "gauge", help: "Clock events by reason", labels: ["clock_event"] },
  { name: "DCGM_FI_DEV_ECC_DBE_VOL_TOTAL", type: "counter", help: "Memory errors beyond repair", labels: [] },
  { name: "DCGM_FI_DEV_ROW_REMAP_FAILURE", type: "gauge", help: "Whether memory has no spare rows", labels: [] },
  // A link that recovers again and again slows all GPUs of the node down.
  { name: "DCGM_FI_DEV_NVLINK_RECOVERY_ERROR_COUNT_TOTAL", type: "counter", help: "NVLink recoveries", labels: [] },
];

/** The file that the exporter reads: a line for each counter. */
export function dcgmCountersFile(): string {
  return dcgmCounters.map(({ name, type, help }) => `${name}, ${type}, ${help}\n`).join("");
}
