import { serviceMeters } from "../../catalog/prices/service-meters";
import { type Charge, noSourcedPrice } from "../charge";

/** Each sample that comes in, and each that a query reads. */
export function metricsCharges(): readonly Charge[] {
  return [
    { meter: serviceMeters.metricSamples, use: "billionMetricSamples" },
    { what: "samples that queries of metrics read", because: noSourcedPrice },
  ];
}
