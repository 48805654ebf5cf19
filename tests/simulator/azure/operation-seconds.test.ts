import { expect, it } from "vitest";
import { rows } from "../../../azure/rows";
import { operationSeconds } from "../../../simulator/azure/operation-seconds";

it.each([...rows.keys()])("%s takes time for everything", (token) => {
  for (const kind of ["create", "update", "delete"] as const) {
    expect(operationSeconds(token, kind, {})).toBeGreaterThan(0);
  }
});

it("takes longer for nodes, and longer still for GPUs", () => {
  const pool = (inputs: { vmSize: string; count: number }): number =>
    operationSeconds("azure-native:containerservice:AgentPool", "create", inputs);
  const [empty, plain, gpu, more] = [
    pool({ vmSize: "Standard_ND96isr_H100_v5", count: 0 }),
    pool({ vmSize: "Standard_D4ds_v5", count: 2 }),
    pool({ vmSize: "Standard_ND96isr_H100_v5", count: 2 }),
    pool({ vmSize: "Standard_ND96isr_H100_v5", count: 64 }),
  ];
  expect([empty < plain, plain < gpu, gpu < more]).toEqual([true, true, true]);
});
