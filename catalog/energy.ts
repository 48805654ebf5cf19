import type { Region } from "./regions";
import { graceHostPowerW } from "./sizes/nd-grace-blackwell";
import { gpuEquivalent } from "./vm-sizes";
import type { VmSize } from "./vm-size";

/** A planning figure and whether it is measured, sourced or our own guess. */
export interface PlanningFigure {
  readonly value: number;
  /** `true`: derived by us. Replace it when a measurement exists. */
  readonly assumption: boolean;
  readonly source: string;
}

/**
 * Watts of the host for each watt of GPU, for all other nodes: the ratio of the GB300 node. No Azure figure exists.
 * Air-cooled nodes need more for fans, so treat the result as a lower estimate.
 */
export const hostWattsPerGpuWatt: PlanningFigure = {
  value: graceHostPowerW / (4 * 1400),
  assumption: true,
  source:
    "stas00/ml-engineering:compute/accelerator/README.md (2026-08-22): GB300 NVL72, 7.5 kW per 4-GPU node = 4 x 1.4 + 1 (CPU) + 0.9 (static)",
};

/** PUE of a region without a figure of its own: the average that Cloud Carbon Footprint uses for Azure. */
export const defaultPue: PlanningFigure = {
  value: 1.185,
  assumption: false,
  source:
    "cloud-carbon-footprint/cloud-carbon-footprint:packages/azure/src/domain/AzureFootprintEstimationConstants.ts (2024-03-25)",
};

/**
 * Watts of one VM at full load, before the data centre's own losses (PUE). A VM with part of a GPU counts that part.
 * `null` without a GPU, or when power or part of the GPU has no source.
 */
export function nodePowerW(size: VmSize): number | null {
  const gpus = gpuEquivalent(size);
  const boardW = size.gpu?.boardPowerW ?? null;
  if (gpus === null || boardW === null) return null;
  const gpuW = gpus * boardW;
  const hostW = size.hostPowerW ?? gpuW * hostWattsPerGpuWatt.value;
  return Math.round(gpuW + hostW);
}

/** Kilograms of CO2 for one hour of `kW`, losses of the data centre included. `null` without a figure for the grid. */
export function kgCo2PerHour(kW: number, { pue, gridGCo2PerKwh }: Region): number | null {
  if (gridGCo2PerKwh === null) return null;
  return (kW * (pue ?? defaultPue.value) * gridGCo2PerKwh) / 1000;
}
