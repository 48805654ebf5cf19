import { expect, it } from "vitest";
import { metricsNotes } from "../../../../components/monitoring/managed-prometheus/notes";
import { pool } from "../../platform/facts";

const routed = { alerts: true, routed: true };

it("says what the samples of all GPUs cost, by ten counters of one of NVIDIA and four of one of AMD", () => {
  const mi300x = { ...pool("mi300x", "Standard_ND96isr_MI300X_v5"), gpuStack: "amd-operator" as const };
  // 128 nodes x 8 GPUs x 10 series x 87,600 samples; and 2 x 8 x 4 x 87,600 more.
  expect(metricsNotes([{ ...pool("h100"), maxNodes: 128 }], "eastus", routed)).toEqual([
    "metrics: bills by the sample: those of the GPUs are up to 898 million a month, about USD 15, and those that AKS takes of nodes and pods come on top",
  ]);
  expect(metricsNotes([{ ...pool("h100"), maxNodes: 128 }, mi300x], "eastus", routed)).toEqual([
    "metrics: bills by the sample: those of the GPUs are up to 903 million a month, about USD 15, and those that AKS takes of nodes and pods come on top",
  ]);
  expect(metricsNotes([], "eastus", routed)).toEqual([]);
});

it("says that nobody is told of alerts, where there are some and nobody is", () => {
  const told = (alerts: boolean, routed: boolean): string[] =>
    metricsNotes([pool("h100")], "eastus", { alerts, routed }).slice(1);
  expect(told(true, false)).toEqual([
    "metrics.alerts: they stand in Azure Monitor and nobody is told: the section alerts says who is",
  ]);
  expect([told(true, true), told(false, false), metricsNotes([], "eastus", { alerts: true, routed: false })]).toEqual([
    [],
    [],
    [],
  ]);
});
