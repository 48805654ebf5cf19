import type { MeteredPool } from "./metered-pool";

/** How the GPUs of one vendor say what they do, as expressions over GPUs that a pod has. */
interface GpuMetrics {
  /** Power in watts. */
  readonly watts: string;
  /**
   * Share of the time with work, 0 to 1, as an average over a range.
   * @param range As PromQL writes it, `[15m]`; empty for now.
   */
  readonly activity: (range: string) => string;
  /** Energy in kWh that was used within a range, `[1h]`. */
  readonly kilowattHours: (range: string) => string;
  /** Memory errors beyond repair within a range, of every GPU, whether somebody has it or not. */
  readonly memoryErrors: (range: string) => string;
  /** Something that every GPU says that is measured at all. */
  readonly anything: string;
}

/** Average over a range, or the value of now. */
function average(selector: string, range: string): string {
  return range === "" ? selector : `avg_over_time(${selector}${range})`;
}

/** By vendor. Units are those of `catalog/dcgm-counters.ts` and `catalog/exported-metrics.ts`. */
const gpuMetrics: Readonly<Record<MeteredPool["vendor"], GpuMetrics>> = {
  nvidia: {
    watts: 'DCGM_FI_DEV_POWER_USAGE{pod!=""}',
    // Sizes with a part of a GPU have no profiling counters: there the driver's own figure stands in.
    activity: (range) =>
      `${average('DCGM_FI_PROF_GR_ENGINE_ACTIVE{pod!=""}', range)} or ${average('DCGM_FI_DEV_GPU_UTIL{pod!=""}', range)} / 100`,
    kilowattHours: (range) => `increase(DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{pod!=""}${range}) / 3.6e9`,
    memoryErrors: (range) => `increase(DCGM_FI_DEV_ECC_DBE_VOL_TOTAL${range})`,
    anything: "DCGM_FI_DEV_POWER_USAGE",
  },
  amd: {
    watts: 'gpu_power_usage{pod!=""}',
    activity: (range) => `${average('gpu_gfx_activity{pod!=""}', range)} / 100`,
    kilowattHours: (range) => `increase(gpu_energy_consumed{pod!=""}${range}) / 3.6e12`,
    memoryErrors: (range) => `increase(gpu_ecc_uncorrect_total${range})`,
    anything: "gpu_gfx_activity",
  },
};

/** An expression over the GPUs of every vendor that the pools have. */
export function overGpus(pools: readonly MeteredPool[], expression: (metrics: GpuMetrics) => string): string {
  const vendors = [...new Set(pools.map(({ vendor }) => vendor))];
  return vendors.map((vendor) => expression(gpuMetrics[vendor])).join(" or ");
}
