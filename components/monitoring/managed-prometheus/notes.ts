import { type Exporter, exporters } from "../../../catalog/exported-metrics";
import { hoursPerMonth } from "../../../catalog/hours-per-month";
import { managedPrometheus } from "../../../catalog/managed-prometheus";
import { meterPrice } from "../../../catalog/prices/meter-price";
import { serviceMeters } from "../../../catalog/prices/service-meters";
import type { GpuPoolRef } from "../../cluster/gpu-pool/gpu-pool-ref";
import { meteredPools } from "./metered-pool";

const exporterOf: Readonly<Record<"nvidia" | "amd", Exporter>> = { nvidia: exporters.dcgm, amd: exporters.amd };

/** Samples of one series in an average month. */
const samplesOfSeries = (hoursPerMonth * 3600) / managedPrometheus.scrapeSeconds;

/**
 * What a person should know of the bill: it has no bound, so it is not among the costs. Counted are the GPUs, which are what a cell has
 * most of, with every node of every pool. And that nobody is told of alerts.
 * @param location Region whose prices count.
 */
export function metricsNotes(
  pools: readonly GpuPoolRef[],
  location: string,
  { alerts, routed }: { readonly alerts: boolean; readonly routed: boolean },
): string[] {
  const vendors = new Map(meteredPools(pools, location).map(({ key, vendor }) => [key, vendor]));
  const series = pools.reduce((sum, { key, maxNodes, gpusPerNode }) => {
    const vendor = vendors.get(key);
    return sum + (vendor === undefined ? 0 : maxNodes * gpusPerNode * Object.keys(exporterOf[vendor].metrics).length);
  }, 0);
  const samples = series * samplesOfSeries;
  const price = meterPrice(serviceMeters.metricSamples, location);
  return [
    ...(series === 0 || price === null
      ? []
      : [
          `metrics: bills by the sample: those of the GPUs are up to ${Math.ceil(samples / 1e6)} million a month, about USD ${Math.ceil((samples / 1e7) * price.usd)}, ` +
            "and those that AKS takes of nodes and pods come on top",
        ]),
    ...(alerts && !routed && series > 0
      ? ["metrics.alerts: they stand in Azure Monitor and nobody is told: the section alerts says who is"]
      : []),
  ];
}
